using CrmWeb.Data;
using CrmWeb.Data.History;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.BulkEdits;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers.Bulk;

public sealed record BulkSample(long Id, string Name, IReadOnlyList<Change> Changes);

/// <summary>What a bulk edit would do, by the first thousand customers of it: an exact answer for them, and a count of all up to a limit.</summary>
public sealed record BulkPreview(CappedCount Total, int Looked, int Changing, int Same, IReadOnlyList<(BulkReason Reason, int Count)> Skipped, IReadOnlyList<BulkSample> Samples)
{
    public const int Look = 1_000;
    private const int Shown = 10;

    public bool IsWhole => !Total.Capped && Total.Value == Looked;

    /// <summary>Null when the address of the list is not understood any more.</summary>
    public static async Task<BulkPreview?> Read(CrmDb db, CurrentMember me, BulkEdit edit, BulkWhat what, CustomFieldSet seen, CustomerCounts counts, CancellationToken stop)
    {
        if (await edit.Customers(db, me, seen, stop) is not { } customers) return null;
        var ids = edit.Query is null ? BulkSelection.Ids(edit.Ids) : await customers.OrderBy(c => c.Id).Select(c => c.Id).Take(Look).ToListAsync(stop);
        var total = edit.Query is null || ids.Count < Look ? new CappedCount(ids.Count, false) : await counts.Count(customers, BulkSelection.Read(edit.Query, seen), me, stop);
        var plan = await new BulkPlanning(db, what, seen, me.Pass.Country).Plan(ids, stop);
        var changed = plan.Changed.ToList();
        var fields = plan.Changes.ToDictionary(change => change.Customer.Id);
        return new(total, ids.Count, changed.Count, plan.Same, [.. plan.Skipped.CountBy(one => one.Reason).Select(pair => (pair.Key, pair.Value))],
            [.. changed.Take(Shown).Select(c => new BulkSample(c.Id, c.Name, Changes(c)))]);

        IReadOnlyList<Change> Changes(Customer c) =>
        [
            .. fields.TryGetValue(c.Id, out var change) ? CustomerChanges.Between(c.Id, change.Before, change.After) : [],
            .. what.Field == BulkWhat.Lists ? [BulkWriting.ListTurned(c.Id, what.List, what.Act == BulkAct.Add)] : Array.Empty<Change>(),
            .. what.Field != BulkWhat.Lists && plan.Taking.Contains(c) ? [CustomerChanges.TagTaken(c.Id, what.From ?? what.Values[0])] : Array.Empty<Change>(),
            .. what.Field != BulkWhat.Lists && plan.Giving.Contains(c) ? [CustomerChanges.TagGiven(c.Id, what.Values[0])] : Array.Empty<Change>(),
        ];
    }
}
