using CrmWeb.Data;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.CustomFields;

/// <summary>All fields under their groups, and those that are out of use.</summary>
public sealed record FieldsPage(IReadOnlyList<(CustomFieldGroup? Group, IReadOnlyList<CustomField> Fields)> Groups, IReadOnlyList<CustomField> Retired)
{
    /// <summary>Fields that are out of use because their values are being brought into another type.</summary>
    public IReadOnlySet<long> Converted { get; init; } = new HashSet<long>();

    public static async Task<FieldsPage> Read(CrmDb db, CancellationToken stop)
    {
        var fields = await db.CustomFields.AsNoTracking().OrderBy(f => f.Position).ThenBy(f => f.Id).ToListAsync(stop);
        var groups = await db.CustomFieldGroups.AsNoTracking().OrderBy(g => g.Position).ThenBy(g => g.Id).ToListAsync(stop);
        var used = fields.Where(field => field.RetiredAt is null).ToLookup(field => field.GroupId);
        var under = groups.ConvertAll(group => ((CustomFieldGroup?)group, (IReadOnlyList<CustomField>)[.. used[group.Id]]));
        if (used[null].Any()) under.Insert(0, (null, [.. used[null]]));
        List<CustomField> retired = [.. fields.Where(field => field.RetiredAt is not null)];
        return new(under, retired) { Converted = retired.Count == 0 ? new HashSet<long>() : (await FieldConversionJob.Unfinished(db, stop)).Keys.ToHashSet() };
    }

    public static string SeenBy(CustomField field, Microsoft.Extensions.Localization.IStringLocalizer L) =>
        field.VisibleTo == Role.None ? L["Everybody"] : Shared.RoleWords.All(L, field.VisibleTo | Role.Admin);
}
