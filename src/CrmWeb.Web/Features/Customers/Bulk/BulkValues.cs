using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Segments;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers.Bulk;

/// <summary>Whether values may be written: ids are only words until the tenant has them and the member sees them (T3).</summary>
internal static class BulkValues
{
    public static async Task<bool> StillThere(CrmDb db, BulkWhat what, CustomFieldSet seen, CancellationToken stop)
    {
        if (what.Field is not { } field || field == BulkWhat.Tags) return true;
        if (field == BulkWhat.Lists)
        {
            var list = what.List;
            return await db.Segments.AnyAsync(s => s.Id == list && s.Kind == SegmentKind.Static, stop);
        }

        if (!BulkFields.IsCustom(field)) return what.Values.IsEmpty || await IsThere(db, field, ChangeText.Id(what.Values[0]) ?? 0, stop);
        if (seen.Named(field) is not { } custom) return false;
        foreach (var text in what.Values)
        {
            if (!await IsThere(db, custom, text, stop)) return false;
        }

        return true;
    }

    public static Task<bool> IsThere(CrmDb db, string field, long id, CancellationToken stop) => field switch
    {
        "ownerId" => db.Members.AnyAsync(m => m.Id == id && m.DeactivatedAt == null, stop),
        "teamId" => db.Teams.AnyAsync(t => t.Id == id, stop),
        "serviceTierId" => db.ServiceTiers.AnyAsync(t => t.Id == id, stop),
        "organisationId" => db.Customers.AnyAsync(c => c.Id == id && c.Kind == CustomerKind.Organisation, stop),
        _ => Task.FromResult(true),
    };

    // the form has read it in the form of the field; the field may have changed since
    private static Task<bool> IsThere(CrmDb db, CustomField field, string text, CancellationToken stop)
    {
        var id = CustomText.Id(text) ?? 0;
        return field.Type switch
        {
            CustomFieldType.Choice or CustomFieldType.Choices => Task.FromResult(field.Option(id) is { RetiredAt: null }),
            CustomFieldType.Member => db.Members.AnyAsync(m => m.Id == id && m.DeactivatedAt == null, stop),
            CustomFieldType.Customer => db.Customers.AnyAsync(c => c.Id == id, stop),
            _ => Task.FromResult(CustomText.Read(field, text, "EUR", out _) == text),
        };
    }
}
