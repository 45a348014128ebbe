using CrmWeb.Data;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.CustomFields;

/// <summary>The tenant's own fields of customers.</summary>
[Authorize(Permissions.ManageTenant)]
public sealed class FieldsController(IStringLocalizer L) : TenantController
{
    [HttpGet("settings/fields")]
    public async Task<IActionResult> Index(CancellationToken stop) => View("Fields", await FieldsPage.Read(Db, stop));

    /// <summary>First of what kind it is, then the rest.</summary>
    [HttpGet("settings/fields/new")]
    public async Task<IActionResult> New(CustomFieldType? type, long? groupId, CancellationToken stop) =>
        type is { } chosen && Enum.IsDefined(chosen) ? View("Field", await Page(new FieldForm { Type = chosen, GroupId = groupId }, null, stop)) : View("Types", groupId);

    [HttpPost("settings/fields/new")]
    public async Task<IActionResult> Create(FieldForm form, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.CustomFieldsChange(stop);
        var keys = await Db.CustomFields.Select(f => f.Key).ToListAsync(stop);
        if (keys.Count >= CustomField.Most) ModelState.AddModelError("", L["There are {0} fields already, and more do not fit.", keys.Count]);
        if (form.Key?.Trim() is { Length: > 0 } wanted && keys.Contains(wanted, StringComparer.Ordinal)) ModelState.AddModelError(nameof(form.Key), L["Another field has this key."]);
        if (ModelState.IsValid) await Check(form, stop);
        if (!ModelState.IsValid) return this.Invalid("Field", await Page(form, null, stop));

        var key = form.Key?.Trim() is { Length: > 0 } typed ? typed : CustomField.KeyFor(form.Label!, keys);
        var last = await Db.CustomFields.MaxAsync(f => (int?)f.Position, stop) ?? 0;
        var field = new CustomField(key, form.Type, form.ToDetails(null), last + 1);
        field.Put(form, Me.Now);
        Db.CustomFields.Add(field);
        await Db.SaveChangesAsync(stop);
        if (!SetDefault(field, form)) return this.Invalid("Field", await Page(form, null, stop));
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return this.Done(L["{0} added", field.Label], Url.Content("~/settings/fields"));
    }

    [HttpGet("settings/fields/{id:long}")]
    public async Task<IActionResult> Edit(long id, CancellationToken stop) =>
        await Find(id, stop) is { } field ? View("Field", await Page(FieldForm.Of(field), field, stop)) : NotFound();

    [HttpPost("settings/fields/{id:long}")]
    public async Task<IActionResult> Save(long id, FieldForm form, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.CustomFieldsChange(stop);
        if (await Find(id, stop) is not { } field) return NotFound();
        if (await this.RefuseWhileConverted(Db, L, id, stop) is { } refused) return refused;
        (form.Type, form.Key) = (field.Type, field.Key);
        if (field.Version != form.Version) return await Stale(field, form, stop);
        if (ModelState.IsValid) await Check(form, stop);
        if (ModelState.IsValid && form.Unique && !field.Unique) await CheckShared(field, stop);
        if (!ModelState.IsValid) return this.Invalid("Field", await Page(form, field, stop));

        var unique = field.Unique;
        field.Change(form.ToDetails(field.Default));
        await Db.RemoveOptions(field, form, Me.Now, stop);
        field.Put(form, Me.Now);
        if (!SetDefault(field, form)) return this.Invalid("Field", await Page(form, field, stop));
        Db.Entry(field).Property(f => f.Label).IsModified = true;
        if (field.Unique != unique) await (field.Unique ? Db.KeepUnique(field, stop) : Db.AllowShared(field, stop));
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return this.Done(L["{0} saved", field.Label], Url.Content("~/settings/fields"));
    }

    private Task<CustomField?> Find(long id, CancellationToken stop) => Db.CustomFields.Include(f => f.Options).SingleOrDefaultAsync(f => f.Id == id, stop);

    private async Task Check(FieldForm form, CancellationToken stop)
    {
        if (form.GroupId is { } group && !await Db.CustomFieldGroups.AnyAsync(g => g.Id == group, stop)) ModelState.AddModelError(nameof(form.GroupId), L["This choice is not there any more."]);
        if (form.Unique && !string.IsNullOrWhiteSpace(form.Default)) ModelState.AddModelError(nameof(form.Default), L["What every new customer gets cannot be different for each of them."]);
    }

    private async Task CheckShared(CustomField field, CancellationToken stop)
    {
        if (await Db.SharedValues(field, stop) is var shared and > 0) ModelState.AddModelError(nameof(FieldForm.Unique), L["{0} values stand with more than one customer. Mend them first.", shared]);
    }

    /// <summary>False when what was typed is no value of the field. Of a choice it is an option, by its id or its name.</summary>
    private bool SetDefault(CustomField field, FieldForm form)
    {
        var typed = form.Default?.Trim() ?? "";
        if (field.Type.HasOptions() && field.OptionNamed(typed) is { } option) typed = CustomText.Id(option.Id);
        var read = typed.Length == 0 ? null : CustomText.Read(field, typed, Me.Pass.Currency, out _);
        // an option that is out of use is given to nobody
        if (read is not null && field.Type.HasOptions() && field.Option(CustomText.Id(read)!.Value)!.RetiredAt is not null) (read, typed) = (null, "");
        field.Change(form.ToDetails(read is { Length: > CustomField.DefaultLength } ? null : read));
        if (typed.Length == 0 || field.Default is not null || !field.Type.MayHaveDefault()) return true;
        ModelState.AddModelError(nameof(form.Default), L["This is no value of the field."]);
        return false;
    }

    private async Task<IActionResult> Stale(CustomField field, FieldForm form, CancellationToken stop)
    {
        var theirs = FieldForm.Of(field);
        ViewData[Shared.Conflict.Key] = Shared.Conflict.Of(
            new ConflictField(L["Label"], theirs.Label, form.Label?.Trim()), new ConflictField(L["Help text"], theirs.Help, form.Help),
            new ConflictField(L["Options"], string.Join(L[", "], theirs.Options.Select(o => o.Name)), string.Join(L[", "], form.Options.Select(o => o.Name).Concat(form.NewNames()))));
        form.Version = field.Version;
        ModelState.Remove(nameof(form.Version));
        return this.Invalid("Field", await Page(form, field, stop), StatusCodes.Status409Conflict);
    }

    private async Task<FieldForm> Page(FieldForm form, CustomField? field, CancellationToken stop)
    {
        ViewData["Field"] = field;
        ViewData["Groups"] = (await Db.CustomFieldGroups.OrderBy(g => g.Position).ThenBy(g => g.Id).Select(g => new { g.Id, g.Name }).ToListAsync(stop)).ConvertAll(g => Choices.Item(g.Id, g.Name));
        return form;
    }
}
