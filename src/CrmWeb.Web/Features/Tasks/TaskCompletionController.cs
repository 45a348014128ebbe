using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Tasks;

/// <summary>Ticking a task off, which makes the next one of a rhythm, and taking that back.</summary>
[Authorize(Permissions.EditTasks)]
public sealed class TaskCompletionController(IStringLocalizer L, LocalTime time) : TenantController
{
    [HttpPost("tasks/{id:long}/done")]
    public async Task<IActionResult> Complete(long id)
    {
        if (await Db.Tasks.SingleOrDefaultAsync(t => t.Id == id) is not { } task) return NotFound();
        var next = task.Complete(Me.Now, Me.Today);
        if (next is not null) Db.Tasks.Add(next);
        try
        {
            await Db.SaveChangesAsync();
        }
        catch (DbUpdateConcurrencyException)
        {
            // a second click, or a colleague, was faster: one of them made the next task, and that is enough
            return this.Done(L["Task changed in the meantime; nothing was done."], Request.Back("/tasks"));
        }

        var said = next is null ? L["Task done"] : L["Task done; the next one is due {0}", time.Date(next.DueOn)];
        return this.Done(said, Request.Back("/tasks"), Url.Action("Reopen", new { id, next = next?.Id }));
    }

    /// <param name="next">The task that the completion made; it goes, unless somebody worked on it already.</param>
    [HttpPost("tasks/{id:long}/reopen")]
    public async Task<IActionResult> Reopen(long id, long? next)
    {
        if (await Db.Tasks.SingleOrDefaultAsync(t => t.Id == id) is not { } task) return NotFound();
        var completedAt = task.DoneAt;
        task.Reopen();
        if (next is { } nextId && await Db.Tasks.SingleOrDefaultAsync(t => t.Id == nextId) is { DoneAt: null } made && IsNextOf(made, task, completedAt)) made.Delete(Me.Now);
        await Db.SaveChangesAsync();
        return this.Done(L["Task is open again"], Request.Back("/tasks"));
    }

    private static bool IsNextOf(CrmTask made, CrmTask task, DateTime? completedAt) =>
        made.CreatedAt == completedAt && made.Repeat == task.Repeat && made.Title == task.Title && made.Version == 0;
}
