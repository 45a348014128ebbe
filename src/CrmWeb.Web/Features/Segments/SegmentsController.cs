using CrmWeb.Data;
using CrmWeb.Domain.Segments;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Features.Shared.Csv;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Segments;

/// <summary>The list of segments.</summary>
public sealed class SegmentsController(IStringLocalizer L) : TenantController
{
    private static readonly string[] Exported = ["name", "kind", "members", "before", "owner", "refreshedAt", "usedBy", "serviceTier", "description"];

    [HttpGet("segments")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> List(string? sort, string? after, string? before, CancellationToken stop)
    {
        var fields = await SegmentFilter.Fields(Db, L, stop);
        var filter = SegmentFilter.Read(Request.Query, fields);
        var (all, today) = (Me.SeesAll, Me.TenantDay(Me.Now));
        var pages = new KeyPages<Segment>(SegmentFilter.Orders(Db, all), sort, "name");
        var row = SegmentFilter.Row(Db, all, today, Me.Now.AddDays(-SegmentFilter.Days));
        var (rows, pager) = await pages.Page(filter.Of(Db, Me), Db.Segments.IgnoreQueryFilters([TenantScoping.DeletedFilter]), row, each => each.Id, after, before, stop);
        if (all) rows = await SegmentFilter.WithSizes(Db, rows, today, stop);
        return View(new SegmentListPage(filter, fields, rows, pager, SegmentFilter.Columns(L, pages.Sort)));
    }

    [HttpGet("segments.csv")]
    [Authorize(Permissions.ExportCustomers)]
    public async Task<IActionResult> Export(string? sort, CancellationToken stop)
    {
        var filter = SegmentFilter.Read(Request.Query, await SegmentFilter.Fields(Db, L, stop));
        var all = Me.SeesAll;
        var rows = new KeyPages<Segment>(SegmentFilter.Orders(Db, all), sort, "name").Order(filter.Of(Db, Me))
            .Select(SegmentFilter.Row(Db, all, Me.TenantDay(Me.Now), Me.Now.AddDays(-SegmentFilter.Days))).AsAsyncEnumerable();
        return await this.Csv("segments.csv", Exported, rows, s =>
            [s.Name, s.Kind == SegmentKind.Dynamic ? "dynamic" : "static", CsvAnswers.Exact(s.Members), CsvAnswers.Exact(s.Before), s.Owner, s.RefreshedAt is { } at ? CsvAnswers.Instant(at) : null, CsvAnswers.Exact(s.UsedBy), s.Tier, s.Description], stop);
    }
}
