using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.BulkEdits;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Segments;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers.Bulk;

/// <summary>Saying what is done with the chosen customers. Nothing is changed here: the preview follows.</summary>
public sealed class BulkFormsController(IStringLocalizer L, MemberFields fields) : TenantController
{
    [HttpGet("customers/bulk/{id:long}/field")]
    [Authorize(Permissions.EditCustomers)]
    public async Task<IActionResult> Field(long id, string? field, CancellationToken stop) =>
        await Find(id, stop) is null ? NotFound() : View("Field", await Page(id, new BulkFieldForm { Field = field }, stop));

    [HttpPost("customers/bulk/{id:long}/field")]
    [Authorize(Permissions.EditCustomers)]
    public async Task<IActionResult> Field(long id, BulkFieldForm form, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } edit) return NotFound();
        var what = await new BulkReading(Db, Me, await fields.Seen(stop), ModelState, L).Field(form, stop);
        return what is null ? this.Invalid("Field", await Page(id, form, stop)) : await Take(edit, what, stop);
    }

    [HttpGet("customers/bulk/{id:long}/tags")]
    [Authorize(Permissions.EditCustomers)]
    public async Task<IActionResult> Tags(long id, CancellationToken stop) =>
        await Find(id, stop) is null ? NotFound() : View("Tags", await TagPage(id, new BulkFieldForm { Act = BulkAct.Add }, stop));

    [HttpPost("customers/bulk/{id:long}/tags")]
    [Authorize(Permissions.EditCustomers)]
    public async Task<IActionResult> Tags(long id, BulkFieldForm form, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } edit) return NotFound();
        var what = new BulkReading(Db, Me, CustomFieldSet.None, ModelState, L).Tag(form);
        return what is null ? this.Invalid("Tags", await TagPage(id, form, stop)) : await Take(edit, what, stop);
    }

    [HttpGet("customers/bulk/{id:long}/log")]
    [Authorize(Permissions.LogInteractions)]
    public async Task<IActionResult> Contact(long id, CancellationToken stop) => await Find(id, stop) is null ? NotFound() : View("Contact", new BulkContactForm());

    [HttpPost("customers/bulk/{id:long}/log")]
    [Authorize(Permissions.LogInteractions)]
    public async Task<IActionResult> Contact(long id, BulkContactForm form, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } edit) return NotFound();
        return ModelState.IsValid ? await Take(edit, new BulkWhat(BulkAct.Log) { Contact = form.Details(Me) }, stop) : this.Invalid("Contact", form);
    }

    [HttpGet("customers/bulk/{id:long}/lists")]
    [Authorize(Permissions.EditSegments)]
    public async Task<IActionResult> Lists(long id, CancellationToken stop) =>
        await Find(id, stop) is null ? NotFound() : View("Lists", await ListPage(id, new BulkFieldForm { Act = BulkAct.Add }, stop));

    [HttpPost("customers/bulk/{id:long}/lists")]
    [Authorize(Permissions.EditSegments)]
    public async Task<IActionResult> Lists(long id, BulkFieldForm form, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } edit) return NotFound();
        var what = await new BulkReading(Db, Me, CustomFieldSet.None, ModelState, L).List(form, stop);
        return what is null ? this.Invalid("Lists", await ListPage(id, form, stop)) : await Take(edit, what, stop);
    }

    private Task<BulkEdit?> Find(long id, CancellationToken stop) => Db.SeenBulkEdits().SingleOrDefaultAsync(e => e.Id == id && e.State == BulkState.Draft && e.MemberId == Me.Id, stop);

    private async Task<IActionResult> Take(BulkEdit edit, BulkWhat what, CancellationToken stop)
    {
        edit.What = what.ToJson();
        try
        {
            await Db.SaveChangesAsync(stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            TempData.Toast(L["Somebody else began this at the same moment."], Tone.Warn);
        }

        return RedirectToAction("Show", "BulkSteps", new { edit.Id });
    }

    private async Task<BulkFieldPage> TagPage(long id, BulkFieldForm form, CancellationToken stop)
    {
        var names = await Db.Tags.OrderBy(t => t.NameNormal).Select(t => t.Name).Take(500).ToListAsync(stop);
        return new(id, form, null, [], names.ConvertAll(name => new SelectListItem(name, name)), [BulkAct.Add, BulkAct.Remove, BulkAct.Replace]);
    }

    private async Task<BulkFieldPage> ListPage(long id, BulkFieldForm form, CancellationToken stop)
    {
        var lists = await Db.Segments.Where(s => s.Kind == SegmentKind.Static).OrderBy(s => s.NameNormal).Select(s => new { s.Id, s.Name }).ToListAsync(stop);
        return new(id, form, null, [], lists.ConvertAll(list => Shared.Choices.Item(list.Id, list.Name)), [BulkAct.Add, BulkAct.Remove]);
    }

    private async Task<BulkFieldPage> Page(long id, BulkFieldForm form, CancellationToken stop)
    {
        var seen = await fields.Seen(stop);
        var custom = form.Field is null ? null : seen.Named(form.Field);
        if (custom is null && !BulkFields.Own.Contains(form.Field, StringComparer.Ordinal)) form.Field = null;
        SelectListItem[] offered = [.. BulkFields.Own.Select(field => new SelectListItem(L.FieldLabel(field), field)), .. seen.All.Select(field => new SelectListItem(field.Label, field.Name))];
        return new(id, form, custom, offered, form.Field is null ? [] : await Choices(form.Field, custom, stop), form.Field is null ? [] : BulkReading.ActsOf(form.Field, custom));
    }

    private async Task<IReadOnlyList<SelectListItem>> Choices(string field, CustomField? custom, CancellationToken stop) => (field, custom?.Type) switch
    {
        (_, CustomFieldType.Choice or CustomFieldType.Choices) => [.. custom!.Options.Where(o => o.RetiredAt is null).Select(o => Shared.Choices.Item(o.Id, o.Name))],
        (_, CustomFieldType.YesNo) => [new(L["Yes"], "true"), new(L["No"], "false")],
        ("ownerId", _) or (_, CustomFieldType.Member) => await Db.MemberChoices(stop),
        ("serviceTierId", _) => await Db.TierChoices(stop),
        ("teamId", _) => await Db.TeamChoices(stop),
        ("stage", _) => [.. Words.Choices<LifecycleStage>(stage => L.Of(stage))],
        ("preferredChannel", _) => [.. Words.Choices<Channel>(channel => L.Of(channel))],
        _ => [],
    };
}
