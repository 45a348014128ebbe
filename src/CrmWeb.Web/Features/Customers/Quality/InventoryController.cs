using CrmWeb.Domain.Customers.Quality;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Features.Shared.Csv;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers.Quality;

/// <summary>The data inventory: what each field is for, where it comes from, what it may be used for and who answers for it.</summary>
public sealed class InventoryController(IStringLocalizer L, MemberFields fields) : TenantController
{
    private static readonly string[] Exported =
        ["field", "label", "owner", "purpose", "source", "basis", "permittedUse", "reviewOn", "notes", "needed", "pastOnly", "records", "filled", "invalid", "stale", "views"];

    [HttpGet("quality/inventory")]
    [Authorize(Permissions.ReadInventory)]
    public async Task<IActionResult> Index(string? gap, CancellationToken stop) => View("Inventory", await Inventory.Read(Db, await fields.Seen(stop), gap, L, stop));

    [HttpGet("quality/inventory.csv")]
    [Authorize(Permissions.ReadInventory)]
    public async Task<IActionResult> Export(CancellationToken stop)
    {
        var inventory = await Inventory.Read(Db, await fields.Seen(stop), null, L, stop);
        using var file = new MemoryStream();
        await using (var csv = new CsvWriting(file, Exported))
        {
            foreach (var row in inventory.Rows) csv.Row(Cells(row));
        }

        return File(file.ToArray(), "text/csv; charset=utf-8", FormattableString.Invariant($"data-inventory-{Me.Today:yyyy-MM-dd}.csv"));
    }

    [HttpGet("quality/inventory/{name}")]
    [Authorize(Permissions.ManageTenant)]
    public async Task<IActionResult> Edit(string name, CancellationToken stop)
    {
        if (!await IsThere(name, stop)) return NotFound();
        return View("Entry", await Page(DataFieldForm.Of(await Find(name, stop)), name, stop));
    }

    [HttpPost("quality/inventory/{name}")]
    [Authorize(Permissions.ManageTenant)]
    public async Task<IActionResult> Save(string name, DataFieldForm form, CancellationToken stop)
    {
        if (!await IsThere(name, stop)) return NotFound();
        var entry = await Find(name, stop);
        if (!await IsMember(form.OwnerId, entry, stop)) return NotFound();
        if (!ModelState.IsValid) return this.Invalid("Entry", await Page(form, name, stop));
        if ((entry?.Version ?? 0) != form.Version) return await Stale(entry, form, name, stop);
        try
        {
            await InventoryWriting.Write(Db, entry, name, form.Details, stop);
        }
        catch (DbUpdateException)
        {
            // saved by somebody in this moment
            Db.ChangeTracker.Clear();
            return await Stale(await Find(name, stop), form, name, stop);
        }

        return this.Done(L["{0} was saved", await Label(name, stop)], Url.Content("~/quality/inventory"));
    }

    private static string?[] Cells(InventoryRow row) =>
    [
        row.Key, row.Label, row.Owner, row.Details.Purpose, row.Details.Source, row.Details.Basis is { } basis ? ChangeText.Of(basis) : null, row.Details.PermittedUse, ChangeText.Of(row.Details.ReviewOn),
        row.Details.Notes, ChangeText.Of(row.Details.Needed), ChangeText.Of(row.Details.PastOnly), ChangeText.Of(row.Quality?.Total), ChangeText.Of(row.Quality?.Filled), ChangeText.Of(row.Quality?.Invalid),
        ChangeText.Of(row.Quality?.Stale), ChangeText.Of(row.Views),
    ];

    private async Task<bool> IsThere(string name, CancellationToken stop) => Inventory.Keys(await fields.Seen(stop)).Contains(name, StringComparer.Ordinal);

    private Task<DataField?> Find(string name, CancellationToken stop) => Db.DataFields.SingleOrDefaultAsync(f => f.Field == name, stop);

    private async Task<bool> IsMember(long? id, DataField? entry, CancellationToken stop) =>
        id is null || id == entry?.OwnerId || await Db.Members.AnyAsync(m => m.Id == id && m.DeactivatedAt == null, stop);

    private async Task<string> Label(string name, CancellationToken stop) => (await fields.Seen(stop)).Named(name)?.Label ?? CustomerColumns.Title(L, name);

    private async Task<IActionResult> Stale(DataField? entry, DataFieldForm form, string name, CancellationToken stop)
    {
        var page = await Page(form, name, stop);
        var members = await Db.EveryMember(stop);
        ViewData[Shared.Conflict.Key] = InventoryWriting.Conflict(L, entry?.Details ?? new(), form.Details, members);
        form.Version = entry?.Version ?? 0;
        ModelState.Remove(nameof(form.Version));
        return this.Invalid("Entry", page, StatusCodes.Status409Conflict);
    }

    private async Task<DataFieldForm> Page(DataFieldForm form, string name, CancellationToken stop)
    {
        ViewData["Name"] = name;
        ViewData["Label"] = await Label(name, stop);
        ViewData["Dated"] = (await fields.Seen(stop)).Named(name)?.Type == Domain.Customers.CustomFields.CustomFieldType.Date;
        ViewData["Members"] = await Db.MemberChoices(stop, form.OwnerId);
        return form;
    }
}
