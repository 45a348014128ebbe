using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace CrmWeb.BrowserTests.Support;

/// <summary>Short ways to a record that a page can be looked at with.</summary>
internal static partial class Doing
{
    /// <summary>The id of the first record on a list.</summary>
    /// <param name="on">The page that lists them, where it is not at the address of the list.</param>
    public static async Task<long> FirstOf(this Visit visit, string list, string? on = null)
    {
        await visit.Go(on ?? list);
        var links = await visit.Page.Locator($"main a[href^='{list}/']").EvaluateAllAsync<string[]>("all => all.map(each => each.getAttribute('href'))");
        var ids = links.Select(link => IdOf(link[list.Length..])).OfType<long>().ToList();
        return ids.Count > 0 ? ids[0] : throw new InvalidOperationException($"No record is linked from {list}.");
    }

    /// <summary>Where the first such link of a page leads.</summary>
    public static async Task<string> Leading(this Visit visit, string page, string link)
    {
        await visit.Go(page);
        return (await visit.Page.Locator(link).First.GetAttributeAsync("href"))!;
    }

    /// <summary>The id of a contact that was just logged.</summary>
    public static async Task<long> Interaction(this Visit visit)
    {
        var customer = await visit.NewCustomer("/t/demo", "Talked To");
        await visit.Post("/t/demo/interactions/new", new()
        {
            ["CustomerId"] = customer,
            ["Channel"] = "Call",
            ["Direction"] = "Outbound",
            ["Outcome"] = "None",
            ["At"] = "2026-01-02T10:00",
            ["Subject"] = "Talked",
        });
        await visit.Go($"/t/demo/customers/{customer}");
        return IdOf((await visit.Page.Locator("main a[href^='/t/demo/interactions/']:not([href*='new'])").First.GetAttributeAsync("href"))!["/t/demo/interactions".Length..])!.Value;
    }

    /// <summary>Makes a customer with nothing but a name, and returns its id.</summary>
    public static async Task<string> NewCustomer(this Visit visit, string tenant, string name)
    {
        var at = await visit.Post($"{tenant}/customers/new", new() { ["Kind"] = "Person", ["Stage"] = "Lead", ["Name"] = name });
        return IdOf(at[(at.IndexOf("/customers", StringComparison.Ordinal) + "/customers".Length)..])?.ToString(CultureInfo.InvariantCulture)
            ?? throw new InvalidOperationException($"{name} could not be written: {at}");
    }

    /// <summary>Brings a file to the second step of an import.</summary>
    public static async Task Upload(this Visit visit, string tenant, string name, string text)
    {
        await visit.Go($"{tenant}/imports/new");
        await visit.Page.SetInputFilesAsync("input[type=file]", new FilePayload { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) });
        await visit.Page.Locator("main form button[type=submit].btn-primary").ClickAsync();
        await visit.Page.WaitForURLAsync("**/format");
    }

    /// <summary>Tries for a while.</summary>
    public static async Task Until(this Visit visit, Func<Task<bool>> done)
    {
        for (var tries = 0; tries < 50; tries++)
        {
            if (await done()) return;
            await visit.Page.WaitForTimeoutAsync(200);
        }
    }

    private static long? IdOf(string rest) => Id().Match(rest) is { Success: true } id ? long.Parse(id.Groups["id"].ValueSpan, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"^/(?<id>\d+)([/?#]|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Id();
}
