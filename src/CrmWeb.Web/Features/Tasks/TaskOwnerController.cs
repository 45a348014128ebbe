using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using FluentValidation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Tasks;

/// <summary>Handing a task to somebody else.</summary>
[Authorize(Permissions.EditTasks)]
public sealed class TaskOwnerController(IStringLocalizer L) : TenantController
{
    [HttpGet("tasks/{id:long}/owner")]
    public async Task<IActionResult> Edit(long id)
    {
        if (await Db.Tasks.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id) is not { } task) return NotFound();
        return View("Owner", await Page(new TaskOwnerForm { OwnerId = task.OwnerId, ReturnUrl = Request.Back("/tasks") }, task));
    }

    [HttpPost("tasks/{id:long}/owner")]
    public async Task<IActionResult> Save(long id, TaskOwnerForm form)
    {
        if (await Db.Tasks.SingleOrDefaultAsync(t => t.Id == id) is not { } task) return NotFound();
        var owner = await Db.Members.Where(m => m.Id == form.OwnerId && (m.DeactivatedAt == null || m.Id == task.OwnerId)).Select(m => m.Name).SingleOrDefaultAsync();
        if (owner is null && ModelState.IsValid) ModelState.AddModelError(nameof(form.OwnerId), L["Choose who does it."]);
        if (!ModelState.IsValid) return this.Invalid("Owner", await Page(form, task));

        task.Change(task.Title, task.DueOn, form.OwnerId!.Value);
        await Db.SaveChangesAsync();
        return this.Done(L["Handed to {0}", owner!], Url.IsLocalUrl(form.ReturnUrl) ? form.ReturnUrl! : $"{Request.PathBase}/tasks");
    }

    private async Task<TaskOwnerForm> Page(TaskOwnerForm form, CrmTask task)
    {
        (ViewData["Id"], ViewData["Task"]) = (task.Id, task.Title);
        ViewData["Members"] = await Db.MemberChoices(HttpContext.RequestAborted, task.OwnerId);
        return form;
    }
}

public sealed class TaskOwnerForm
{
    public long? OwnerId { get; set; }
    public string? ReturnUrl { get; set; }
}

public sealed class TaskOwnerFormValidator : AbstractValidator<TaskOwnerForm>
{
    public TaskOwnerFormValidator(IStringLocalizer L) => RuleFor(f => f.OwnerId).NotNull().WithMessage(_ => L["Choose who does it."]);
}
