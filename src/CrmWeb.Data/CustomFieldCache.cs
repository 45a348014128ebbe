using System.Collections.Concurrent;
using System.Collections.Frozen;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Quality;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>
/// The definitions of custom fields, remembered by tenant as long as the tenant's row says that nothing changed. That number comes with the member of
/// every request anyway, so a definition costs no question and is never an old one, on whichever node it was changed.
/// </summary>
public sealed class CustomFieldCache
{
    private const int MaxTenants = 2_000;

    private readonly ConcurrentDictionary<long, (int Version, CustomFieldSet Fields)> known = new();

    public async Task<CustomFieldSet> Of(CrmDb db, int version, CancellationToken stop)
    {
        if (version == 0) return CustomFieldSet.None;
        var tenant = db.Current.Id;
        if (known.TryGetValue(tenant, out var there) && there.Version == version) return there.Fields;
        var fields = await db.LoadCustomFields(stop);
        if (known.Count >= MaxTenants) known.Clear();
        known[tenant] = (version, fields);
        return fields;
    }
}

public static class CustomFieldDefinitions
{
    /// <summary>All fields that are in use, with their options.</summary>
    public static async Task<CustomFieldSet> LoadCustomFields(this CrmDb db, CancellationToken stop)
    {
        var fields = await db.CustomFields.AsNoTracking().Where(f => f.RetiredAt == null).ToListAsync(stop);
        var rules = await db.QualityRules(stop);
        if (fields.Count == 0) return new([], []) { Quality = rules };
        var options = (await db.CustomFieldOptions.AsNoTracking().OrderBy(o => o.Position).ThenBy(o => o.Id).ToListAsync(stop)).ToLookup(o => o.FieldId);
        foreach (var field in fields) field.Options.AddRange(options[field.Id]);
        return new(fields, await db.CustomFieldGroups.AsNoTracking().ToListAsync(stop)) { Quality = rules };
    }

    private static async Task<QualityRules> QualityRules(this CrmDb db, CancellationToken stop)
    {
        var tenant = db.Current.Id;
        var fresh = await db.Tenants.Where(t => t.Id == tenant).Select(t => t.FreshDays).SingleAsync(stop);
        var marked = await db.DataFields.Where(f => f.Needed || f.PastOnly).Select(f => new { f.Field, f.Needed, f.PastOnly }).ToListAsync(stop);
        return new(fresh, marked.Where(f => f.Needed).Select(f => f.Field).ToFrozenSet(StringComparer.Ordinal), marked.Where(f => f.PastOnly).Select(f => f.Field).ToFrozenSet(StringComparer.Ordinal));
    }

    /// <summary>Says that the definitions, or what the tenant holds for good data, changed. First in the transaction of the change: whoever changes them at the same time waits here.</summary>
    public static Task<int> CustomFieldsChange(this CrmDb db, CancellationToken stop)
    {
        var tenant = db.Current.Id;
        return db.Tenants.Where(t => t.Id == tenant).ExecuteUpdateAsync(set => set.SetProperty(t => t.FieldsVersion, t => t.FieldsVersion + 1), stop);
    }

    /// <summary>Who has a value that no two may have, be they archived or invisible: by the field and the key of the value.</summary>
    public static async Task<Dictionary<(long Field, string Key), long>> TakenCustomValues(this CrmDb db, IReadOnlyCollection<(long Field, string Key)> asked, CancellationToken stop)
    {
        var taken = new Dictionary<(long, string), long>();
        foreach (var its in asked.GroupBy(one => one.Field))
        {
            var (field, keys) = (its.Key, its.Select(one => one.Key).Distinct(StringComparer.Ordinal).ToList());
            var found = await db.CustomValues.IgnoreQueryFilters(TenantScoping.Unseen)
                .Where(v => v.FieldId == field && keys.Contains(v.UniqueKey!)).Select(v => new { v.UniqueKey, v.CustomerId }).ToListAsync(stop);
            foreach (var one in found) taken[(field, one.UniqueKey!)] = one.CustomerId;
        }

        return taken;
    }
}
