using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Imports;

/// <summary>What is done with a checked file: run it, watch it, take what was refused, take it back.</summary>
[Authorize(Permissions.ImportCustomers)]
public sealed class ImportStepsController(ImportFiles files, IStringLocalizer L, MemberFields fields) : TenantController
{
    [HttpPost("imports/{id:long}/run")]
    public Task<IActionResult> Run(long id, CancellationToken stop) => Begin(id, CustomerImport.JobKind, import => import.MayRun(), stop);

    [HttpPost("imports/{id:long}/revert")]
    public Task<IActionResult> Revert(long id, CancellationToken stop) => Begin(id, ImportRevert.JobKind, import => import.MayBeReverted(), stop);

    /// <summary>The part of the page that asks again; when the work is over, the page is loaded afresh.</summary>
    [HttpGet("imports/{id:long}/progress")]
    public async Task<IActionResult> Progress(long id, CancellationToken stop)
    {
        if (await Db.SeenImports().AsNoTracking().Include(i => i.Job).SingleOrDefaultAsync(i => i.Id == id, stop) is not { } import) return NotFound();
        if (!import.IsBusy()) Response.Headers["HX-Refresh"] = "true";
        return PartialView("_Progress", import);
    }

    [HttpGet("imports/{id:long}/refused.csv")]
    public async Task<IActionResult> Refused(long id, CancellationToken stop)
    {
        if (await Db.SeenImports().AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, stop) is not { } import) return NotFound();
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = $"attachment; filename=\"refused-{id}.csv\"";
        await RefusedRows.Write(Db, import, Response.BodyWriter.AsStream(), L, await fields.Seen(stop), stop);
        return new EmptyResult();
    }

    /// <summary>Forgets the file and its rows; customers that came in stay. Afterwards nothing can be taken back.</summary>
    [HttpPost("imports/{id:long}/delete")]
    public async Task<IActionResult> Delete(long id, CancellationToken stop)
    {
        if (await Db.SeenImports().Include(i => i.Job).SingleOrDefaultAsync(i => i.Id == id, stop) is not { } import) return NotFound();
        if (!import.MayBeDeleted()) return RedirectToAction("Show", "Imports", new { id });
        try
        {
            Db.Imports.Remove(import);
            await Db.SaveChangesAsync(stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            TempData.Toast(L["Somebody else began this at the same moment."], Tone.Warn);
            return RedirectToAction("Show", "Imports", new { id });
        }

        files.Delete(Db.Current, import.FileKey);
        TempData.Toast(L["The import is deleted."], Tone.Good);
        return RedirectToAction("List", "Imports");
    }

    private async Task<IActionResult> Begin(long id, string jobKind, Func<Import, bool> may, CancellationToken stop)
    {
        if (await Db.SeenImports().Include(i => i.Job).SingleOrDefaultAsync(i => i.Id == id, stop) is not { } import) return NotFound();
        if (!Me.MayImport(ImportSettings.Of(import))) return Forbid();
        try
        {
            // a second click finds it begun
            if (may(import)) await ImportSteps.Begin(Db, import, jobKind, Me.Now, stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            TempData.Toast(L["Somebody else began this at the same moment."], Tone.Warn);
        }

        return RedirectToAction("Show", "Imports", new { id });
    }
}
