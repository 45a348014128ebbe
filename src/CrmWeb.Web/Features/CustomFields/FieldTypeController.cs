using System.ComponentModel.DataAnnotations;
using CrmWeb.Data;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.CustomFields;

/// <summary>Makes a field hold something else. First it is shown what would be lost; then it is done, if that is what one wants.</summary>
[Authorize(Permissions.ManageTenant)]
public sealed class FieldTypeController(IStringLocalizer L) : TenantController
{
    [HttpGet("settings/fields/{id:long}/type")]
    public async Task<IActionResult> Choose(long id, CustomFieldType? to, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } field) return NotFound();
        if (to is not { } type || !Enum.IsDefined(type) || type == field.Type) return View("Type", new TypePage(field, null, new TypeForm()));
        return View("Type", await Page(field, new TypeForm { To = type, Version = field.Version }, stop));
    }

    [HttpPost("settings/fields/{id:long}/type")]
    public async Task<IActionResult> Change(long id, TypeForm form, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.CustomFieldsChange(stop);
        if (await Find(id, stop) is not { } field) return NotFound();
        if (!Enum.IsDefined(form.To) || form.To == field.Type) return BadRequest();
        var page = await Page(field, form, stop);
        // what was looked at is what is done: the field may be another one now, and more may be lost than was shown
        if (form.Version != field.Version) ModelState.AddModelError("", L["The field was changed meanwhile. Look at it again."]);
        else if (page.Preview!.Lost > form.Lose) ModelState.AddModelError(nameof(form.Lose), L["{0} values would be lost. Say that you want that.", page.Preview.Lost]);
        if (!ModelState.IsValid)
        {
            ModelState.Remove(nameof(form.Version));
            return this.Invalid("Type", page with { Form = form with { Version = field.Version } });
        }

        await new FieldConversion(Db, Me.Pass.Currency).Apply(field, form.To, stop);
        await transaction.CommitAsync(stop);
        return this.Done(L["{0} is now: {1}", field.Label, L.Of(field.Type)], Url.Content("~/settings/fields"));
    }

    private Task<CustomField?> Find(long id, CancellationToken stop) => Db.CustomFields.Include(f => f.Options).SingleOrDefaultAsync(f => f.Id == id, stop);

    private async Task<TypePage> Page(CustomField field, TypeForm form, CancellationToken stop) =>
        new(field, await new FieldConversion(Db, Me.Pass.Currency).Preview(field, form.To, stop), form);
}

public sealed record TypeForm
{
    [Display(Name = "New type")] public CustomFieldType To { get; init; }

    /// <summary>How many values may be lost: as many as were shown.</summary>
    public int Lose { get; init; }

    public int Version { get; init; }
}

public sealed record TypePage(CustomField Field, ConversionPreview? Preview, TypeForm Form);
