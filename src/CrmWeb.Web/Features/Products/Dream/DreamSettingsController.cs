using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Products.Dream;

/// <summary>The criteria of the dream sector; what they would change is shown before they are saved.</summary>
[Authorize(Permissions.ManageProducts)]
public sealed class DreamSettingsController(IStringLocalizer L) : TenantController
{
    /// <summary>What the button says that only looks.</summary>
    public const string Preview = "preview";

    [HttpGet("products/dream-sector/criteria")]
    public async Task<IActionResult> Show(CancellationToken stop)
    {
        if (!Me.SeesAll) return NotFound();
        var kept = await Db.Tenants.Where(t => t.Id == Me.Pass.TenantId).Select(t => new { t.DreamSector, t.Version }).SingleAsync(stop);
        var sector = DreamSector.Read(kept.DreamSector);
        ViewData["IsProposal"] = sector is null;
        return View("Criteria", DreamForm.Of(sector ?? DreamSector.Proposed(10_000), true, kept.Version));
    }

    [HttpPost("products/dream-sector/criteria")]
    public async Task<IActionResult> Save(DreamForm form, string? act, CancellationToken stop)
    {
        // what would enter tells sums over all customers
        if (!Me.SeesAll) return NotFound();
        if (!ModelState.IsValid) return this.Invalid("Criteria", form);
        if (act == Preview)
        {
            ViewData["Preview"] = await DreamPreview.Read(Db, form.ToSector(), DreamWords.Span(Me), stop);
            return View("Criteria", form);
        }

        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        var tenant = await Db.Tenants.SingleAsync(t => t.Id == Me.Pass.TenantId, stop);
        if (tenant.Version != form.Version) return Stale(tenant, form);
        tenant.HoldDreamSector(form.IsOn ? form.ToSector().Write() : null);
        Db.Jobs.Add(new Job(ProductJob.JobKind, ProductJob.Sector, Me.Id, Me.Now));
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return this.Done(form.IsOn ? L["Saved. The products are being judged."] : L["Saved. Products are not judged any more."], Url.Content("~/products/dream-sector"));
    }

    private IActionResult Stale(Tenant tenant, DreamForm form)
    {
        var theirs = DreamSector.Read(tenant.DreamSector);
        string Said(DreamForm of, int at) => of.Rows.ElementAtOrDefault(at) is { Counts: true } row ? $"{row.Weight}: {row.None} – {row.Full}" : "";
        var their = DreamForm.Of(theirs ?? DreamSector.Proposed(10_000), theirs is not null, tenant.Version);
        ViewData[Shared.Conflict.Key] = Shared.Conflict.Of(
        [
            new(L["Judge products every night"], L[their.IsOn ? "Yes" : "No"], L[form.IsOn ? "Yes" : "No"]), new(L["Enters at"], $"{their.Enter}", $"{form.Enter}"), new(L["Leaves below"], $"{their.Leave}", $"{form.Leave}"),
            .. form.Rows.Select((row, at) => new ConflictField(L.Of(row.Measure), Said(their, (int)row.Measure), Said(form, at))),
        ]);
        form.Version = tenant.Version;
        ModelState.Remove(nameof(form.Version));
        return this.Invalid("Criteria", form, StatusCodes.Status409Conflict);
    }
}

/// <summary>What criteria would change.</summary>
/// <param name="Entering">Names of products.</param>
/// <param name="In">How many would be in.</param>
public sealed record DreamPreview(IReadOnlyList<string> Entering, IReadOnlyList<string> Leaving, int In, int Judged)
{
    public static async Task<DreamPreview> Read(CrmDb db, DreamSector sector, DreamSpan span, CancellationToken stop)
    {
        var outcomes = await db.Judge(sector, span, stop);
        List<long> moved = [.. outcomes.Where(one => one.Is != one.Was).Select(one => one.ProductId)];
        var names = await db.Products.Where(p => moved.Contains(p.Id)).OrderBy(p => p.NameNormal).Select(p => new { p.Id, p.Name }).ToListAsync(stop);
        var entering = outcomes.Where(one => one.Is && !one.Was).Select(one => one.ProductId).ToHashSet();
        return new(
            [.. names.Where(p => entering.Contains(p.Id)).Select(p => p.Name)], [.. names.Where(p => !entering.Contains(p.Id)).Select(p => p.Name)],
            outcomes.Count(one => one.Is), outcomes.Count(one => one.Score.Score is not null));
    }
}
