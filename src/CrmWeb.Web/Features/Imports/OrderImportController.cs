using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Customers.Dates;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Files;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Imports;

/// <summary>A file of orders, and how it is to be read.</summary>
public sealed record OrderUploadForm
{
    [Display(Name = "File")] public IFormFile? File { get; init; }
    [Display(Name = "How is a customer recognised?")] public MatchRule Match { get; init; }
    [Display(Name = "Make customers whom nobody knows")] public bool MakeCustomers { get; init; } = true;
    [Display(Name = "Dates")] public DateOrder? Dates { get; init; }
}

/// <summary>The way in of a file of orders: its columns say by their names what they mean. It is checked first, and run from the page of the import.</summary>
[Authorize(Permissions.ImportCustomers)]
public sealed class OrderImportController(ImportFiles files, IStringLocalizer L) : TenantController
{
    private const long MaxRequest = ImportFiles.MaxBytes + UploadLimitAttribute.Around;

    [HttpGet("imports/orders")]
    public IActionResult New() => View("OrderNew", new OrderUploadForm());

    [HttpPost("imports/orders")]
    [UploadLimit]
    [RequestSizeLimit(MaxRequest)]
    [RequestFormLimits(MultipartBodyLengthLimit = MaxRequest)]
    public async Task<IActionResult> Upload(OrderUploadForm form, CancellationToken stop)
    {
        if (form.Match is not (MatchRule.ExternalId or MatchRule.Email or MatchRule.Phone or MatchRule.Name)) ModelState.AddModelError(nameof(form.Match), L["Choose one of the list."]);
        if (form.Dates is { } order && !Enum.IsDefined(order)) ModelState.AddModelError(nameof(form.Dates), L["Choose one of the list."]);
        if (form.File is not { Length: > 0 } file) ModelState.AddModelError(nameof(form.File), L["Choose a file that has something in it."]);
        else if (ModelState.IsValid && await Save(file, stop) is { } stored)
        {
            if (await Begin(form, file.FileName, stored, stop) is { } id) return RedirectToAction("Show", "Imports", new { id });
            files.Delete(Db.Current, stored.Key);
        }

        return this.Invalid("OrderNew", form);
    }

    private async Task<StoredFile?> Save(IFormFile file, CancellationToken stop)
    {
        await using var content = file.OpenReadStream();
        var stored = await files.Save(Db.Current, content, stop);
        if (stored is null) ModelState.AddModelError(nameof(OrderUploadForm.File), L["The file is larger than {0} MB. Cut it into pieces.", Digits.Number(files.MaxSize >> 20)]);
        return stored;
    }

    /// <summary>Answers the id of the import, which is checked now; null when something is wrong with the file.</summary>
    private async Task<long?> Begin(OrderUploadForm form, string name, StoredFile stored, CancellationToken stop)
    {
        try
        {
            await using var file = files.Open(Db.Current, stored.Key);
            if (FileKinds.Refuse(file, L) is { } reason)
            {
                ModelState.AddModelError(nameof(form.File), reason);
                return null;
            }

            var settings = ImportSource.DetectOrders(file);
            settings = settings with { Match = form.Match, MakeCustomers = form.MakeCustomers, Dates = form.Dates ?? settings.Dates };
            foreach (var (part, sentence) in MappingProblems.Of(settings, Domain.Customers.CustomFields.CustomFieldSet.None, file, L))
                ModelState.AddModelError(part == nameof(ImportSettings.Dates) ? nameof(form.Dates) : nameof(form.File), sentence);
            if (!new ImportTable(file, settings.Format(file)).Rows().Any()) ModelState.AddModelError(nameof(form.File), L["There is no row in this file."]);
            if (!ModelState.IsValid) return null;
            var import = new Import(Path.GetFileName(name), stored.Key, stored.Size, Me.Id, Me.Now) { Settings = settings.ToJson() };
            Db.Imports.Add(import);
            await Db.SaveChangesAsync(stop);
            await ImportSteps.Begin(Db, import, ImportCheck.JobKind, Me.Now, stop);
            return import.Id;
        }
        catch (UnreadableFileException unreadable)
        {
            ModelState.AddModelError(nameof(form.File), L["The file cannot be read past line {0}.", unreadable.Line]);
            return null;
        }
    }
}
