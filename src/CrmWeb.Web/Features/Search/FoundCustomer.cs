using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Html;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Search;

/// <summary>A customer among the results, with what was typed marked where it stands.</summary>
public sealed record FoundCustomer(long Id, CustomerKind Kind, string Name, IHtmlContent Title, IHtmlContent Hint)
{
    public const int Most = 8;
    private const int MostRecent = 10;

    /// <summary>What the browser sends: numbers with commas between; whatever else it is, is passed over.</summary>
    public static IReadOnlyList<long> Ids(string? recent) =>
        [.. (recent ?? "").Split(',').Take(MostRecent).Select(id => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).Where(id => id > 0).Distinct()];

    /// <summary>The best matches; where nothing was typed, those opened last.</summary>
    public static async Task<IReadOnlyList<FoundCustomer>> Read(CrmDb db, CurrentMember me, IStringLocalizer L, string? typed, IReadOnlyList<long> recent, CancellationToken stop)
    {
        var customers = db.Seen(db.Customers).AsNoTracking();
        var ids = CustomerSearchTerms.Of(typed, me.Pass.Country) is { } terms ? await CustomerFinding.Ids(db, null, terms, Most, stop)
            : string.IsNullOrWhiteSpace(typed) ? [.. recent] : [];
        if (ids.Count == 0) return [];
        var rows = await customers.Where(c => ids.Contains(c.Id))
            .Select(c => new { c.Id, c.Kind, c.Name, c.Email, c.Phone, Organisation = c.Organisation!.Name, c.City }).ToListAsync(stop);
        var words = Marked.Words(typed);
        return [.. rows.OrderBy(row => ids.IndexOf(row.Id)).Select(row =>
            new FoundCustomer(row.Id, row.Kind, row.Name, new Marked(row.Name, words), Best(words, [row.Email, row.Phone, row.Organisation, row.City, L.Of(row.Kind)])))];
    }

    // what was found by stands there; otherwise the first that there is
    private static Marked Best(IReadOnlyList<string> words, string?[] texts)
    {
        var marked = texts.Where(text => !string.IsNullOrEmpty(text)).Select(text => new Marked(text!, words)).ToList();
        return marked.Find(text => text.HasAny) ?? marked[0];
    }
}
