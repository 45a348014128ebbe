using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Imports;

public sealed record ImportListRow(
    long Id, string FileName, ImportState State, JobState? Job, long NewCount, long ChangedCount, long SameCount, long RefusedCount, string Member, DateTime CreatedAt, string Settings)
{
    public ImportOf What { get; } = ImportSettings.Read(Settings).What;
}

/// <summary>One page of the imports, the newest first.</summary>
public sealed record ImportList(IReadOnlyList<ImportListRow> Rows, Pager Pager, IReadOnlyList<FilterField> Fields, IReadOnlyList<Filter> Filters, Columns Columns)
{
    private const int PageSize = 50;

    // what the settings say of it; a name of a column cannot say the same, its quotation marks are written otherwise
    private const string OfOrders = "\"what\":\"orders\"";
    private const string OfInteractions = "\"what\":\"interactions\"";

    public static async Task<ImportList> Read(CrmDb db, IQueryCollection query, string? after, IStringLocalizer L, CancellationToken stop)
    {
        FilterField[] fields =
        [
            new("state", L["State"], FilterKind.Choice,
                [.. Enum.GetValues<ImportState>().Select(state => new SelectListItem(ImportWords.Of(state, L).Text, state.ToString().ToLowerInvariant()))]),
            new("kind", L["Kind"], FilterKind.Choice, [.. Enum.GetValues<ImportOf>().Select(what => new SelectListItem(ImportWords.Of(what, L), what.ToString().ToLowerInvariant()))]),
            new("member", L["Started by"], FilterKind.Choice, await db.EveryMember(stop)),
        ];
        var filters = Asked(query, fields);
        var imports = Filtered(db.SeenImports(), filters, query[Shared.Tags.FilterBarTag.SearchParameter].ToString());
        if (long.TryParse(after, CultureInfo.InvariantCulture, out var last)) imports = imports.Where(i => i.Id < last);
        var rows = await imports.OrderByDescending(i => i.Id).Take(PageSize + 1)
            .Select(i => new ImportListRow(i.Id, i.FileName, i.State, i.Job == null ? null : i.Job.State, i.NewCount, i.ChangedCount, i.SameCount, i.RefusedCount, i.Member!.Name, i.CreatedAt, i.Settings))
            .ToListAsync(stop);
        var next = rows.Count > PageSize ? rows[PageSize - 1].Id.ToString(CultureInfo.InvariantCulture) : null;
        return new([.. rows.Take(PageSize)], new Pager(null, next, Math.Min(rows.Count, PageSize)), fields, filters, ColumnsOf(L));
    }

    private static IReadOnlyList<Filter> Asked(IQueryCollection query, FilterField[] fields) => Shared.Filters.Read(query, fields);

    private static IQueryable<Import> Filtered(IQueryable<Import> imports, IEnumerable<Filter> filters, string search)
    {
        if (search.Length > 0) imports = imports.Where(AnyCase.Contains<Import>(i => i.FileName, search));
        foreach (var filter in filters)
        {
            var not = filter.Operator == "none";
            if (filter.Field.Key == "state")
            {
                var states = filter.Values.Select(value => Enum.TryParse<ImportState>(value, ignoreCase: true, out var state) ? state : (ImportState)(-1)).ToArray();
                imports = imports.Where(i => states.Contains(i.State) != not);
            }
            else if (filter.Field.Key == "kind")
            {
                // of customers are those that say nothing else
                var kinds = filter.Values.Select(value => Enum.TryParse<ImportOf>(value, ignoreCase: true, out var what) ? what : (ImportOf)(-1)).ToList();
                var (customers, orders, contacts) = (kinds.Contains(ImportOf.Customers), kinds.Contains(ImportOf.Orders), kinds.Contains(ImportOf.Interactions));
                imports = imports.Where(i => (i.Settings.Contains(OfOrders) ? orders : i.Settings.Contains(OfInteractions) ? contacts : customers) != not);
            }
            else
            {
                var members = filter.Values.Select(value => long.TryParse(value, CultureInfo.InvariantCulture, out var id) ? id : 0).ToArray();
                imports = imports.Where(i => members.Contains(i.MemberId) != not);
            }
        }

        return imports;
    }

    private static Columns ColumnsOf(IStringLocalizer L) => new(
    [
        new("file", L["File"]), new("kind", L["Kind"]), new("state", L["State"]), new("new", L["New"], Kind: ColumnKind.Number), new("changed", L["Updated"], Kind: ColumnKind.Number),
        new("same", L["Unchanged"], Kind: ColumnKind.Number), new("refused", L["Refused"], Kind: ColumnKind.Number), new("member", L["Started by"]), new("created", L["Started"], Kind: ColumnKind.Date),
    ]);
}
