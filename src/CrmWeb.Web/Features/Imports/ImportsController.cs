using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Files;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Imports;

/// <summary>The imports of the tenant, and the way in of a new file.</summary>
[Authorize(Permissions.ImportCustomers)]
public sealed class ImportsController(ImportFiles files, IStringLocalizer L, MemberFields fields) : TenantController
{
    private const long MaxRequest = ImportFiles.MaxBytes + UploadLimitAttribute.Around;

    private string TooLarge => L["The file is larger than {0} MB. Cut it into pieces.", Digits.Number(files.MaxSize >> 20)];

    [HttpGet("imports")]
    public async Task<IActionResult> List(string? after, CancellationToken stop) => View(await ImportList.Read(Db, Request.Query, after, L, stop));

    [HttpGet("imports/new")]
    public IActionResult New(bool tooLarge) => tooLarge ? Invalid(TooLarge) : View("New", new UploadForm());

    [HttpPost("imports/new")]
    [UploadLimit]
    [RequestSizeLimit(MaxRequest)]
    [RequestFormLimits(MultipartBodyLengthLimit = MaxRequest)]
    public async Task<IActionResult> Upload(UploadForm form, CancellationToken stop)
    {
        if (form.File is not { Length: > 0 } file) return Invalid(L["Choose a file that has something in it."]);
        StoredFile? stored;
        await using (var content = file.OpenReadStream()) stored = await files.Save(Db.Current, content, stop);
        if (stored is null) return Invalid(TooLarge);
        if (await Accept(file.FileName, stored, stop) is not { } id) return View("New", form);
        return RedirectToAction("Edit", "ImportFormat", new { id });
    }

    [HttpGet("imports/{id:long}")]
    public async Task<IActionResult> Show(long id, CancellationToken stop)
    {
        if (await Db.SeenImports().AsNoTracking().Include(i => i.Job).Include(i => i.Member).SingleOrDefaultAsync(i => i.Id == id, stop) is not { } import) return NotFound();
        if (import.State == ImportState.Mapping && ImportSettings.Of(import).What == ImportOf.Customers) return RedirectToAction("Edit", ImportSettings.Of(import).Fields.Count == 0 ? "ImportFormat" : "ImportColumns", new { id });
        return View(await ImportPage.Read(Db, import, await fields.Seen(stop), L, stop));
    }

    private async Task<long?> Accept(string name, StoredFile stored, CancellationToken stop)
    {
        try
        {
            await using var file = files.Open(Db.Current, stored.Key);
            if (FileKinds.Refuse(file, L) is { } reason) ModelState.AddModelError(nameof(UploadForm.File), reason);
            else
            {
                var settings = ImportSource.Detect(file);
                if (!new ImportTable(file, settings.Format(file)).Rows().Any()) ModelState.AddModelError(nameof(UploadForm.File), L["There is no row in this file."]);
                else
                {
                    var import = new Import(Path.GetFileName(name), stored.Key, stored.Size, Me.Id, Me.Now) { Settings = settings.ToJson() };
                    Db.Imports.Add(import);
                    await Db.SaveChangesAsync(stop);
                    return import.Id;
                }
            }
        }
        catch (UnreadableFileException unreadable)
        {
            ModelState.AddModelError(nameof(UploadForm.File), L["The file cannot be read past line {0}.", unreadable.Line]);
        }

        files.Delete(Db.Current, stored.Key);
        return null;
    }

    private ViewResult Invalid(string reason)
    {
        ModelState.AddModelError(nameof(UploadForm.File), reason);
        return View("New", new UploadForm());
    }
}

public sealed record UploadForm
{
    public IFormFile? File { get; init; }
}
