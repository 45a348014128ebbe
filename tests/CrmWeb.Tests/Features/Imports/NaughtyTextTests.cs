using System.Text.Json;
using AngleSharp.Dom;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Shared.Csv;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Imports;

/// <summary>What people write stands on every page letter by letter, whatever it looks like to a program.</summary>
public sealed class NaughtyTextTests(ImportHost fixture) : IClassFixture<ImportHost>
{
    private const int LongestWord = 120;

    [Fact]
    public async Task Strings_ImportedByTheWizard_StandUnchangedOnEveryPage()
    {
        var acme = await Make.Tenant(fixture.Host);
        var browser = await acme.Admin.Browser();
        var strings = await Strings();
        var import = await browser.ImportByPages(acme, await File(strings), "strings.csv");
        Assert.Equal((strings.Length, 0), (import.NewCount, import.RefusedCount));
        var ids = await acme.Use(db => db.Customers.ToDictionaryAsync(c => c.ExternalId!, c => c.Id));

        var listed = await Listed(browser);
        var wrong = new List<string>();
        for (var i = 0; i < strings.Length; i++)
        {
            var (id, text) = (ids[$"{i}"], strings[i]);
            void Same(string where, string? expected, string? shown)
            {
                if (expected != shown) wrong.Add($"{where} of {i}: {JsonSerializer.Serialize(expected)} is {JsonSerializer.Serialize(shown)}");
            }

            Same("list, name", NameOf(text, i), listed[id].Name);
            Same("list, industry", Word(text) ?? "—", listed[id].Industry);
            var page = await browser.Get($"/customers/{id}");
            Same("page, name", NameOf(text, i), page.Find("#main h1")!.TextContent);
            Same("page, industry", Word(text), Fact(page, "Industry"));
            Same("page, description", Said(text), page.Find(".crm-text bdi")?.TextContent);
            var form = await browser.Get($"/customers/{id}/edit");
            Same("form, name", NameOf(text, i), form.Value("Name"));
            Same("form, industry", Word(text) ?? "", form.Value("Industry"));
            Same("form, description", Said(text) ?? "", form.Value("Description"));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(40)));
    }

    private static async Task<string[]> Strings() => Texts.Shared("data", "text", "blns.json") is { } path
        ? JsonSerializer.Deserialize<string[]>(await System.IO.File.ReadAllTextAsync(path))!
        : [.. Texts.Naughty.Where(text => text.IndexOfAny(['\0', '\r', '\n']) < 0)];

    private static async Task<byte[]> File(string[] strings)
    {
        using var file = new MemoryStream();
        await using (var csv = new CsvWriting(file, ["External id", "Name", "Industry", "Description"]))
        {
            for (var i = 0; i < strings.Length; i++) csv.Row([$"{i}", NameOf(strings[i], i), Word(strings[i]) ?? "", strings[i]]);
        }

        return file.ToArray();
    }

    // a line is kept without white space around it; one that is too long or says nothing is none
    private static string NameOf(string text, int i) => text.Trim() is { Length: > 0 and < 200 } name ? name : $"Row {i}";

    private static string? Word(string text) => text.Trim() is { Length: > 0 and <= LongestWord } word ? word : null;

    private static string? Said(string text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static string? Fact(Page page, string label) =>
        page.Html.QuerySelectorAll(".crm-fact").FirstOrDefault(fact => fact.QuerySelector("dt")!.TextContent == label)?.QuerySelector("dd bdi")?.TextContent;

    /// <summary>The whole list, page after page.</summary>
    private static async Task<Dictionary<long, (string Name, string Industry)>> Listed(Visitor browser)
    {
        var rows = new Dictionary<long, (string, string)>();
        for (var next = "/customers?columns=name,industry"; next is not null;)
        {
            var page = await browser.Get(next);
            foreach (var row in page.Html.QuerySelectorAll(".crm-list-row"))
            {
                var link = row.QuerySelector("a.crm-row-link")!;
                rows.Add(long.Parse(link.GetAttribute("href")!.Split('/')[^1]), (link.QuerySelector("bdi")!.TextContent, row.QuerySelector("td[data-label=Industry]")!.TextContent));
            }

            next = page.Find("a[rel=next]")?.GetAttribute("href") is { } href ? href[href.IndexOf("/customers", StringComparison.Ordinal)..] : null;
        }

        return rows;
    }
}
