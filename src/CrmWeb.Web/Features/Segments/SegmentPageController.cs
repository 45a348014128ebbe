using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Domain.Segments;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Segments;

/// <summary>The page of one segment, and what it says of its customers.</summary>
public sealed class SegmentPageController(MemberRules rules, MemberFields fields, IStringLocalizer L) : TenantController
{
    [HttpGet("segments/{id:long}")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> Show(long id, CancellationToken stop) => await SegmentPage.Read(Db, Me, rules, id, L, stop) is { } page ? View(page) : NotFound();

    /// <summary>What takes a while to sum up comes after the page.</summary>
    [HttpGet("segments/{id:long}/worth")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> Worth(long id, CancellationToken stop) =>
        await Db.Segments.AnyAsync(s => s.Id == id, stop) ? PartialView("_Worth", await SegmentWorth.Read(Db, Me, id, stop)) : NotFound();

    [HttpGet("segments/{id:long}/progress")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> Progress(long id, CancellationToken stop)
    {
        if (!await Db.Segments.AnyAsync(s => s.Id == id, stop)) return NotFound();
        var job = await SegmentRefreshJob.Last(Db, id, stop);
        if (job?.State is not (JobState.Waiting or JobState.Running)) Response.Headers["HX-Refresh"] = "true";
        return PartialView("_Refreshing", (id, job));
    }

    /// <summary>Why a customer is in it or not, clause by clause, today or on a day that is past.</summary>
    [HttpGet("segments/{id:long}/explain")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> Explain(long id, long? customer, string? on, CancellationToken stop)
    {
        if (await Db.Segments.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, stop) is not { } segment) return NotFound();
        var page = await ExplainPage.Read(Db, Me, rules, await fields.Seen(stop), segment, customer, on, stop);
        return page is null ? NotFound() : View(page);
    }

    [HttpGet("segments/{id:long}/overlap")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> Overlap(long id, CancellationToken stop) =>
        await Db.Segments.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, stop) is { } segment ? View(await OverlapPage.Read(Db, segment, stop)) : NotFound();

    [HttpGet("segments/compare")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> Compare(long? a, long? b, CancellationToken stop)
    {
        var segments = await Db.Segments.AsNoTracking().OrderBy(s => s.NameNormal).Select(s => new RuleName(s.Id, s.Name)).ToListAsync(stop);
        // one that is not there is another's or gone
        if (new[] { a, b }.OfType<long>().Any(id => !segments.Exists(s => s.Id == id))) return NotFound();
        return View(await ComparePage.Read(Db, segments, a, b, stop));
    }

    [HttpGet("segments/{id:long}/card")]
    [Authorize(Permissions.EditSegments)]
    public async Task<IActionResult> Card(long id, CancellationToken stop) =>
        await SegmentWriting.Find(Db, id, stop) is { } segment ? View(await Choices(segment, SegmentCardForm.Of(segment), stop)) : NotFound();

    [HttpPost("segments/{id:long}/card")]
    [Authorize(Permissions.EditSegments)]
    public async Task<IActionResult> SaveCard(long id, SegmentCardForm form, CancellationToken stop)
    {
        if (await SegmentWriting.Find(Db, id, stop) is not { } segment) return NotFound();
        if (!ModelState.IsValid) return this.Invalid("Card", await Choices(segment, form, stop));
        if (form.Version != segment.Version) return await Stale(segment, form, stop);
        try
        {
            await using var transaction = await Db.Database.BeginTransactionAsync(stop);
            await Db.HoldTenant(stop);
            if (!await new SegmentWriting(Db, Me, ModelState, rules, L).Change(segment, form, stop)) return this.Invalid("Card", await Choices(segment, form, stop));
            await transaction.CommitAsync(stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            Db.ChangeTracker.Clear();
            return await SegmentWriting.Find(Db, id, stop) is { } newer ? await Stale(newer, form, stop) : NotFound();
        }

        return this.Done(L["Saved"], Url.Content($"~/segments/{id}"));
    }

    private async Task<IActionResult> Stale(Segment segment, SegmentCardForm form, CancellationToken stop)
    {
        var theirs = SegmentCardForm.Of(segment);
        string Words(SegmentCardForm card) => string.Join(L[", "], card.PreferredChannels.Select(channel => L.Of(channel)));
        string Needs(SegmentCardForm card) => string.Join('\n', card.Filled.Select(need => need.Need));
        ViewData[Shared.Conflict.Key] = Shared.Conflict.Of(
            new(L["Value proposition"], theirs.ValueProposition, form.ValueProposition), new(L["Message"], theirs.Message, form.Message), new(L["Offers"], theirs.Offers, form.Offers),
            new(L["Preferred channels"], Words(theirs), Words(form)), new(L["Needs"], Needs(theirs), Needs(form)));
        form.Version = segment.Version;
        ModelState.Remove(nameof(form.Version));
        return this.Invalid("Card", await Choices(segment, form, stop), StatusCodes.Status409Conflict);
    }

    private async Task<SegmentCardForm> Choices(Segment segment, SegmentCardForm form, CancellationToken stop)
    {
        const int spare = 3;
        var products = form.ProductIds;
        ViewData["Segment"] = segment;
        ViewData["Tiers"] = await Db.TierChoices(stop, form.ServiceTierId);
        ViewData["Products"] = (await Db.Products.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(p => products.Contains(p.Id)).OrderBy(p => p.NameNormal).Select(p => new { p.Id, p.Name }).ToListAsync(stop))
            .ConvertAll(p => new Microsoft.AspNetCore.Mvc.Rendering.SelectListItem(p.Name, p.Id.ToString(CultureInfo.InvariantCulture)));
        form.Needs = [.. form.Filled, .. Enumerable.Range(0, spare).Select(_ => new SegmentNeedForm())];
        return form;
    }
}
