using CrmWeb.Domain.Customers.CustomFields;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>
/// Begins and ends keeping two customers from sharing a value. Asked of the rows of archived and unseen customers too: a value that one of them has is taken.
/// </summary>
public static class CustomFieldUniqueness
{
    /// <summary>How many values stand with more than one customer.</summary>
    public static Task<int> SharedValues(this CrmDb db, CustomField field, CancellationToken stop) => field.Type == CustomFieldType.Number
        ? Rows(db, field).GroupBy(v => v.Number).Where(same => same.Count() > 1).Select(same => same.Key).CountAsync(stop)
        : Rows(db, field).GroupBy(v => v.TextNormal).Where(same => same.Count() > 1).Select(same => same.Key).CountAsync(stop);

#pragma warning disable CA1305, MA0011 // translated to SQL, where overloads with a culture do not exist

    /// <summary>After this the database itself refuses a second customer with a value.</summary>
    public static Task<int> KeepUnique(this CrmDb db, CustomField field, CancellationToken stop) => field.Type == CustomFieldType.Number
        ? Rows(db, field).ExecuteUpdateAsync(set => set.SetProperty(v => v.UniqueKey, v => v.Number!.Value.ToString()), stop)
        : Rows(db, field).ExecuteUpdateAsync(set => set.SetProperty(v => v.UniqueKey, v => v.TextNormal), stop);

#pragma warning restore CA1305, MA0011

    public static Task<int> AllowShared(this CrmDb db, CustomField field, CancellationToken stop) =>
        db.CustomValues.IgnoreQueryFilters([TenantScoping.VisibilityFilter]).Where(v => v.FieldId == field.Id)
        .ExecuteUpdateAsync(set => set.SetProperty(v => v.UniqueKey, (string?)null), stop);

    private static IQueryable<CustomValue> Rows(CrmDb db, CustomField field)
    {
        var id = field.Id;
        // who was merged into another said the same as that one
        return db.CustomValues.IgnoreQueryFilters(TenantScoping.Unseen).Where(v => v.FieldId == id && v.Customer!.MergedIntoId == null);
    }
}
