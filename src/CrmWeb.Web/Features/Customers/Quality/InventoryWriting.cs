using CrmWeb.Data;
using CrmWeb.Domain.Customers.Quality;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers.Quality;

/// <summary>Writes an entry of the inventory; what it says of good data is remembered with the fields, and is new for everybody with the commit.</summary>
internal static class InventoryWriting
{
    /// <param name="entry">Null while nothing is written down about the field.</param>
    public static async Task Write(CrmDb db, DataField? entry, string name, DataFieldDetails details, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if ((details.Needed, details.PastOnly) != (entry?.Needed ?? false, entry?.PastOnly ?? false)) await db.CustomFieldsChange(stop);
        if (entry is null) db.DataFields.Add(entry = new DataField(name));
        entry.Change(details);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
    }

    public static Conflict Conflict(IStringLocalizer L, DataFieldDetails theirs, DataFieldDetails mine, IReadOnlyList<SelectListItem> members)
    {
        string YesNo(bool yes) => yes ? L["Yes"] : L["No"];
        return Shared.Conflict.Of(
            [.. InventoryCell.All.Select(cell => new ConflictField(Label(L, cell.Column), Shown(L, cell, theirs, members), Shown(L, cell, mine, members))),
            new ConflictField(L["Every record needs it"], YesNo(theirs.Needed), YesNo(mine.Needed)), new ConflictField(L["Its dates lie in the past"], YesNo(theirs.PastOnly), YesNo(mine.PastOnly))]);
    }

    public static string Label(IStringLocalizer L, string column) => column switch
    {
        "owner" => L["Owner"],
        "purpose" => L["Purpose"],
        "source" => L["Source"],
        "basis" => L["Lawful basis"],
        "use" => L["Permitted use"],
        "review" => L["Review on"],
        _ => L["Notes"],
    };

    /// <summary>A value as people read it.</summary>
    public static string? Shown(IStringLocalizer L, InventoryCell cell, DataFieldDetails details, IReadOnlyList<SelectListItem> members) => cell.Column switch
    {
        "owner" => details.OwnerId is { } id ? members.FirstOrDefault(item => item.Value == ChangeText.Of(id))?.Text ?? "?" : null,
        "basis" => details.Basis is { } basis ? L.Of(basis) : null,
        _ => cell.Text(details),
    };
}
