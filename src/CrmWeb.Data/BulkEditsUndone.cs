using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.BulkEdits;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>
/// What a bulk edit wrote, for taking it back. Whoever gave customers to somebody else may not see them any more, and still may undo that; so these
/// questions look past visibility, and only at customers that this bulk edit changed.
/// </summary>
public static class BulkEditsUndone
{
    /// <summary>Notes where the changes of the run end, before the undo adds its own.</summary>
    public static async Task<long> LastChange(this CrmDb db, BulkEdit edit, CancellationToken stop)
    {
        if (edit.LastChangeId is { } known) return known;
        var last = await Written(db, edit.Id).OrderByDescending(x => x.Id).Select(x => x.Id).FirstOrDefaultAsync(stop);
        await db.BulkEdits.Where(e => e.Id == edit.Id && e.LastChangeId == null).ExecuteUpdateAsync(set => set.SetProperty(e => e.LastChangeId, last), stop);
        return last;
    }

    public static Task<long> CountChanges(this CrmDb db, long editId, long after, long last, CancellationToken stop) =>
        Written(db, editId).LongCountAsync(x => x.Id > after && x.Id <= last, stop);

    public static Task<List<Change>> ChangesOf(this CrmDb db, long editId, long after, long last, int count, CancellationToken stop) =>
        Written(db, editId).AsNoTracking().Where(x => x.Id > after && x.Id <= last).OrderBy(x => x.Id).Take(count).ToListAsync(stop);

    /// <summary>The customers of the changes, archived ones too, with their values in the custom fields.</summary>
    public static async Task<Dictionary<long, Customer>> ChangedBy(this CrmDb db, IEnumerable<Change> changes, CustomFieldSet fields, CancellationToken stop)
    {
        List<long> ids = [.. changes.Where(x => x.Record == RecordKind.Customer).Select(x => x.RecordId).Distinct()];
        var customers = await db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, stop);
        if (fields.IsEmpty) return customers;
        List<long> asked = [.. fields.All.Select(field => field.Id)];
        var values = await db.CustomValues.IgnoreQueryFilters(TenantScoping.Unseen).AsNoTracking()
            .Where(v => ids.Contains(v.CustomerId) && asked.Contains(v.FieldId)).ToListAsync(stop);
        foreach (var value in values) customers[value.CustomerId].CustomValues.Add(value);
        return customers;
    }

    /// <summary>Since when each customer was in the stage that a change of the edit took it out of: as the history tells it, or since there is the customer.</summary>
    public static async Task<Dictionary<long, DateTime>> StagesBefore(this CrmDb db, IReadOnlyCollection<Change> changes, CancellationToken stop)
    {
        var (ids, last) = (changes.Select(x => x.RecordId).Distinct().ToList(), changes.Max(x => x.Id));
        var told = (await db.Changes.IgnoreQueryFilters([TenantScoping.VisibilityFilter, TenantScoping.FieldsFilter])
            .Where(x => x.Record == RecordKind.Customer && ids.Contains(x.RecordId) && x.Id < last && x.Field == "stage").Select(x => new { x.RecordId, x.Id, x.At }).ToListAsync(stop)).ToLookup(x => x.RecordId);
        var made = await db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.CreatedAt }).ToDictionaryAsync(c => c.Id, c => c.CreatedAt, stop);
        return changes.Where(x => made.ContainsKey(x.RecordId)).DistinctBy(x => x.RecordId)
            .ToDictionary(x => x.RecordId, x => told[x.RecordId].Where(before => before.Id < x.Id).OrderByDescending(before => before.Id).FirstOrDefault()?.At ?? made[x.RecordId]);
    }

    private static IQueryable<Change> Written(CrmDb db, long editId) =>
        db.Changes.IgnoreQueryFilters([TenantScoping.VisibilityFilter, TenantScoping.FieldsFilter]).Where(x => x.CauseId == editId && x.Via == Via.Bulk && x.CustomerId != null);
}
