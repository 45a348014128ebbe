using System.ComponentModel.DataAnnotations;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Features.Notifications;

/// <summary>A notification as the API tells it.</summary>
[Example("""{"id":77,"kind":"mention","text":"Ada Berger mentioned you in a note about Nordwind GmbH","at":"2026-11-22T09:58:00Z","count":1,"read":false,"customerId":41,"interactionId":901,"taskId":null}""")]
public sealed record NotificationJson(long Id, NotificationKind Kind, string Text, DateTime At, int Count, bool Read, long? CustomerId, long? InteractionId, long? TaskId);

/// <summary>What a program may say about a notification.</summary>
[Example("""{"read":true}""")]
public sealed record NotificationInput
{
    public bool? Read { get; init; }
}

[Route("api/v1/notifications")]
[Tags("Notifications")]
[Authorize(Permissions.ReadCustomers)]
public sealed class NotificationsApiController : ApiController
{
    private static readonly string[] Parameters = ["show", "kind"];

    [HttpGet("")]
    [Display(Name = "List notifications", Description = "Those of the member of the key, newest first; show=unread and kind=mention narrow them.")]
    [ProducesResponseType<ApiList<NotificationJson>>(200)]
    public async Task<IActionResult> List([FromQuery] ApiPage page, [FromQuery(Name = "show")] string? show, [FromQuery(Name = "kind")] string? kind, CancellationToken stop)
    {
        var from = ChangeCursor.Read(page.After);
        page.Check(ModelState, L);
        ApiPage.RefuseOthers(Request.Query, Parameters, ModelState, L);
        if (page.Sort is { Length: > 0 }) ApiPage.NoSuchSort(ModelState, L);
        if (from is null && !string.IsNullOrEmpty(page.After)) ApiPage.NoSuchPage(ModelState, L);
        if (!string.IsNullOrEmpty(show) && show != NotificationFilter.UnreadOnly) ModelState.AddModelError("show", L["There are: {0}.", NotificationFilter.UnreadOnly]);
        if (!string.IsNullOrEmpty(kind) && NotificationFilter.KindOf(kind) is null) ModelState.AddModelError("kind", L["There are: {0}.", string.Join(", ", NotificationKinds.All.Select(one => one.ToString().ToLowerInvariant()))]);
        if (!ModelState.IsValid) return Invalid();

        var (until, last) = from ?? ChangeCursor.Newest;
        var rows = await NotificationRow.Read(Db, NotificationFilter.After(NotificationFilter.Of(show, kind).Apply(Db.Heard()), until, last).Take(page.Size + 1), stop);
        return Ok(page.Page(rows, row => new ChangeCursor(row.At, row.Id).ToString(), Json));
    }

    [HttpPatch("{id:long}")]
    [Display(Name = "Mark a notification", Description = "read=true or read=false; nothing else can be changed.")]
    [ProducesResponseType<NotificationJson>(200)]
    public async Task<IActionResult> Patch(long id, NotificationInput input, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } row) return NotFound();
        if (input.Read is not { } read)
        {
            ModelState.AddModelError("read", L["This value does not fit here, or is no JSON."]);
            return Invalid();
        }

        if (read != row.ReadAt is not null)
            await Db.MarkNotifications(Db.Told().Where(n => n.Id == id), read ? Me.Now : null, stop);
        return await Find(id, stop) is { } now ? Ok(Json(now)) : NotFound();
    }

    private async Task<NotificationRow?> Find(long id, CancellationToken stop) => (await NotificationRow.Read(Db, Db.Heard().Where(n => n.Id == id), stop)).SingleOrDefault();

    // isolates are for pages
    private new NotificationJson Json(NotificationRow row) => new(
        row.Id, row.Kind, L.Of(row).Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal), row.At, row.Count, row.ReadAt is not null,
        row.CustomerId, row.InteractionId, row.TaskId);
}
