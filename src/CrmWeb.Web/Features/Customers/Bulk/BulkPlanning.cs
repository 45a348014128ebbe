using System.Collections.Immutable;
using CrmWeb.Data;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.BulkEdits;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers.Bulk;

/// <summary>Decides about each customer what a form would: it changes, it is so already, or it is left alone for a reason. The preview and the run ask alike.</summary>
/// <param name="seen">The custom fields that the member sees.</param>
internal sealed class BulkPlanning(CrmDb db, BulkWhat what, CustomFieldSet seen, string? phoneCountry)
{
    private readonly CustomField? custom = what.Field is { } field ? seen.Named(field) : null;
    private readonly LifecycleStage? stage = what is { Act: BulkAct.Set, Field: "stage", Values: [var word] } ? ChangeText.Enum<LifecycleStage>(word) : null;

    public async Task<BulkPlan> Plan(IReadOnlyCollection<long> ids, CancellationToken stop)
    {
        var plan = new BulkPlan();
        var customers = await db.Seen(db.Customers).AsNoTracking().Where(c => ids.Contains(c.Id)).ToListAsync(stop);
        customers.Sort((one, other) => one.Id.CompareTo(other.Id));
        plan.Skipped.AddRange(ids.Except(customers.Select(c => c.Id)).Select(id => (id, BulkReason.NotThere)));
        if (what.Act is BulkAct.Archive or BulkAct.Log) plan.Others.AddRange(customers);
        else if (what.Field == BulkWhat.Tags) await PlanTags(plan, customers, stop);
        else if (what.Field == BulkWhat.Lists) await PlanList(plan, customers, stop);
        else await PlanField(plan, customers, stop);
        return plan;
    }

    private async Task PlanTags(BulkPlan plan, List<Customer> customers, CancellationToken stop)
    {
        var ids = customers.ConvertAll(c => c.Id);
        var taken = what.Act == BulkAct.Remove ? what.Values[0] : what.From;
        var losing = taken is null ? [] : await db.Tagged(ids, SearchText.Fold(taken), stop);
        var having = what.Act == BulkAct.Remove ? [] : await db.Tagged(ids, SearchText.Fold(what.Values[0]), stop);
        foreach (var customer in customers)
        {
            var (loses, gets) = (losing.Contains(customer.Id), what.Act == BulkAct.Add || (what.Act == BulkAct.Replace && losing.Contains(customer.Id)));
            if (loses) plan.Taking.Add(customer);
            if (gets && !having.Contains(customer.Id)) plan.Giving.Add(customer);
            else if (!loses) plan.Same++;
        }
    }

    private async Task PlanList(BulkPlan plan, List<Customer> customers, CancellationToken stop)
    {
        var on = await db.OnList(what.List, customers.ConvertAll(c => c.Id), stop);
        var turning = customers.FindAll(c => on.Contains(c.Id) == (what.Act == BulkAct.Remove));
        (what.Act == BulkAct.Remove ? plan.Taking : plan.Giving).AddRange(turning);
        plan.Same += customers.Count - turning.Count;
    }

    private async Task PlanField(BulkPlan plan, List<Customer> customers, CancellationToken stop)
    {
        var field = what.Field!;
        var needed = stage is { } to ? seen.All.Where(f => f.IsRequiredAt(to)) : custom is null ? [] : [custom];
        var fields = new CustomFieldSet(needed, seen.Groups);
        await db.LoadCustomValues(customers, fields, stop);
        var taken = await Taken(stop);
        foreach (var customer in customers)
        {
            var before = CustomerDetails.Of(customer, fields) with { PhoneCountry = phoneCountry };
            var said = before.Said(field);
            var becomes = Becomes(said);
            if (becomes.AsSpan().SequenceEqual(said.AsSpan())) plan.Same++;
            else if (Refuse(customer, before, becomes, fields, ref taken) is { } reason) plan.Skipped.Add((customer.Id, reason));
            else plan.Changes.Add(new(customer, before, before.Saying(field, becomes)));
        }
    }

    private ImmutableArray<string> Becomes(ImmutableArray<string> said)
    {
        var becomes = what.Act switch
        {
            BulkAct.Set => what.Values,
            BulkAct.Add => [.. said, .. what.Values],
            BulkAct.Remove => [.. said.Except(what.Values, StringComparer.Ordinal)],
            _ => said.Any(text => BulkFields.IsSame(text, what.From!)) ? [.. said.Where(text => !BulkFields.IsSame(text, what.From!)), .. what.Values] : said,
        };
        return custom is null ? becomes : seen.Ordered(custom, becomes);
    }

    private BulkReason? Refuse(Customer customer, CustomerDetails before, ImmutableArray<string> becomes, CustomFieldSet fields, ref long? taken)
    {
        if (stage is { } to && fields.Missing(before.Custom, to).Any()) return BulkReason.StageNeeds;
        if (custom is not null && becomes.IsEmpty && custom.IsRequiredAt(customer.Stage)) return BulkReason.Required;
        if ((what.Field == "organisationId" || custom?.Type == CustomFieldType.Customer) && becomes is [var other] && ChangeText.Id(other) == customer.Id) return BulkReason.Itself;
        if (custom is not { Unique: true } || becomes.IsEmpty) return null;
        if (taken is { } owner && owner != customer.Id) return BulkReason.Taken;
        taken = customer.Id;
        return null;
    }

    /// <summary>Whose the value is that no two customers may have: the first one gets it.</summary>
    private async Task<long?> Taken(CancellationToken stop)
    {
        if (custom is not { Unique: true } || what.Values.IsDefaultOrEmpty) return null;
        var key = (custom.Id, CustomValue.UniqueKeyOf(custom.Type, what.Values[0]));
        return (await db.TakenCustomValues([key], stop)).TryGetValue(key, out var owner) ? owner : null;
    }
}
