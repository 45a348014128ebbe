using System.Globalization;
using System.Text.RegularExpressions;

namespace CrmWeb.BrowserTests.Support;

/// <summary>The addresses of the pages, read from the matrix of all endpoints: a page that is new is looked at without anybody thinking of it.</summary>
internal static partial class Addresses
{
    public const string Tenant = "/t/*";

    /// <summary>What answers with data, a file or a part of a page, and the front doors that only lead on.</summary>
    private static readonly string[] NoPages =
    [
        "/", "/t/*/", "/calendars/{slug}/{token}.ics", "/dev/mail/{name}/html", "/register/address", "/kit/options", "/kit/progress",
        "/t/*/customers/duplicates", "/t/*/customers/find", "/t/*/customers/owners", "/t/*/customers/segments", "/t/*/customers/tags", "/t/*/customers/teams", "/t/*/customers/tiers",
        "/t/*/customers/{id:long}/timeline", "/t/*/imports/{id:long}/preview", "/t/*/imports/{id:long}/progress",
        "/t/*/customers/views/counts", "/t/*/customers/{id:long}/cell", "/t/*/duplicates/progress", "/openapi/v1.json", "/t/*/files/{id:long}", "/t/*/files/{id:long}/preview",
        "/t/*/customers/bulk/{id:long}/progress", "/t/*/mentions", "/t/*/notifications/newest", "/t/*/quality/progress",
        "/t/*/products/find", "/t/*/deals/board/column", "/t/*/settings/fields/{id:long}/type/progress", "/t/*/settings/costs/progress", "/t/*/reports/lifetime-value/progress", "/t/*/reports/lifetime-value/segments",
        "/t/*/segments/values", "/t/*/segments/{id:long}/worth", "/t/*/segments/{id:long}/progress",
        // only by the link in a mail
        "/notifications/unsubscribe",
        // looked at by its name, which is no number
        "/t/*/quality/inventory/{name}", "/t/*/quality/inventory/{name}/cell",
    ];

    private static readonly IReadOnlyList<(string Pattern, bool Anyone)> Pages =
    [
        .. from line in File.ReadLines(Path.Combine(Places.Root, "tests", "CrmWeb.Tests", "Authorisation", "matrix.txt"))
           let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
           where words is ["GET", ..] && !words[1].StartsWith("/api/v1/", StringComparison.Ordinal) && !words[1].EndsWith(".csv", StringComparison.Ordinal) && !NoPages.Contains(words[1], StringComparer.Ordinal)
           select (words[1], words[2] == "anyone"),
    ];

    /// <summary>Pages for which nobody signs in.</summary>
    public static IEnumerable<string> Outside => Pages.Where(page => page.Anyone && !page.Pattern.Contains('{')).Select(page => page.Pattern);

    /// <summary>Pages of a login, outside every organisation.</summary>
    public static IEnumerable<string> OfLogin => Pages.Where(page => !page.Anyone && !InTenant(page.Pattern)).Select(page => page.Pattern);

    /// <summary>Pages of an organisation that are about no single record.</summary>
    public static IEnumerable<string> OfTenant(string tenant) => Pages.Where(page => InTenant(page.Pattern) && !page.Pattern.Contains('{')).Select(page => In(tenant, page.Pattern));

    /// <summary>The lists of whose records there are pages, each with the address of those pages; 0 stands for the id.</summary>
    public static IEnumerable<(string List, string[] Pages)> OfRecords(string tenant) =>
        from page in Pages
        where InTenant(page.Pattern) && page.Pattern.Contains('{')
        group In(tenant, Id().Replace(page.Pattern, "{0}")) by In(tenant, page.Pattern[..(page.Pattern.IndexOf('{', StringComparison.Ordinal) - 1)]) into list
        select (list.Key, list.ToArray());

    /// <summary>Every page with a parameter is one of these; a new sort has to be led to by <c>PageTests</c>.</summary>
    public static IEnumerable<string> ByLink => Pages.Where(page => !InTenant(page.Pattern) && page.Pattern.Contains('{')).Select(page => page.Pattern);

    public static string Of(string page, long id) => string.Format(CultureInfo.InvariantCulture, page, id);

    private static bool InTenant(string pattern) => pattern.StartsWith(Tenant, StringComparison.Ordinal);

    private static string In(string tenant, string pattern) => pattern.Replace(Tenant, tenant, StringComparison.Ordinal);

    [GeneratedRegex(@"\{id:long\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Id();
}
