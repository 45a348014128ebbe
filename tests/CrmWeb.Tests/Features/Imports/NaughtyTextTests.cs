using System.Globalization;
using System.Text.Json;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Shared.Csv;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Imports;

/// <summary>What people write stands on every page letter by letter, whatever it looks like to a program.</summary>
public sealed class NaughtyTextTests(ImportHost fixture) : IClassFixture<ImportHost>
{
    private const int LongestName = 200;
    private const int LongestWord = 120;

    /// <summary>One customer shows three of the strings; the first is its description too.</summary>
    private sealed record Row(string Id, string Description, string Name, string? Industry, string? Source);

    [Fact]
    public async Task Strings_ImportedByTheWizard_StandUnchangedOnEveryPage()
    {
        var acme = await Make.Tenant(fixture.Host);
        var browser = await acme.Admin.Browser();
        var rows = await Rows();
        var import = await browser.ImportByPages(acme, await File(rows), "strings.csv");
        Assert.Equal((rows.Count, 0), (import.NewCount, import.RefusedCount));
        var ids = await acme.Use(db => db.Customers.ToDictionaryAsync(c => c.ExternalId!, c => c.Id));

        var listed = await Listed(browser);
        var wrong = new List<string>();
        foreach (var row in rows)
        {
            void Same(string where, string? expected, string? shown)
            {
                if (expected != shown) wrong.Add($"{where} of {row.Id}: {JsonSerializer.Serialize(expected)} is {JsonSerializer.Serialize(shown)}");
            }

            var id = ids[row.Id];
            Same("list", string.Join('|', row.Name, row.Industry ?? "—", row.Source ?? "—"), listed[id]);
            var page = await browser.Get($"/customers/{id}");
            Same("page, name", row.Name, page.Find("#main h1")!.TextContent);
            Same("page, industry", row.Industry, Fact(page, "Industry"));
            Same("page, source", row.Source, Fact(page, "Source"));
            Same("page, description", string.IsNullOrWhiteSpace(row.Description) ? null : row.Description, page.Find(".crm-text bdi")?.TextContent);
            var form = await browser.Get($"/customers/{id}/edit");
            Same("form, name", row.Name, form.Value("Name"));
            Same("form, industry", row.Industry ?? "", form.Value("Industry"));
            Same("form, source", row.Source ?? "", form.Value("Source"));
            Same("form, description", string.IsNullOrWhiteSpace(row.Description) ? "" : row.Description, form.Value("Description"));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(40)));
    }

    private static async Task<List<Row>> Rows()
    {
        var strings = Texts.Shared("data", "text", "blns.json") is { } path
            ? JsonSerializer.Deserialize<string[]>(await System.IO.File.ReadAllTextAsync(path))!
            : [.. Texts.Naughty.Where(text => text.IndexOfAny(['\0', '\r', '\n']) < 0)];
        // a line is kept without white space around it; one that is too long or says nothing is none
        return [.. strings.Chunk(3).Select((three, i) => new Row($"{i}", three[0], Line(three[0], LongestName) ?? $"Row {i}", Word(three, 1), Word(three, 2)))];
    }

    private static string? Word(string[] three, int i) => i < three.Length ? Line(three[i], LongestWord) : null;

    private static string? Line(string text, int longest) => text.Trim() is { Length: > 0 } line && line.Length <= longest ? line : null;

    private static async Task<byte[]> File(List<Row> rows)
    {
        using var file = new MemoryStream();
        await using (var csv = new CsvWriting(file, ["External id", "Name", "Industry", "Source", "Description"]))
        {
            foreach (var row in rows) csv.Row([row.Id, row.Name, row.Industry ?? "", row.Source ?? "", row.Description]);
        }

        return file.ToArray();
    }

    private static string? Fact(Page page, string label) =>
        page.Html.QuerySelectorAll(".crm-fact").FirstOrDefault(fact => fact.QuerySelector("dt")!.TextContent == label)?.QuerySelector("dd bdi")?.TextContent;

    /// <summary>The whole list, page after page: the id of each row, and what its cells say.</summary>
    private static async Task<Dictionary<long, string>> Listed(Visitor browser)
    {
        var rows = new Dictionary<long, string>();
        for (var next = "/customers?columns=name,industry,source"; next is not null;)
        {
            var page = await browser.Get(next);
            foreach (var row in page.Html.QuerySelectorAll(".crm-list-row"))
            {
                var link = row.QuerySelector("a.crm-row-link")!;
                rows.Add(long.Parse(link.GetAttribute("href")!.Split('/')[^1], CultureInfo.InvariantCulture), string.Join('|',
                    link.QuerySelector("bdi")!.TextContent, row.QuerySelector("td[data-label=Industry]")!.TextContent, row.QuerySelector("td[data-label=Source]")!.TextContent));
            }

            next = page.Find("a[rel=next]")?.GetAttribute("href") is { } href ? href[href.IndexOf("/customers", StringComparison.Ordinal)..] : null;
        }

        return rows;
    }
}
