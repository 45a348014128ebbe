using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Domain.Customers.BulkEdits;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers.Bulk;

/// <summary>One page of the bulk edits, the newest first.</summary>
public sealed record BulkList(IReadOnlyList<BulkEdit> Rows, ChangeNames Names, Pager Pager, IReadOnlyList<FilterField> Fields, IReadOnlyList<Filter> Filters, Columns Columns)
{
    private const int PageSize = 50;

    public static async Task<BulkList> Read(CrmDb db, IQueryCollection query, string? after, IStringLocalizer L, LocalTime time, CancellationToken stop)
    {
        FilterField[] fields =
        [
            new("state", L["State"], FilterKind.Choice,
            [
                new(L["Not run yet"], "draft"), new(L["Running"], "running"), new(L["Done"], "done"), new(L["Being undone"], "undoing"), new(L["Undone"], "undone"),
            ]),
            new("member", L["Started by"], FilterKind.Choice, await db.EveryMember(stop)),
        ];
        var filters = Shared.Filters.Read(query, fields);
        var edits = filters.Aggregate(db.SeenBulkEdits().AsNoTracking(), Narrow);
        if (long.TryParse(after, CultureInfo.InvariantCulture, out var last)) edits = edits.Where(e => e.Id < last);
        var rows = await edits.OrderByDescending(e => e.Id).Take(PageSize + 1).Include(e => e.Member).Include(e => e.Job).ToListAsync(stop);
        var next = rows.Count > PageSize ? rows[PageSize - 1].Id.ToString(CultureInfo.InvariantCulture) : null;
        var names = await ChangeNames.Of(db, [.. rows.SelectMany(e => BulkWords.Mentions(BulkWhat.Of(e)))], L, time, stop);
        return new([.. rows.Take(PageSize)], names, new Pager(null, next, Math.Min(rows.Count, PageSize)), fields, filters, new Columns(
        [
            new("what", L["What"]), new("state", L["State"]), new("changed", L["Changed customers"], Kind: ColumnKind.Number), new("skipped", L["Skipped"], Kind: ColumnKind.Number),
            new("member", L["Started by"]), new("created", L["Started"], Kind: ColumnKind.Date),
        ]));
    }

    private static IQueryable<BulkEdit> Narrow(IQueryable<BulkEdit> edits, Filter filter)
    {
        var not = filter.Operator == "none";
        if (filter.Field.Key == "state")
        {
            var states = filter.Values.Select(value => Enum.TryParse<BulkState>(value, ignoreCase: true, out var state) ? state : (BulkState)(-1)).ToArray();
            return edits.Where(e => states.Contains(e.State) != not);
        }

        var members = filter.Values.Select(value => long.TryParse(value, CultureInfo.InvariantCulture, out var id) ? id : 0).ToArray();
        return edits.Where(e => members.Contains(e.MemberId) != not);
    }
}
