using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Imports;

/// <summary>What the columns mean and what the rows do. Saving it begins the dry run.</summary>
[Authorize(Permissions.ImportCustomers)]
public sealed class ImportColumnsController(ImportFiles files, IStringLocalizer L, MemberFields fields) : TenantController
{
    [HttpGet("imports/{id:long}/columns")]
    public async Task<IActionResult> Edit(long id, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } import) return NotFound();
        var settings = ImportSettings.Of(import);
        var custom = await fields.Seen(stop);
        if (settings.Fields.Count == 0) settings = await Db.Guess(settings, custom, stop);
        await using var file = files.Open(Db.Current, import);
        try
        {
            settings = settings with { Dates = settings.Dates ?? settings.DatesOf(file, custom).Order };
            return View(ViewOf(settings), await ColumnsPage.Read(Db, import, settings, ColumnsForm.Of(settings), custom, file, stop));
        }
        catch (UnreadableFileException unreadable)
        {
            return Unreadable(id, unreadable);
        }
    }

    [HttpPost("imports/{id:long}/columns")]
    public async Task<IActionResult> Save(long id, ColumnsForm form, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } import) return NotFound();
        try
        {
            if (await Refused(import, form, stop) is { } page) return this.Invalid(ViewOf(page.Settings), page);
            if (!Me.MayImport(ImportSettings.Of(import))) return Forbid();
            await ImportSteps.Begin(Db, import, ImportCheck.JobKind, Me.Now, stop);
        }
        catch (UnreadableFileException unreadable)
        {
            return Unreadable(id, unreadable);
        }
        catch (DbUpdateConcurrencyException)
        {
            TempData.Toast(L["Somebody else began this at the same moment."], Tone.Warn);
        }

        return RedirectToAction("Show", "Imports", new { id });
    }

    /// <summary>Takes the form over; the page again when it does not fit the file.</summary>
    private async Task<ColumnsPage?> Refused(Import import, ColumnsForm form, CancellationToken stop)
    {
        await using var file = files.Open(Db.Current, import);
        var custom = await fields.Seen(stop);
        var settings = form.Apply(ImportSettings.Of(import), custom);
        if (settings.Dates is null) settings = settings with { Dates = settings.DatesOf(file, custom).Order };
        foreach (var (part, sentence) in MappingProblems.Of(settings, custom, file, L)) ModelState.AddModelError($"Form.{part}", sentence);
        await RefuseForeign(form, stop);
        if (!ModelState.IsValid) return await ColumnsPage.Read(Db, import, settings, form, custom, file, stop);

        import.Settings = settings.ToJson();
        await Db.Remember(import.FileName, settings, stop);
        return null;
    }

    private RedirectToActionResult Unreadable(long id, UnreadableFileException unreadable)
    {
        TempData.Toast(L["The file cannot be read past line {0}.", unreadable.Line], Tone.Bad);
        return RedirectToAction("Edit", "ImportFormat", new { id });
    }

    private static string ViewOf(ImportSettings settings) => settings.What == ImportOf.Customers ? "Columns" : "RowColumns";

    private async Task<Import?> Find(long id, CancellationToken stop) =>
        await Db.SeenImports().Include(i => i.Job).SingleOrDefaultAsync(i => i.Id == id, stop) is { } import && import.MayBeMapped() ? import : null;

    private async Task RefuseForeign(ColumnsForm form, CancellationToken stop)
    {
        if (form.OwnerId is { } owner && !await Db.Members.AnyAsync(m => m.Id == owner && m.DeactivatedAt == null, stop))
            ModelState.AddModelError("Form.OwnerId", L["This choice is not there any more."]);
        if (form.TeamId is { } team && !await Db.Teams.AnyAsync(t => t.Id == team, stop))
            ModelState.AddModelError("Form.TeamId", L["This choice is not there any more."]);
    }
}
