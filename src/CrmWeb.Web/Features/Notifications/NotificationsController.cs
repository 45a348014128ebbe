using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Notifications;

public sealed record NotificationsPage(NotificationFilter Filter, IReadOnlyList<NotificationRow> Rows, string? Older, bool HasUnread);

/// <summary>What the member is told: behind the bell, and on a page of its own.</summary>
[Authorize(Permissions.ReadCustomers)]
public sealed class NotificationsController(IStringLocalizer L) : TenantController
{
    public const int PageSize = 30;
    private const int MaxAtBell = 8;
    private const string Address = "/notifications";

    [HttpGet("notifications")]
    public async Task<IActionResult> Index(string? show, string? kind, string? after, CancellationToken stop) =>
        View("List", await Read(NotificationFilter.Of(show, kind), ChangeCursor.Read(after), PageSize, stop));

    /// <summary>The newest alone: asked for by the bell.</summary>
    [HttpGet("notifications/newest")]
    public async Task<IActionResult> Newest(CancellationToken stop) => PartialView("_Newest", await Read(new(false, null), null, MaxAtBell, stop));

    /// <summary>Marks it as read and leads to what it is about.</summary>
    [HttpPost("notifications/{id:long}/open")]
    public async Task<IActionResult> Open(long id, CancellationToken stop)
    {
        if (await NotificationRow.Read(Db, Db.Heard().Where(n => n.Id == id), stop) is not [var row]) return NotFound();
        await Mark(id, Me.Now, stop);
        return LocalRedirect(Request.PathBase + (row.Path() ?? Address));
    }

    [HttpPost("notifications/{id:long}/read")]
    public async Task<IActionResult> See(long id, CancellationToken stop) =>
        await Mark(id, Me.Now, stop) ? this.Done(L["Marked as read"], Request.Back(Address), Url.Action(nameof(Unsee), new { id })) : NotFound();

    [HttpPost("notifications/{id:long}/unread")]
    public async Task<IActionResult> Unsee(long id, CancellationToken stop) =>
        await Mark(id, null, stop) ? this.Done(L["Marked as unread"], Request.Back(Address)) : NotFound();

    [HttpPost("notifications/read")]
    public async Task<IActionResult> SeeAll(CancellationToken stop)
    {
        var now = Me.Now;
        var count = await Db.MarkNotifications(Db.Told().Where(n => n.ReadAt == null), now, stop);
        var undo = Url.Action(nameof(UnseeAll), new { at = now.Ticks.ToString(CultureInfo.InvariantCulture) });
        return this.Done(L["All are marked as read"], Request.Back(Address), count > 0 ? undo : null);
    }

    /// <param name="at">When all were marked, in ticks.</param>
    /// <param name="stop">Ends the work.</param>
    [HttpPost("notifications/unread")]
    public async Task<IActionResult> UnseeAll(string? at, CancellationToken stop)
    {
        if (!long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) || ticks > DateTime.MaxValue.Ticks) return BadRequest();
        var marked = new DateTime(ticks, DateTimeKind.Utc);
        await Db.MarkNotifications(Db.Told().Where(n => n.ReadAt == marked), null, stop);
        return this.Done(L["They are unread again"], Request.Back(Address));
    }

    private async Task<bool> Mark(long id, DateTime? readAt, CancellationToken stop) =>
        await Db.Heard().AnyAsync(n => n.Id == id, stop) && await Db.MarkNotifications(Db.Told().Where(n => n.Id == id), readAt, stop) == 1;

    private async Task<NotificationsPage> Read(NotificationFilter filter, ChangeCursor? from, int size, CancellationToken stop)
    {
        var (until, last) = from ?? ChangeCursor.Newest;
        var rows = await NotificationRow.Read(Db, NotificationFilter.After(filter.Apply(Db.Heard()), until, last).Take(size + 1), stop);
        var more = rows.Count > size;
        if (more) rows.RemoveAt(size);
        return new(filter, rows, more ? new ChangeCursor(rows[^1].At, rows[^1].Id).ToString() : null, rows.Exists(row => row.ReadAt is null) || await Db.Heard().AnyAsync(n => n.ReadAt == null, stop));
    }
}
