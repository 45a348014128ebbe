using CrmWeb.Web.Platform.Api;

namespace CrmWeb.Web.Features.Customers.Quality;

/// <summary>What the data is like, by the last count, as far as the member of the key sees it.</summary>
/// <param name="CountedAt">Null before the first count.</param>
/// <param name="FreshDays">After so many days without a change or a contact a record is stale.</param>
/// <param name="By">What the groups are: owner, team, origin, stage or kind.</param>
[Example("""{"countedAt":"2026-11-22T02:00:00Z","freshDays":180,"records":{"total":1200,"complete":1100,"invalid":14,"stale":320,"duplicate":25,"passing":810},"fields":[{"field":"email","needed":true,"of":1200,"filled":1010,"invalid":9,"stale":240}],"by":"owner","groups":[{"key":"3","records":{"total":400,"complete":390,"invalid":2,"stale":80,"duplicate":7,"passing":301}}]}""")]
public sealed record QualityJson(DateTime? CountedAt, int? FreshDays, RecordsJson Records, IReadOnlyList<FieldJson> Fields, string By, IReadOnlyList<GroupJson> Groups)
{
    public static QualityJson Of(QualityPage page) => new(
        page.Day?.CountedAt, page.Day?.FreshDays, RecordsJson.Of(page.Totals, true), [.. page.Fields.Select(FieldJson.From)], page.By,
        [.. page.Groups.Select(group => new GroupJson(group.Key, RecordsJson.Of(group.Totals, page.SeesAll)))]);
}

/// <summary>Records as wholes.</summary>
/// <param name="Complete">Those that miss nothing they need.</param>
/// <param name="Duplicate">In an open pair; null where a stored number would tell of customers whom the member does not see.</param>
/// <param name="Passing">Those with nothing wrong; null likewise.</param>
public sealed record RecordsJson(int Total, int Complete, int Invalid, int Stale, int? Duplicate, int? Passing)
{
    public static RecordsJson Of(QualityTotals totals, bool told) => new(totals.Total, totals.Filled, totals.Invalid, totals.Stale, told ? totals.Duplicate : null, told ? totals.Passing : null);
}

/// <summary>One field.</summary>
/// <param name="Of">Customers that may have it.</param>
/// <param name="Invalid">Those with a value that cannot be right; null where that cannot be told.</param>
/// <param name="Stale">Those with a value that is stale.</param>
public sealed record FieldJson(string Field, bool Needed, int Of, int Filled, int? Invalid, int Stale)
{
    internal static FieldJson From(FieldQuality field) => new(field.Key, field.Needed, field.Total, field.Filled, field.Invalid, field.Stale);
}

/// <summary>The records of one owner, one way in, …</summary>
/// <param name="Key">As the filter of that name takes it; null for those without.</param>
public sealed record GroupJson(string? Key, RecordsJson Records);
