using CrmWeb.Data;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.CustomFields;

/// <summary>The headings under which fields stand.</summary>
[Authorize(Permissions.ManageTenant)]
public sealed class FieldGroupsController(IStringLocalizer L) : TenantController
{
    private const int Most = 50;

    [HttpGet("settings/fields/groups/new")]
    public IActionResult New() => View("Group", new GroupForm());

    [HttpPost("settings/fields/groups/new")]
    public async Task<IActionResult> Create(GroupForm form, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.CustomFieldsChange(stop);
        await CheckName(form, null, stop);
        if (await Db.CustomFieldGroups.CountAsync(stop) >= Most) ModelState.AddModelError("", L["There are {0} groups already, and more do not fit.", Most]);
        if (!ModelState.IsValid) return this.Invalid("Group", form);

        var last = await Db.CustomFieldGroups.MaxAsync(g => (int?)g.Position, stop) ?? 0;
        var group = new CustomFieldGroup(form.Name!, last + 1);
        Db.CustomFieldGroups.Add(group);
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return this.Done(L["{0} added", group.Name], Url.Content("~/settings/fields"));
    }

    [HttpGet("settings/fields/groups/{id:long}")]
    public async Task<IActionResult> Edit(long id, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } group) return NotFound();
        ViewData["Id"] = id;
        return View("Group", new GroupForm { Name = group.Name });
    }

    [HttpPost("settings/fields/groups/{id:long}")]
    public async Task<IActionResult> Save(long id, GroupForm form, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.CustomFieldsChange(stop);
        if (await Find(id, stop) is not { } group) return NotFound();
        await CheckName(form, id, stop);
        ViewData["Id"] = id;
        if (!ModelState.IsValid) return this.Invalid("Group", form);
        group.Rename(form.Name!);
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return this.Done(L["{0} saved", group.Name], Url.Content("~/settings/fields"));
    }

    /// <summary>Fields that stood under it stand without a heading then; nothing of them is lost.</summary>
    [HttpPost("settings/fields/groups/{id:long}/delete")]
    public async Task<IActionResult> Delete(long id, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.CustomFieldsChange(stop);
        if (await Find(id, stop) is not { } group) return NotFound();
        await Db.CustomFields.Where(f => f.GroupId == id).ExecuteUpdateAsync(set => set.SetProperty(f => f.GroupId, (long?)null).SetProperty(f => f.Version, f => f.Version + 1), stop);
        Db.CustomFieldGroups.Remove(group);
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return this.Done(L["{0} was deleted", group.Name], Url.Content("~/settings/fields"));
    }

    [HttpPost("settings/fields/groups/{id:long}/up")]
    public Task<IActionResult> Up(long id, CancellationToken stop) => Move(id, -1, stop);

    [HttpPost("settings/fields/groups/{id:long}/down")]
    public Task<IActionResult> Down(long id, CancellationToken stop) => Move(id, 1, stop);

    private Task<CustomFieldGroup?> Find(long id, CancellationToken stop) => Db.CustomFieldGroups.SingleOrDefaultAsync(g => g.Id == id, stop);

    private async Task CheckName(GroupForm form, long? id, CancellationToken stop)
    {
        var name = form.Name?.Trim() ?? "";
        if (await Db.CustomFieldGroups.AnyAsync(g => g.Name == name && g.Id != id, stop)) ModelState.AddModelError(nameof(form.Name), L["There is a group of this name already."]);
    }

    private async Task<IActionResult> Move(long id, int by, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.CustomFieldsChange(stop);
        if (await Find(id, stop) is not { } group) return NotFound();
        var all = await Db.CustomFieldGroups.OrderBy(g => g.Position).ThenBy(g => g.Id).ToListAsync(stop);
        Places.Move(all, group, by, (g, place) => g.Position = place);
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return LocalRedirect(Url.Content("~/settings/fields"));
    }
}
