using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.BulkEdits;

namespace CrmWeb.Web.Features.Customers.Bulk;

/// <summary>Writes what was planned for a batch, in its transaction.</summary>
internal sealed class BulkWriting(CrmDb db, BulkEdit edit, BulkWhat what, DateTime now)
{
    private static readonly HashSet<long> None = [];

    public async Task Write(BulkPlan plan, CancellationToken stop)
    {
        if (plan.Changes.Count > 0) await WriteField(plan, stop);
        if (plan.Taking.Count + plan.Giving.Count > 0) await WriteTags(plan, stop);
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
