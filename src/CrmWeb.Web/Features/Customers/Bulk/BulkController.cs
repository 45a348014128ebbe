using CrmWeb.Data;
using CrmWeb.Domain.Customers.BulkEdits;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers.Bulk;

/// <summary>Customers that were chosen in the list, by hand or all that match, on their way to something done with all of them.</summary>
public sealed class BulkController(IStringLocalizer L, LocalTime time, MemberFields fields) : TenantController
{
    [HttpGet("customers/bulk")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> List(string? after, CancellationToken stop) => View(await BulkList.Read(Db, Request.Query, after, L, time, stop));

    [HttpPost("customers/bulk")]
    [Authorize(Permissions.EditCustomers)]
    public Task<IActionResult> Create(List<long> ids, bool all, string? query, string? act, CancellationToken stop) => Begin(ids, all, query, act switch
    {
        "tags" => nameof(BulkFormsController.Tags),
        "archive" => null,
        _ => nameof(BulkFormsController.Field),
    }, stop);

    [HttpPost("customers/bulk/log")]
    [Authorize(Permissions.LogInteractions)]
    public Task<IActionResult> Log(List<long> ids, bool all, string? query, CancellationToken stop) => Begin(ids, all, query, nameof(BulkFormsController.Contact), stop);

    [HttpPost("customers/bulk/lists")]
    [Authorize(Permissions.EditSegments)]
    public Task<IActionResult> Lists(List<long> ids, bool all, string? query, CancellationToken stop) => Begin(ids, all, query, nameof(BulkFormsController.Lists), stop);

    [HttpPost("customers/bulk/export")]
    [Authorize(Permissions.ExportCustomers)]
    public async Task<IActionResult> Export(List<long> ids, bool all, string? query, CancellationToken stop)
    {
        // the list has an export of all that match
        if (all) return LocalRedirect(Request.PathBase + "/customers.csv" + new QueryString(query is { Length: > 1 } && query[0] == '?' ? query : null));
        if (ids.Count == 0) return NothingChosen();
        if (!await AreSeen(ids, stop)) return NotFound();
        var custom = await fields.Seen(stop);
        var chosen = CustomerQuery.Read(new QueryCollection(), custom);
        var columns = CustomerExport.OfList(CustomerColumns.Of(L, Request, chosen.Sort, custom).Shown.Select(column => column.Key));
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = FormattableString.Invariant($"attachment; filename=customers-{Me.Today:yyyy-MM-dd}.csv");
        await new CustomerExport(Db, chosen.Sort, columns, custom).Write(Db.Seen(Db.Customers).AsNoTracking().Where(c => ids.Contains(c.Id)), Response.Body, stop);
        return new EmptyResult();
    }

    /// <param name="next">The form that says what; null for archiving, which needs none.</param>
    private async Task<IActionResult> Begin(List<long> ids, bool all, string? query, string? next, CancellationToken stop)
    {
        if (all && (query ?? "").Length > BulkEdit.QueryLength) return BadRequest();
        if (!all && ids.Count == 0) return NothingChosen();
        if (!all && (ids.Count > BulkSelection.MostIds || !await AreSeen(ids, stop))) return NotFound();
        var read = all ? BulkSelection.Read(query ?? "", await fields.Seen(stop)) : null;
        if (read is { Ignored.Count: > 0 } or { Filter.AsksForArchived: true })
        {
            TempData.Toast(L["Parts of the address of the list are not understood; all that match would be too many."], Tone.Warn);
            return LocalRedirect(Request.PathBase + "/customers");
        }

        var edit = new BulkEdit(all ? query ?? "" : null, all ? null : BulkSelection.Write(ids.Distinct().Order()), Me.Id, Me.Now);
        if (next is null) edit.What = new BulkWhat(BulkAct.Archive).ToJson();
        Db.BulkEdits.Add(edit);
        await Db.SaveChangesAsync(stop);
        return next is null ? RedirectToAction("Show", "BulkSteps", new { edit.Id }) : RedirectToAction(next, "BulkForms", new { edit.Id });
    }

    private RedirectResult NothingChosen()
    {
        TempData.Toast(L["Choose customers first."], Tone.Warn);
        return Redirect(Request.Back("/customers"));
    }

    // an id is only a number until the member sees the customer (T3); one that a colleague archived meanwhile is told of later
    private async Task<bool> AreSeen(List<long> ids, CancellationToken stop) =>
        await Db.Customers.IgnoreQueryFilters([TenantScoping.DeletedFilter]).CountAsync(c => ids.Contains(c.Id), stop) == ids.Distinct().Count();
}
