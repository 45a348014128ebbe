using CrmWeb.Data;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.CustomFields;

/// <summary>Puts fields in order, takes them out of use and brings them back. Their values stay whatever happens here.</summary>
[Authorize(Permissions.ManageTenant)]
public sealed class FieldStateController(IStringLocalizer L) : TenantController
{
    [HttpPost("settings/fields/{id:long}/up")]
    public Task<IActionResult> Up(long id, CancellationToken stop) => Move(id, -1, stop);

    [HttpPost("settings/fields/{id:long}/down")]
    public Task<IActionResult> Down(long id, CancellationToken stop) => Move(id, 1, stop);

    [HttpPost("settings/fields/{id:long}/retire")]
    public Task<IActionResult> Retire(long id, CancellationToken stop) => Change(id, field =>
    {
        field.Retire(Me.Now);
        return this.Done(L["{0} is out of use. Its values are kept.", field.Label], Url.Content("~/settings/fields"), Url.Content($"~/settings/fields/{id}/restore"));
    }, stop);

    [HttpPost("settings/fields/{id:long}/restore")]
    public Task<IActionResult> Restore(long id, CancellationToken stop) => Change(id, field =>
    {
        field.BringBack();
        return this.Done(L["{0} is back", field.Label], Url.Content("~/settings/fields"));
    }, stop);

    private async Task<IActionResult> Change(long id, Func<CustomField, IActionResult> change, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.CustomFieldsChange(stop);
        if (await Db.CustomFields.SingleOrDefaultAsync(f => f.Id == id, stop) is not { } field) return NotFound();
        if (await this.RefuseWhileConverted(Db, L, id, stop) is { } refused) return refused;
        var answer = change(field);
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return answer;
    }

    private async Task<IActionResult> Move(long id, int by, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.CustomFieldsChange(stop);
        if (await Db.CustomFields.SingleOrDefaultAsync(f => f.Id == id, stop) is not { } field) return NotFound();
        var beside = await Db.CustomFields.Where(f => f.GroupId == field.GroupId && f.RetiredAt == null).OrderBy(f => f.Position).ThenBy(f => f.Id).ToListAsync(stop);
        Places.Move(beside, field, by, (f, place) => f.Position = place);
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return LocalRedirect(Url.Content("~/settings/fields"));
    }
}
