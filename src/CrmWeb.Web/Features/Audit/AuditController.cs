using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Audit;

public sealed record AuditPage(IReadOnlyList<Change> Rows, ChangeNames Names, Pager Pager, IReadOnlyList<FilterField> Fields, IReadOnlyList<Filter> Filters, Columns Columns);

/// <summary>Every change of every record, newest first.</summary>
[Authorize(Permissions.ReadAudit)]
public sealed class AuditController(IStringLocalizer L, LocalTime time) : TenantController
{
    public const int PageSize = 50;

    [HttpGet("settings/audit")]
    public async Task<IActionResult> Index(string? after, CancellationToken stop)
    {
        var fields = AuditFilter.Fields(L, await Db.EveryMember(stop), Url.Content("~/customers/find"));
        var filter = await Named(AuditFilter.Read(Request.Query, fields), stop);
        var (until, last) = ChangeCursor.Read(after) ?? ChangeCursor.Newest;
        var rows = await filter.Of(Db, Me).Where(x => x.At <= until && (x.At < until || x.Id < last))
            .OrderByDescending(x => x.At).ThenByDescending(x => x.Id).Take(PageSize + 1).ToListAsync(stop);
        var more = rows.Count > PageSize;
        if (more) rows.RemoveAt(PageSize);
        var pager = new Pager(null, more ? ChangeCursor.Of(rows[^1]).ToString() : null, rows.Count);
        return View("List", new AuditPage(rows, await ChangeNames.Of(Db, rows, L, time, stop), pager, fields, filter.Filters, Columns()));
    }

    private Columns Columns() => new(
    [
        new("record", L["Record"]), new("field", L["What happened"]), new("old", L["Before"]), new("new", L["After"]),
        new("member", L["Member"]), new("via", L["Way"]), new("at", L["When"], Kind: ColumnKind.Date),
    ]);

    /// <summary>A filter by customer says names, not numbers.</summary>
    private async Task<AuditFilter> Named(AuditFilter filter, CancellationToken stop)
    {
        if (filter.Filters.FirstOrDefault(f => f.Field.Key == "customer") is not { Values.Count: > 0 } byCustomer) return filter;
        var ids = byCustomer.Values.Select(value => ChangeText.Id(value) ?? 0).ToArray();
        var names = await Db.Customers.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, stop);
        var shown = string.Join(L[", "], ids.Select(id => names.GetValueOrDefault(id, "—")));
        return new([.. filter.Filters.Select(f => f == byCustomer ? f with { Shown = shown } : f)]);
    }
}
