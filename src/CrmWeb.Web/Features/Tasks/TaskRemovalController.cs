using CrmWeb.Data;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Tasks;

/// <summary>Taking a task away, and putting it back.</summary>
[Authorize(Permissions.EditTasks)]
public sealed class TaskRemovalController(IStringLocalizer L) : TenantController
{
    [HttpPost("tasks/{id:long}/delete")]
    public async Task<IActionResult> Delete(long id)
    {
        if (await Db.Tasks.SingleOrDefaultAsync(t => t.Id == id) is not { } task) return NotFound();
        task.Delete(Me.Now);
        await Db.SaveChangesAsync();
        return this.Done(L["Task deleted"], Request.Back("/tasks"), Url.Action("Restore", new { id }));
    }

    [HttpPost("tasks/{id:long}/restore")]
    public async Task<IActionResult> Restore(long id)
    {
        if (await Db.Tasks.IgnoreQueryFilters([TenantScoping.DeletedFilter]).SingleOrDefaultAsync(t => t.Id == id) is not { } task) return NotFound();
        task.Restore();
        await Db.SaveChangesAsync();
        return this.Done(L["Task restored"], Request.Back("/tasks"));
    }
}
