using System.Globalization;
using CrmWeb.Domain.Customers.BulkEdits;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Features.Shared.Csv;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers.Bulk;

/// <summary>A bulk edit looked at, run, watched, and taken back. Whoever may not do it finds none of their own here; the jobs ask again.</summary>
[Authorize(Permissions.ReadCustomers)]
public sealed class BulkStepsController(IStringLocalizer L, LocalTime time, MemberFields fields, CustomerCounts counts) : TenantController
{
    private const int LinesOfFile = 1_000;

    [HttpGet("customers/bulk/{id:long}")]
    public async Task<IActionResult> Show(long id, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } edit) return NotFound();
        if (BulkWhat.Of(edit) is not { } what) return RedirectToAction(nameof(BulkFormsController.Field), "BulkForms", new { id });
        var preview = edit.State == BulkState.Draft ? await BulkPreview.Read(Db, Me, edit, what, await fields.Seen(stop), counts, stop) : null;
        return View("Show", await BulkPage.Read(Db, edit, what, preview, L, time, stop));
    }

    [HttpPost("customers/bulk/{id:long}/run")]
    public Task<IActionResult> Run(long id, CancellationToken stop) => Begin(id, undo: false, stop);

    [HttpPost("customers/bulk/{id:long}/undo")]
    public Task<IActionResult> Undo(long id, CancellationToken stop) => Begin(id, undo: true, stop);

    /// <summary>The part of the page that asks again; when the work is over, the page is loaded afresh.</summary>
    [HttpGet("customers/bulk/{id:long}/progress")]
    public async Task<IActionResult> Progress(long id, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } edit) return NotFound();
        if (!edit.IsBusy()) Response.Headers["HX-Refresh"] = "true";
        return PartialView("_Progress", edit);
    }

    [HttpGet("customers/bulk/{id:long}/skipped.csv")]
    public async Task<IActionResult> Skipped(long id, CancellationToken stop)
    {
        if (await Find(id, stop) is null) return NotFound();
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = $"attachment; filename=\"skipped-{id}.csv\"";
        await using var csv = new CsvWriting(Response.BodyWriter.AsStream(), ["id", "name", "when", "reason"]);
        for (var after = 0L; await BulkPage.LeftOf(Db, id, after, LinesOfFile, stop) is { Count: > 0 } rows; after = rows[^1].Id)
        {
            foreach (var row in rows) csv.Row([row.CustomerId.ToString(CultureInfo.InvariantCulture), row.Name ?? "", row.OfUndo ? L["Undo"] : L["Run"], BulkWords.Of(row.Reason, L)]);
        }

        await csv.FlushAsync();
        return new EmptyResult();
    }

    private Task<BulkEdit?> Find(long id, CancellationToken stop) => Db.SeenBulkEdits().AsNoTracking().Include(e => e.Job).Include(e => e.Member).SingleOrDefaultAsync(e => e.Id == id, stop);

    private async Task<IActionResult> Begin(long id, bool undo, CancellationToken stop)
    {
        if (await Db.SeenBulkEdits().Include(e => e.Job).SingleOrDefaultAsync(e => e.Id == id, stop) is not { } edit) return NotFound();
        // what was seen in the preview is run by whoever looked at it; an admin may take back what others ran
        if (!undo && edit.MemberId != Me.Id) return NotFound();
        try
        {
            // a second click finds it begun
            if (undo ? edit.MayBeUndone(Me.Now) : edit.MayRun()) await BulkSteps.Begin(Db, edit, undo, Me.Now, stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            TempData.Toast(L["Somebody else began this at the same moment."], Tone.Warn);
        }

        return RedirectToAction(nameof(Show), new { id });
    }
}
