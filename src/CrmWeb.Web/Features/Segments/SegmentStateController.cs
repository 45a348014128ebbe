using CrmWeb.Data;
using CrmWeb.Domain.Segments;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Segments;

/// <summary>Refreshing, freezing, deleting and restoring a segment.</summary>
public sealed class SegmentStateController(MemberRules rules, IStringLocalizer L) : TenantController
{
    [HttpPost("segments/{id:long}/refresh")]
    [Authorize(Permissions.EditSegments)]
    public async Task<IActionResult> Refresh(long id, CancellationToken stop)
    {
        if (await SegmentWriting.Find(Db, id, stop) is not { Kind: SegmentKind.Dynamic } segment) return NotFound();
        SegmentRefreshJob.Ask(Db, segment.Id, Me.Id, Me.Now);
        await Db.SaveChangesAsync(stop);
        return this.Done(L["{0} is being refreshed", segment.Name], Url.Content($"~/segments/{id}"));
    }

    [HttpPost("segments/{id:long}/freeze")]
    [Authorize(Permissions.EditSegments)]
    public async Task<IActionResult> Freeze(long id, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        if (await SegmentWriting.Find(Db, id, stop) is not { Kind: SegmentKind.Dynamic } segment) return NotFound();
        await Writing.Freeze(segment, stop);
        await transaction.CommitAsync(stop);
        return this.Done(L["{0} is a list now: nobody comes in or goes out by itself", segment.Name], Url.Content($"~/segments/{id}"), Url.Content($"~/segments/{id}/thaw"));
    }

    /// <summary>Takes the freezing back: the rule decides again.</summary>
    [HttpPost("segments/{id:long}/thaw")]
    [Authorize(Permissions.EditSegments)]
    public async Task<IActionResult> Thaw(long id, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        if (await SegmentWriting.Find(Db, id, stop) is not { FrozenRule: not null } segment) return NotFound();
        if (await Writing.Thaw(segment, stop) is { } inTheWay) return this.ToldOff(inTheWay, Url.Content($"~/segments/{id}"));
        await transaction.CommitAsync(stop);
        return this.Done(L["{0} goes by its rule again", segment.Name], Url.Content($"~/segments/{id}"));
    }

    [HttpPost("segments/{id:long}/delete")]
    [Authorize(Permissions.EditSegments)]
    public async Task<IActionResult> Delete(long id, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        if (await SegmentWriting.Find(Db, id, stop) is not { } segment) return NotFound();
        if (await Writing.Delete(segment, stop) is { Count: > 0 } users)
            return this.ToldOff(L["{0} stays: the rules of these segments need it: {1}", segment.Name, string.Join(L[", "], users)], Url.Content($"~/segments/{id}"));
        await transaction.CommitAsync(stop);
        return this.Done(L["{0} was deleted", segment.Name], Url.Content("~/segments"), Url.Content($"~/segments/{id}/restore"));
    }

    [HttpPost("segments/{id:long}/restore")]
    [Authorize(Permissions.EditSegments)]
    public async Task<IActionResult> Restore(long id, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        if (!await Db.Segments.IgnoreQueryFilters([TenantScoping.DeletedFilter]).AnyAsync(s => s.Id == id, stop)) return NotFound();
        if (await Writing.Restore(id, stop) is { } inTheWay) return this.ToldOff(inTheWay, Url.Content("~/segments"));
        await transaction.CommitAsync(stop);
        return this.Done(L["It is back"], Url.Content($"~/segments/{id}"));
    }

    private SegmentWriting Writing => new(Db, Me, ModelState, rules, L);
}
