using CrmWeb.Data;
using CrmWeb.Data.Duplicates;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Imports;

namespace CrmWeb.Web.Features.Imports;

/// <summary>Writes what a plan says, within the transaction of its batch.</summary>
internal sealed class BatchWriting(CrmDb db, long importId, DateTime now)
{
    /// <summary>Rows that likely are a customer who was there: so many are shown, the rest is a number.</summary>
    public const int LikelyKept = 50;

    /// <param name="likely">How many of those are kept of this batch.</param>
    public async Task Write(BatchPlan plan, int likely, CancellationToken stop)
    {
        var organisations = await MakeOrganisations(plan, stop);
        foreach (var (number, slot) in plan.OrganisationRows.Where(row => row.Value.Stored is not null)) organisations[number] = slot.Stored!.Id;
        var made = await Insert(plan, organisations, stop);
        foreach (var slot in plan.Slots) PutUnder(slot, organisations);
        await db.UpdateCustomers([.. plan.Slots.Where(slot => slot.Stored is not null).Select(slot => (slot.Stored!, slot.Details))], now, stop);
        await db.GiveTags([.. plan.Slots.SelectMany(slot => slot.NewTags.Select(tag => (slot.Stored?.Id ?? made[slot], tag.Key, tag.Value)))], made.Values.ToHashSet(), stop);
        await Keep(plan, organisations, likely, stop);
        await db.QueueDuplicates([.. plan.Rows.Where(row => row is { Outcome: RowOutcome.New, Likely: not null } && made.ContainsKey(row.Slot!)).Select(row => (row.Likely!.Id, made[row.Slot!], row.Likely.Likeness))], now, stop);
    }

    private async Task<Dictionary<long, long>> MakeOrganisations(BatchPlan plan, CancellationToken stop)
    {
        // a row that was refused or changed nothing needs none
        var used = plan.Slots.Select(slot => slot.Details.OrganisationId).OfType<long>().Where(plan.Organisations.ContainsKey).Distinct().ToList();
        var customers = used.ConvertAll(id => Made(new Customer(plan.Organisations[id], now)));
        await db.InsertCustomers(customers, now, stop);
        return used.Zip(customers, (id, customer) => (id, customer.Id)).ToDictionary();
    }

    /// <summary>An organisation goes before those who belong to it.</summary>
    private async Task<Dictionary<Slot, long>> Insert(BatchPlan plan, Dictionary<long, long> organisations, CancellationToken stop)
    {
        var numbers = plan.OrganisationRows.Where(row => row.Value.Stored is null).ToDictionary(row => row.Value, row => row.Key);
        var made = new Dictionary<Slot, long>();
        for (var waiting = plan.Slots.Where(slot => slot.Stored is null).ToList(); waiting.Count > 0;)
        {
            var ready = waiting.Where(slot => PutUnder(slot, organisations)).ToList();
            if (ready.Count == 0)
            {
                // organisations that belong to one another in a ring: it is opened at the first of them
                waiting[0].Details = waiting[0].Details with { OrganisationId = null };
                continue;
            }

            foreach (var (slot, id) in await Insert(ready, stop))
            {
                made[slot] = id;
                if (numbers.TryGetValue(slot, out var number)) organisations[number] = id;
            }

            waiting.RemoveAll(made.ContainsKey);
        }

        return made;
    }

    private async Task<IEnumerable<(Slot Slot, long Id)>> Insert(List<Slot> slots, CancellationToken stop)
    {
        var customers = slots.ConvertAll(New);
        await db.InsertCustomers(customers, now, stop);
        return slots.Zip(customers, (slot, customer) => (slot, customer.Id));
    }

    /// <summary>Gives the slot the real id of its organisation; false while there is none yet.</summary>
    private static bool PutUnder(Slot slot, Dictionary<long, long> organisations)
    {
        if (slot.Details.OrganisationId is not { } number || number >= 0) return true;
        if (!organisations.TryGetValue(number, out var id)) return false;
        slot.Details = slot.Details with { OrganisationId = id };
        return true;
    }

    private Customer New(Slot slot)
    {
        var customer = new Customer(slot.Details, slot.CreatedAt ?? now);
        if (slot.CreatedAt is not null) customer.Change(slot.Details, now);
        return Made(customer);
    }

    private Customer Made(Customer customer)
    {
        customer.CameFrom(importId);
        return customer;
    }

    private Task Keep(BatchPlan plan, Dictionary<long, long> organisations, int likely, CancellationToken stop) =>
        db.BulkInsert([.. Rows(plan, organisations), .. plan.Rows.Where(IsShown).Take(likely).Select(row => Likely(importId, row))], [new(nameof(ImportRow.ImportId), _ => importId)], stop);

    /// <summary>Rows that are needed later: refused ones to be mended, changed ones to be taken back. New customers know their import themselves.</summary>
    private List<ImportRow> Rows(BatchPlan plan, Dictionary<long, long> organisations)
    {
        var rows = new List<ImportRow>();
        foreach (var row in plan.Rows)
        {
            if (row.Outcome == RowOutcome.Refused) rows.Add(Refused(importId, row));
            else if (row is { Before: not null, Slot.Stored: not null }) rows.Add(Changed(importId, row, organisations));
        }

        return rows;
    }

    /// <summary>One whose likeness says more than its outcome; who was changed stands among the changed.</summary>
    internal static bool IsShown(PlannedRow row) => row is { Likely: not null, Outcome: RowOutcome.New or RowOutcome.Same, Before: null };

    /// <summary>The row with whom it is like, and why.</summary>
    internal static ImportRow Likely(long importId, PlannedRow row) => new(importId, row.Read.Row.Line, row.Outcome)
    {
        CustomerId = row.Likely!.Id,
        Reason = LikelySample.Write(row.Likely.Likeness),
        After = Snapshot.Write(row.After ?? row.Read.Details, DetailField.In(row.After ?? row.Read.Details)),
    };

    internal static ImportRow Refused(long importId, PlannedRow row) => new(importId, row.Read.Row.Line, RowOutcome.Refused)
    {
        Reason = Refusal.Join(row.Read.Refusals),
        Before = Snapshot.Cells(row.Read.Row),
    };

    internal static ImportRow Changed(long importId, PlannedRow row, Dictionary<long, long> organisations)
    {
        var (before, after) = (Known(row.Before!), Known(row.After!));
        var fields = DetailField.Between(before, after);
        return new(importId, row.Read.Row.Line, RowOutcome.Changed)
        {
            CustomerId = row.Slot!.Stored?.Id,
            Reason = row.Slot.Stored?.ImportId == importId ? ImportRevert.Own : null,
            Before = Snapshot.Write(before, fields),
            After = Snapshot.Write(after, fields, row.NewTags, (row.Slot.Stored?.Version ?? 0) + 1),
        };

        CustomerDetails Known(CustomerDetails details) =>
            details.OrganisationId is { } id && organisations.TryGetValue(id, out var real) ? details with { OrganisationId = real } : details;
    }
}
