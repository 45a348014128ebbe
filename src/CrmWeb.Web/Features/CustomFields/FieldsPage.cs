using CrmWeb.Data;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.CustomFields;

/// <summary>All fields under their groups, and those that are out of use.</summary>
public sealed record FieldsPage(IReadOnlyList<(CustomFieldGroup? Group, IReadOnlyList<CustomField> Fields)> Groups, IReadOnlyList<CustomField> Retired)
{
    public static async Task<FieldsPage> Read(CrmDb db, CancellationToken stop)
    {
        var fields = await db.CustomFields.AsNoTracking().OrderBy(f => f.Position).ThenBy(f => f.Id).ToListAsync(stop);
        var groups = await db.CustomFieldGroups.AsNoTracking().OrderBy(g => g.Position).ThenBy(g => g.Id).ToListAsync(stop);
        var used = fields.Where(field => field.RetiredAt is null).ToLookup(field => field.GroupId);
        var under = groups.ConvertAll(group => ((CustomFieldGroup?)group, (IReadOnlyList<CustomField>)[.. used[group.Id]]));
        if (used[null].Any()) under.Insert(0, (null, [.. used[null]]));
        return new(under, [.. fields.Where(field => field.RetiredAt is not null)]);
    }

    public static string SeenBy(CustomField field, Microsoft.Extensions.Localization.IStringLocalizer L) =>
        field.VisibleTo == Role.None ? L["Everybody"] : Shared.RoleWords.All(L, field.VisibleTo | Role.Admin);
}
