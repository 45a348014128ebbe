using System.ComponentModel.DataAnnotations;
using CrmWeb.Data;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Segments;
using CrmWeb.Domain.Tenants;
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
        if ((await FieldConversionJob.Unfinished(Db, stop)).GetValueOrDefault(id) is { } job) return View("Type", new TypePage(field, null, new TypeForm()) { Job = job });
        if (to is not { } type || !Enum.IsDefined(type) || type == field.Type) return View("Type", new TypePage(field, null, new TypeForm()));
        return View("Type", await Page(field, new TypeForm { To = type, Version = field.Version }, stop));
    }

    [HttpPost("settings/fields/{id:long}/type")]
    public async Task<IActionResult> Change(long id, TypeForm form, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.CustomFieldsChange(stop);
        if (await Find(id, stop) is not { } field) return NotFound();
        if (await this.RefuseWhileConverted(Db, L, id, stop) is { } refused) return refused;
        if (!Enum.IsDefined(form.To) || form.To == field.Type) return BadRequest();
        var page = await Page(field, form, stop);
        // it read what the field is when it began
        if (await IsImported(field, stop)) ModelState.AddModelError("", L["An import writes this field at the moment. Wait until it is done, then change the type."]);
        if (await Askers(field, stop) is { Count: > 0 } askers) ModelState.AddModelError("", L["Segments ask for this field: {0}. Change their rules first, then the type.", string.Join(L[", "], askers)]);
        // what was looked at is what is done: the field may be another one now, and more may be lost than was shown
        if (form.Version != field.Version) ModelState.AddModelError("", L["The field was changed meanwhile. Look at it again."]);
        else if (page.Preview!.Lost > form.Lose) ModelState.AddModelError(nameof(form.Lose), L["{0} values would be lost. Say that you want that.", page.Preview.Lost]);
        if (!ModelState.IsValid)
        {
            ModelState.Remove(nameof(form.Version));
            return this.Invalid("Type", page with { Form = form with { Version = field.Version } });
        }

        var isLong = await Apply(field, page.Preview!, stop);
        await transaction.CommitAsync(stop);
        return isLong ? LocalRedirect(Url.Content($"~/settings/fields/{id}/type")) : this.Done(L["{0} is now: {1}", field.Label, L.Of(field.Type)], Url.Content("~/settings/fields"));
    }

    /// <summary>The part of the page that asks again; when the work is over, the page is loaded afresh.</summary>
    [HttpGet("settings/fields/{id:long}/type/progress")]
    public async Task<IActionResult> Progress(long id, CancellationToken stop)
    {
        if (await Find(id, stop) is null) return NotFound();
        var job = (await FieldConversionJob.Unfinished(Db, stop)).GetValueOrDefault(id);
        if (job is null || FieldConversionJob.IsStopped(job)) Response.Headers["HX-Refresh"] = "true";
        return PartialView("_Conversion", job);
    }

    [HttpPost("settings/fields/{id:long}/type/go-on")]
    public async Task<IActionResult> GoOn(long id, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.CustomFieldsChange(stop);
        if (await Find(id, stop) is null) return NotFound();
        // a second click finds it begun
        if ((await FieldConversionJob.Unfinished(Db, stop)).GetValueOrDefault(id) is { } job && FieldConversionJob.IsStopped(job)) FieldConversionJob.GoOn(Db, job, Me.Now);
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return LocalRedirect(Url.Content($"~/settings/fields/{id}/type"));
    }

    /// <summary>A few values are changed at once; many by a job, which this answers.</summary>
    private async Task<bool> Apply(CustomField field, ConversionPreview preview, CancellationToken stop)
    {
        var (conversion, from) = (new FieldConversion(Db, Me.Pass.Currency), field.Type);
        await conversion.Become(field, preview, stop);
        if (preview.Kept + preview.Lost > FieldConversion.Batch)
        {
            FieldConversionJob.Begin(Db, field, from, preview.Kept + preview.Lost, Me.Now);
            await Db.SaveChangesAsync(stop);
            return true;
        }

        await conversion.Step(field, from, 0, stop);
        return false;
    }

    private Task<bool> IsImported(CustomField field, CancellationToken stop)
    {
        var column = $"\"{field.Name}\"";
        return Db.Imports.AnyAsync(i => (i.State == ImportState.Running || i.State == ImportState.Reverting) && (i.Job!.State == JobState.Waiting || i.Job.State == JobState.Running) && i.Settings.Contains(column), stop);
    }

    /// <summary>The names of the segments whose rules would mean nothing with another type of the field.</summary>
    private async Task<List<string>> Askers(CustomField field, CancellationToken stop)
    {
        var ruled = await Db.Segments.Where(s => s.Rule != null && s.Rule.Contains(field.Name)).OrderBy(s => s.NameNormal).Select(s => new { s.Name, s.Rule }).ToListAsync(stop);
        return [.. ruled.Where(s => RuleMentions.Of(s.Rule!, CustomFieldSet.None).CustomKeys.Contains(field.Key)).Select(s => s.Name)];
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

public sealed record TypePage(CustomField Field, ConversionPreview? Preview, TypeForm Form)
{
    /// <summary>Brings the values along, or stopped doing so.</summary>
    public Job? Job { get; init; }
}

internal static class FieldConversionRefusal
{
    /// <summary>Null when the values of the field are all of its type.</summary>
    public static async Task<IActionResult?> RefuseWhileConverted(this Controller controller, CrmDb db, IStringLocalizer L, long id, CancellationToken stop)
    {
        if (!(await FieldConversionJob.Unfinished(db, stop)).ContainsKey(id)) return null;
        controller.TempData.Toast(L["The kind of value of this field is being changed. Wait until that is done."], Tone.Bad);
        return controller.LocalRedirect(controller.Url.Content($"~/settings/fields/{id}/type"));
    }
}
