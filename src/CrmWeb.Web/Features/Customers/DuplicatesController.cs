using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Duplicates;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>Customers who may stand twice, and what somebody says about them.</summary>
[Authorize(Permissions.EditCustomers)]
public sealed class DuplicatesController(IStringLocalizer L) : TenantController
{
    [HttpGet("duplicates")]
    public async Task<IActionResult> Index(string? state, CustomerKind? kind, string? after, CancellationToken stop) =>
        View("Duplicates", await DuplicateQueue.Read(Db, state == "none" ? DuplicateState.NotADuplicate : DuplicateState.Open, kind, after, stop));

    [HttpGet("duplicates/progress")]
    public async Task<IActionResult> Progress(CancellationToken stop)
    {
        var scan = await DuplicateScanJob.Last(Db, stop);
        if (!DuplicateScanJob.IsBusy(scan)) Response.Headers["HX-Refresh"] = "true";
        return PartialView("_DuplicateScan", scan);
    }

    [HttpPost("duplicates/scan")]
    public async Task<IActionResult> Scan(CancellationToken stop)
    {
        if (!DuplicateScanJob.IsBusy(await DuplicateScanJob.Last(Db, stop)))
        {
            Db.Jobs.Add(new Job(DuplicateScanJob.JobKind, "", Me.Id, Me.Now));
            await Db.SaveChangesAsync(stop);
        }

        return LocalRedirect(Url.Content("~/duplicates"));
    }

    /// <param name="queue">On to the next pair; otherwise one stays where the button was.</param>
    [HttpPost("duplicates/{id:long}/dismiss")]
    public async Task<IActionResult> Dismiss(long id, bool queue, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } pair) return NotFound();
        if (pair.State == DuplicateState.Open) pair.IsNone(Me.Id, Me.Now);
        await Db.SaveChangesAsync(stop);
        return this.Done(L["They are two; this pair is not shown again"], queue ? Url.Content("~/duplicates") : Request.Back("/duplicates"), Url.Content($"~/duplicates/{id}/reopen"));
    }

    [HttpPost("duplicates/{id:long}/reopen")]
    public async Task<IActionResult> Reopen(long id, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } pair) return NotFound();
        if (pair.State == DuplicateState.NotADuplicate) pair.Open();
        await Db.SaveChangesAsync(stop);
        return this.Done(L["The pair is in the queue again"], Request.Back("/duplicates"));
    }

    private Task<DuplicatePair?> Find(long id, CancellationToken stop) => Db.DuplicatePairs.SingleOrDefaultAsync(p => p.Id == id, stop);
}
