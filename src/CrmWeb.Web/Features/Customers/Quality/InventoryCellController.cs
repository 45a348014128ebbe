using CrmWeb.Domain.Customers.Quality;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers.Quality;

/// <summary>One column of an entry of the inventory, edited where it is shown. A colleague's save counts against it only where it changed this column (R1).</summary>
[Authorize(Permissions.ManageTenant)]
public sealed class InventoryCellController(IStringLocalizer L, MemberFields fields) : TenantController
{
    private const int Attempts = 3;

    /// <param name="field">The key of the column.</param>
    /// <param name="name">The field that the entry is about.</param>
    [HttpGet("quality/inventory/{name}/cell")]
    public async Task<IActionResult> Edit(string name, string? field, CancellationToken stop)
    {
        if (InventoryCell.Find(field) is not { } cell || !await IsThere(name, stop)) return NotFound();
        var details = (await Find(name, stop))?.Details ?? new();
        return await Form(cell, name, details, details, null, stop);
    }

    /// <param name="take">After a conflict: the colleague's value stays.</param>
    [HttpPost("quality/inventory/{name}/cell")]
    public async Task<IActionResult> Update(string name, string? field, bool take, DataFieldForm form, CancellationToken stop)
    {
        if (InventoryCell.Find(field) is not { } cell || !await IsThere(name, stop)) return NotFound();
        for (var attempt = 1; ; attempt++)
        {
            var entry = await Find(name, stop);
            var now = entry?.Details ?? new();
            if (cell.Column == "owner" && form.OwnerId is { } owner && owner != now.OwnerId && !await Db.Members.AnyAsync(m => m.Id == owner && m.DeactivatedAt == null, stop)) return NotFound();
            if (take) return Closed();
            var wanted = cell.Take(now, form.Details);
            if (ModelState[cell.Input]?.Errors.Count > 0)
            {
                Response.StatusCode = StatusCodes.Status400BadRequest;
                return await Form(cell, name, now, wanted, null, stop);
            }

            if ((cell.Text(now) ?? "") != (form.Seen ?? "") && (cell.Text(now) ?? "") != (cell.Text(wanted) ?? "")) return await Conflicting(cell, name, now, wanted, stop);
            try
            {
                await InventoryWriting.Write(Db, entry, name, wanted, stop);
                return Closed();
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // saved by somebody in this moment: look at what stands there now
                Db.ChangeTracker.Clear();
            }
        }
    }

    // the numbers and marks of the row may be others now
    private NoContentResult Closed()
    {
        Response.Trigger(Answers.Changed, new { });
        return NoContent();
    }

    private async Task<IActionResult> Conflicting(InventoryCell cell, string name, DataFieldDetails now, DataFieldDetails wanted, CancellationToken stop)
    {
        var members = await Db.EveryMember(stop);
        var label = InventoryWriting.Label(L, cell.Column);
        Response.StatusCode = StatusCodes.Status409Conflict;
        return await Form(cell, name, now, wanted, new(label, InventoryWriting.Shown(L, cell, now, members), InventoryWriting.Shown(L, cell, wanted, members)), stop);
    }

    private async Task<IActionResult> Form(InventoryCell cell, string name, DataFieldDetails now, DataFieldDetails shown, ConflictField? conflict, CancellationToken stop)
    {
        ModelState.Remove(nameof(DataFieldForm.Seen));
        ViewData["Name"] = name;
        ViewData["Cell"] = cell;
        ViewData["Conflict"] = conflict;
        ViewData["Members"] = await Db.MemberChoices(stop, shown.OwnerId);
        return PartialView("_InventoryCell", new DataFieldForm
        {
            OwnerId = shown.OwnerId,
            Purpose = shown.Purpose,
            Source = shown.Source,
            Basis = shown.Basis,
            PermittedUse = shown.PermittedUse,
            ReviewOn = shown.ReviewOn,
            Notes = shown.Notes,
            Seen = cell.Text(now),
        });
    }

    private async Task<bool> IsThere(string name, CancellationToken stop) => Inventory.Keys(await fields.Seen(stop)).Contains(name, StringComparer.Ordinal);

    private Task<DataField?> Find(string name, CancellationToken stop) => Db.DataFields.SingleOrDefaultAsync(f => f.Field == name, stop);
}
