using CrmWeb.Data;
using CrmWeb.Data.History;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.BulkEdits;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Web.Features.Customers.Bulk;

/// <summary>Writes what was planned for a batch, in its transaction.</summary>
internal sealed class BulkWriting(CrmDb db, BulkEdit edit, BulkWhat what, DateTime now)
{
    private static readonly HashSet<long> None = [];

    public async Task Write(BulkPlan plan, CancellationToken stop)
    {
        if (plan.Changes.Count > 0) await WriteField(plan, stop);
        if (plan.Taking.Count + plan.Giving.Count > 0) await (what.Field == BulkWhat.Lists ? WriteList(db, what.List, what.Act == BulkAct.Add, [.. plan.Changed.Select(c => c.Id)], stop) : WriteTags(plan, stop));
        List<long> others = [.. plan.Others.Select(c => c.Id)];
        if (others.Count == 0) return;
        if (what.Act == BulkAct.Log) await db.Log(others, what.Contact!, now, stop);
        else await db.Archive(others, edit.StartedAt!.Value, now, stop);
    }

    private async Task WriteField(BulkPlan plan, CancellationToken stop)
    {
        await db.UpdateCustomers(plan.Changes.ConvertAll(change => (change.Customer, change.After)), now, stop, BulkFields.Columns(what.Field!));
        if (BulkFields.IsSought(what.Field!)) await db.RefreshSearch([.. plan.Changes.Select(change => change.Customer.Id)], renamed: false, stop);
    }

    /// <summary>Puts customers on a list or takes them off it, and tells so of each. Answers whom it turned.</summary>
    public static async Task<List<long>> WriteList(CrmDb db, long list, bool put, IReadOnlyCollection<long> ids, CancellationToken stop)
    {
        var turned = (put ? await db.PutOnList(list, ids, stop) : await db.TakeOffList(list, ids, stop)) ?? [];
        await db.Tell([.. turned.Select(id => ListTurned(id, list, put))], stop);
        return turned;
    }

    public static Change ListTurned(long customerId, long list, bool put) =>
        new(RecordKind.Customer, customerId, customerId) { Field = BulkWhat.Lists, Old = put ? null : ChangeText.Of(list), New = put ? ChangeText.Of(list) : null };

    private async Task WriteTags(BulkPlan plan, CancellationToken stop)
    {
        List<long> changed = [.. plan.Changed.Select(c => c.Id)];
        await db.Touch(changed, now, stop);
        if (plan.Taking.Count > 0 && await db.TagNamed(what.From ?? what.Values[0], stop) is { } gone) await db.TakeTag(gone, plan.Taking.ConvertAll(c => c.Id), stop);
        var name = what.Values[0];
        await db.GiveTags(plan.Giving.ConvertAll(c => (c.Id, SearchText.Fold(name), name)), None, stop);
        await db.RefreshSearch(changed, renamed: false, stop);
    }
}
