using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Api;
using CrmWeb.Web.Platform.Files;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Imports;

[Route("api/v1/imports")]
[Tags("Imports")]
public sealed class ImportsApiController(ImportFiles files, MemberFields fields) : ApiController
{
    private const long MaxRequest = ImportFiles.MaxBytes + UploadLimitAttribute.Around;

    [HttpGet("")]
    [Authorize(Permissions.ImportCustomers)]
    [Display(Name = "List imports", Description = "The newest first.")]
    [ProducesResponseType<ApiList<ImportJson>>(200)]
    public async Task<IActionResult> List([FromQuery] ApiPage page, CancellationToken stop)
    {
        page.Check(ModelState, L);
        ApiPage.RefuseOthers(Request.Query, [], ModelState, L);
        var after = page.AfterId(ModelState, L) ?? long.MaxValue;
        if (page.Sort is { Length: > 0 } and not "-id") ApiPage.NoSuchSort(ModelState, L, "-id");
        if (!ModelState.IsValid) return Invalid();
        var rows = await Db.SeenImports().AsNoTracking().Include(i => i.Job).Where(i => i.Id < after).OrderByDescending(i => i.Id).Take(page.Size + 1).ToListAsync(stop);
        return Ok(page.Page(rows, import => import.Id.ToString(CultureInfo.InvariantCulture), ImportJson.Of));
    }

    [HttpGet("{id:long}")]
    [Authorize(Permissions.ImportCustomers)]
    [Display(Name = "Read an import", Description = "Ask again until the state is done, checked, reverted or failed.")]
    [ProducesResponseType<ImportJson>(200)]
    public async Task<IActionResult> Show(long id, CancellationToken stop) => await Find(id, stop) is { } import ? Ok(ImportJson.Of(import)) : NotFound();

    [HttpPost("")]
    [Authorize(Permissions.ImportCustomers)]
    [RequestSizeLimit(MaxRequest)]
    [RequestFormLimits(MultipartBodyLengthLimit = MaxRequest)]
    [Consumes("multipart/form-data")]
    [Display(Name = "Import a file", Description = "CSV of customers, orders or interactions, or vCards of customers. Rows with the same order id are lines of one order. It is brought in by a job: read the import to see how far it came.")]
    [ProducesResponseType<ImportJson>(201)]
    public async Task<IActionResult> Create([FromForm] ImportInput input, CancellationToken stop)
    {
        if (input.File is not { Length: > 0 } sent)
        {
            ModelState.AddModelError("file", L["Choose a file that has something in it."]);
            return Invalid();
        }

        StoredFile? stored;
        await using (var content = sent.OpenReadStream()) stored = await files.Save(Db.Current, content, stop);
        if (stored is null) return StatusCode(StatusCodes.Status413PayloadTooLarge);
        ImportSettings? settings;
        try
        {
            var upload = new ApiUpload(Db, Me, ModelState, await fields.Seen(stop), L);
            await using var file = files.Open(Db.Current, stored.Key);
            settings = await upload.Settle(file, input, stop);
            if (settings is not null && Me.MayImport(settings)) return await Begin(upload.Import(sent.FileName, stored, settings), input.DryRun, stop);
        }
        catch
        {
            files.Delete(Db.Current, stored.Key);
            throw;
        }

        files.Delete(Db.Current, stored.Key);
        return settings is null ? Invalid() : Forbid();
    }

    [HttpPost("{id:long}/run")]
    [Authorize(Permissions.ImportCustomers)]
    [Display(Name = "Run a checked import", Description = "After a dry run, or again after it stopped.")]
    [ProducesResponseType<ImportJson>(200)]
    public Task<IActionResult> Run(long id, CancellationToken stop) => Step(id, CustomerImport.JobKind, ImportSteps.MayRun, stop);

    [HttpPost("{id:long}/revert")]
    [Authorize(Permissions.ImportCustomers)]
    [Display(Name = "Take an import back", Description = "Customers that it made go, unless somebody worked with them; changed ones are as before.")]
    [ProducesResponseType<ImportJson>(200)]
    public Task<IActionResult> Revert(long id, CancellationToken stop) => Step(id, ImportRevert.JobKind, ImportSteps.MayBeReverted, stop);

    [HttpGet("{id:long}/refused")]
    [Authorize(Permissions.ImportCustomers)]
    [Display(Name = "List the refused rows of an import", Description = "In the order of the file, each with the reason.")]
    [ProducesResponseType<ApiList<RefusedRowJson>>(200)]
    public async Task<IActionResult> Refused(long id, [FromQuery] ApiPage page, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } import) return NotFound();
        page.Check(ModelState, L);
        ApiPage.RefuseOthers(Request.Query, [], ModelState, L);
        var after = page.AfterId(ModelState, L) ?? -1;
        if (page.Sort is { Length: > 0 } and not "line") ApiPage.NoSuchSort(ModelState, L, "line");
        if (!ModelState.IsValid) return Invalid();
        var (columns, custom) = (ImportSettings.Of(import).Columns, await fields.Seen(stop));
        var rows = await Db.ImportRows.AsNoTracking().Where(row => row.ImportId == id && row.Outcome == RowOutcome.Refused && row.Line > after)
            .OrderBy(row => row.Line).Take(page.Size + 1).Select(row => new { row.Line, row.Before, row.Reason }).ToListAsync(stop);
        return Ok(page.Page(rows, row => row.Line.ToString(CultureInfo.InvariantCulture), row => new RefusedRowJson(row.Line, Values(columns, row.Before), Refusal.Say(row.Reason, L, custom))));
    }

    [HttpDelete("{id:long}")]
    [Authorize(Permissions.ImportCustomers)]
    [Display(Name = "Forget an import", Description = "Customers that came in stay. Afterwards nothing can be taken back.")]
    [ProducesResponseType(204)]
    public async Task<IActionResult> Delete(long id, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } import) return NotFound();
        if (!import.MayBeDeleted()) return Conflict();
        Db.Imports.Remove(import);
        await Db.SaveChangesAsync(stop);
        files.Delete(Db.Current, import.FileKey);
        return NoContent();
    }

    private async Task<IActionResult> Begin(Import import, bool dryRun, CancellationToken stop)
    {
        Db.Imports.Add(import);
        await Db.SaveChangesAsync(stop);
        await ImportSteps.Begin(Db, import, dryRun ? ImportCheck.JobKind : CustomerImport.JobKind, Me.Now, stop);
        return Made("imports", ImportJson.Of(import), import.Id);
    }

    private async Task<IActionResult> Step(long id, string jobKind, Func<Import, bool> may, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } import) return NotFound();
        if (!Me.MayImport(ImportSettings.Of(import))) return Forbid();
        if (!may(import)) return Conflict();
        await ImportSteps.Begin(Db, import, jobKind, Me.Now, stop);
        return Ok(ImportJson.Of(import));
    }

    private Task<Import?> Find(long id, CancellationToken stop) => Db.SeenImports().Include(i => i.Job).SingleOrDefaultAsync(i => i.Id == id, stop);

    private static Dictionary<string, string> Values(IReadOnlyList<string> columns, string? cells)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (column, cell) in columns.Zip(Snapshot.Cells(cells))) values[column] = cell;
        return values;
    }
}
