using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>What a member makes of the views they have, their own and shared ones: pins in the navigation, with counts, and what the list begins with.</summary>
public sealed class ViewMarksController(IStringLocalizer L, MemberFields fields, MemberViews views, ViewCounts counts) : TenantController
{
    /// <summary>How many customers each pinned view has: asked for after a page is there, and remembered a while here and in the browser.</summary>
    [HttpGet("customers/views/counts")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> Counts(CancellationToken stop)
    {
        var custom = await fields.Seen(stop);
        var all = new List<object>();
        foreach (var view in await views.Pinned(stop))
        {
            var count = await counts.Of(Db, Me, view, ViewQuery.Read(view.Query, custom).Query, stop);
            all.Add(new { id = view.Id, text = Digits.Number(count.Value) + (count.Capped ? "+" : "") });
        }

        return Json(all);
    }

    [HttpPost("customers/views/{id:long}/pin")]
    [Authorize(Permissions.EditViews)]
    public async Task<IActionResult> Pin(long id, CancellationToken stop)
    {
        if ((await views.Read(stop)).Count(view => view.IsPinned && view.Id != id) < ViewMark.MaxPins) return await Mark(id, mark => mark with { Pinned = true }, stop);
        TempData.Toast(L["The navigation has room for {0} views. Take one out first.", ViewMark.MaxPins], Tone.Bad);
        return LocalRedirect(Request.Back("/customers/views"));
    }

    [HttpPost("customers/views/{id:long}/unpin")]
    [Authorize(Permissions.EditViews)]
    public Task<IActionResult> Unpin(long id, CancellationToken stop) => Mark(id, mark => mark with { Pinned = false }, stop);

    [HttpPost("customers/views/{id:long}/begin")]
    [Authorize(Permissions.EditViews)]
    public Task<IActionResult> Begin(long id, CancellationToken stop) => Mark(id, mark => mark with { Begins = true }, stop);

    [HttpPost("customers/views/{id:long}/not-begin")]
    [Authorize(Permissions.EditViews)]
    public Task<IActionResult> NotBegin(long id, CancellationToken stop) => Mark(id, mark => mark with { Begins = false }, stop);

    [HttpPost("customers/views/{id:long}/up")]
    [Authorize(Permissions.EditViews)]
    public Task<IActionResult> Up(long id, CancellationToken stop) => Change(id, (_, marking) => marking.Move(id, -1, stop), stop);

    [HttpPost("customers/views/{id:long}/down")]
    [Authorize(Permissions.EditViews)]
    public Task<IActionResult> Down(long id, CancellationToken stop) => Change(id, (_, marking) => marking.Move(id, 1, stop), stop);

    private async Task<IActionResult> Mark(long id, Func<Marked, Marked> change, CancellationToken stop)
    {
        var now = (await views.Read(stop)).FirstOrDefault(view => view.Id == id);
        var (pinned, begins) = change(new(now?.IsPinned ?? false, now?.IsDefault ?? false));
        return await Change(id, (view, marking) => marking.Put(view, pinned, begins, stop), stop);
    }

    private async Task<IActionResult> Change(long id, Func<SavedView, ViewMarking, Task> change, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.ViewsChange(stop);
        if (await ViewWriting.Find(Db, id, stop) is not { DeletedAt: null } view) return NotFound();
        await change(view, new ViewMarking(Db, Me));
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return LocalRedirect(Request.Back("/customers/views"));
    }

    private sealed record Marked(bool Pinned, bool Begins);
}
