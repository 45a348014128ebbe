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
    public IActionResult New(bool tooLarge) => New(ImportOf.Customers, tooLarge);

    [HttpGet("imports/orders")]
    public IActionResult NewOrders(bool tooLarge) => New(ImportOf.Orders, tooLarge);

    [HttpGet("imports/interactions")]
    public IActionResult NewInteractions(bool tooLarge) => New(ImportOf.Interactions, tooLarge);

    [HttpPost("imports/new")]
    [UploadLimit]
    [RequestSizeLimit(MaxRequest)]
    [RequestFormLimits(MultipartBodyLengthLimit = MaxRequest)]
    public Task<IActionResult> Upload(UploadForm form, CancellationToken stop) => Take(ImportOf.Customers, form, stop);

    [HttpPost("imports/orders")]
    [UploadLimit]
    [RequestSizeLimit(MaxRequest)]
    [RequestFormLimits(MultipartBodyLengthLimit = MaxRequest)]
    public Task<IActionResult> UploadOrders(UploadForm form, CancellationToken stop) => Take(ImportOf.Orders, form, stop);

    [HttpPost("imports/interactions")]
    [UploadLimit]
    [RequestSizeLimit(MaxRequest)]
    [RequestFormLimits(MultipartBodyLengthLimit = MaxRequest)]
    public Task<IActionResult> UploadInteractions(UploadForm form, CancellationToken stop) => Take(ImportOf.Interactions, form, stop);

    [HttpGet("imports/{id:long}")]
    public async Task<IActionResult> Show(long id, CancellationToken stop)
    {
        if (await Db.SeenImports().AsNoTracking().Include(i => i.Job).Include(i => i.Member).SingleOrDefaultAsync(i => i.Id == id, stop) is not { } import) return NotFound();
        if (import.State == ImportState.Mapping) return RedirectToAction("Edit", ImportSettings.Of(import).Fields.Count == 0 ? "ImportFormat" : "ImportColumns", new { id });
        return View(await ImportPage.Read(Db, import, await fields.Seen(stop), L, stop));
    }

    private ViewResult New(ImportOf what, bool tooLarge) => tooLarge ? Invalid(what, TooLarge) : View("New", new UploadForm(what));

    private async Task<IActionResult> Take(ImportOf what, UploadForm form, CancellationToken stop)
    {
        if (form.File is not { Length: > 0 } file) return Invalid(what, L["Choose a file that has something in it."]);
        StoredFile? stored;
        await using (var content = file.OpenReadStream()) stored = await files.Save(Db.Current, content, stop);
        if (stored is null) return Invalid(what, TooLarge);
        if (await Accept(what, file.FileName, stored, stop) is not { } id) return View("New", new UploadForm(what));
        return RedirectToAction("Edit", "ImportFormat", new { id });
    }

    private async Task<long?> Accept(ImportOf what, string name, StoredFile stored, CancellationToken stop)
    {
        try
        {
            await using var file = files.Open(Db.Current, stored.Key);
            if (FileKinds.Refuse(file, L) is { } reason) ModelState.AddModelError(nameof(UploadForm.File), reason);
            else
            {
                var settings = ImportSource.Detect(file, what);
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

    private ViewResult Invalid(ImportOf what, string reason)
    {
        ModelState.AddModelError(nameof(UploadForm.File), reason);
        return View("New", new UploadForm(what));
    }
}

public sealed record UploadForm
{
    public UploadForm()
    {
    }

    internal UploadForm(ImportOf what) => What = what;

    public IFormFile? File { get; init; }

    /// <summary>Said by the address.</summary>
    internal ImportOf What { get; }
}
