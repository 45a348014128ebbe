using CrmWeb.Data.History;
using CrmWeb.Data.Providers;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>Writes many customers with what hangs on them, past the change tracker. What was decided about each is decided; needs an open transaction.</summary>
public static class CustomersInBulk
{
    /// <summary>New customers with their contact points, their custom values and the event that they were made.</summary>
    public static async Task InsertCustomers(this CrmDb db, IReadOnlyList<Customer> customers, DateTime now, CancellationToken stop)
    {
        foreach (var customer in customers) customer.CameBy(db.Current.Via);
        await db.BulkInsert(customers, stop);
        await db.InsertValues([.. customers.SelectMany(customer => customer.CustomValues.Select(value => (customer.Id, value)))], stop);
        await db.InsertPoints([.. customers.SelectMany(customer => customer.ContactPoints.Select(point => (customer.Id, point)))], stop);
        await db.Tell([.. customers.Select(customer => (customer.Id, CustomerEvent.Created))], now, stop);
    }

    /// <summary>Changed details with their contact points and custom values. The customers are as they were read, with both.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Somebody changed one of them since; nothing may be committed.</exception>
    /// <param name="only">The properties of the row that the changes are in; null for any.</param>
    /// <param name="inStageSince">By customer: an undo puts back when the stage began.</param>
    public static async Task UpdateCustomers(
        this CrmDb db, IReadOnlyList<(Customer Customer, CustomerDetails Details)> changes, DateTime now, CancellationToken stop, IReadOnlyCollection<string>? only = null,
        IReadOnlyDictionary<long, DateTime>? inStageSince = null)
    {
        var (gone, fresh, told) = (new List<long>(), new List<(long CustomerId, ContactPoint Point)>(), new List<Change>());
        var (goneValues, freshValues) = (new List<long>(), new List<(long CustomerId, CustomValue Value)>());
        var moved = changes.Where(change => change.Customer.Stage != change.Details.Stage).Select(change => (change.Customer.Id, CustomerEvent.CameTo(change.Details.Stage))).ToList();
        var promised = changes.Where(change => change.Customer.ServiceTierId != change.Details.ServiceTierId).Select(change => change.Customer.Id).ToList();
        foreach (var (customer, details) in changes)
        {
            var (before, was) = (customer.ContactPoints.Select(point => point.Id).ToList(), CustomerDetails.Of(customer, details.CustomFields));
            var values = customer.CustomValues.Select(value => value.Id).ToList();
            customer.Change(details, now);
            if (inStageSince?.TryGetValue(customer.Id, out var since) == true) customer.IsInStageSince(since);
            told.AddRange(CustomerChanges.Between(customer.Id, was, CustomerDetails.Of(customer, details.CustomFields)));
            goneValues.AddRange(values.Except(customer.CustomValues.Select(value => value.Id)));
            freshValues.AddRange(customer.CustomValues.Where(value => value.Id == 0).Select(value => (customer.Id, value)));
            gone.AddRange(before.Except(customer.ContactPoints.Select(point => point.Id)));
            fresh.AddRange(customer.ContactPoints.Where(point => point.Id == 0).Select(point => (customer.Id, point)));
        }

        await db.BulkUpdate([.. changes.Select(change => change.Customer)], stop, only);
        if (gone.Count > 0) await db.ContactPoints.Where(point => gone.Contains(point.Id)).ExecuteDeleteAsync(stop);
        await db.InsertPoints(fresh, stop);
        // they were read: whoever takes a bulk edit back need not see the customer any more
        if (goneValues.Count > 0) await db.CustomValues.IgnoreQueryFilters([TenantScoping.VisibilityFilter]).Where(value => goneValues.Contains(value.Id)).ExecuteDeleteAsync(stop);
        await db.InsertValues(freshValues, stop);
        await db.Tell(told, stop);
        await db.Tell(moved, now, stop);
        await db.FollowTiers(promised, stop);
    }

    /// <summary>Gives customers tags that they do not have yet; a name that no tag has becomes one.</summary>
    /// <param name="given">The customer, and the folded and the written name of the tag.</param>
    /// <param name="made">Customers that are new in this transaction: what they begin with is no change.</param>
    public static async Task GiveTags(this CrmDb db, IReadOnlyList<(long CustomerId, string Folded, string Name)> given, IReadOnlySet<long> made, CancellationToken stop)
    {
        if (given.Count == 0) return;
        var tags = await db.TagsOf(given.DistinctBy(one => one.Folded).ToDictionary(one => one.Folded, one => one.Name, StringComparer.Ordinal), stop);
        var links = given.Select(one => new CustomerTag(tags[one.Folded])).ToList();
        await db.BulkInsert(links, [new(nameof(CustomerTag.CustomerId), i => given[i].CustomerId), new(nameof(CustomerTag.TagId), i => links[i].Tag!.Id)], stop);
        await CustomerFacts.Touch(db, [.. given.Select(one => one.CustomerId).Where(id => !made.Contains(id)).Distinct()], stop);
        await db.Tell([.. given.Where(one => !made.Contains(one.CustomerId)).Select(one => CustomerChanges.TagGiven(one.CustomerId, tags[one.Folded].Name))], stop);
    }

    /// <summary>Takes one tag from customers that have it; who of them the member may see is decided by then.</summary>
    public static async Task TakeTag(this CrmDb db, long tagId, IReadOnlyList<long> customerIds, CancellationToken stop)
    {
        var links = db.CustomerTags.IgnoreQueryFilters([TenantScoping.VisibilityFilter]).Where(t => t.TagId == tagId && customerIds.Contains(t.CustomerId));
        var had = await links.Select(t => new { t.CustomerId, t.Tag!.Name }).ToListAsync(stop);
        await links.ExecuteDeleteAsync(stop);
        await CustomerFacts.Touch(db, [.. had.Select(t => t.CustomerId)], stop);
        await db.Tell(had.ConvertAll(t => CustomerChanges.TagTaken(t.CustomerId, t.Name)), stop);
    }

    /// <summary>
    /// The contact points of customers that were read without tracking. Not by Include: its second query wants an order, for which SQLite walks through
    /// every customer of the tenant.
    /// </summary>
    public static async Task LoadContactPoints(this CrmDb db, IReadOnlyCollection<Customer> customers, CancellationToken stop)
    {
        if (customers.Count == 0) return;
        List<long> ids = [.. customers.Select(c => c.Id)];
        var points = (await db.ContactPoints.AsNoTracking().Where(p => ids.Contains(p.CustomerId)).ToListAsync(stop)).ToLookup(p => p.CustomerId);
        foreach (var customer in customers) customer.ContactPoints.AddRange(points[customer.Id]);
    }

    /// <summary>The custom values of customers that were read without tracking.</summary>
    public static async Task LoadCustomValues(this CrmDb db, IReadOnlyCollection<Customer> customers, CustomFieldSet fields, CancellationToken stop)
    {
        if (customers.Count == 0 || fields.IsEmpty) return;
        List<long> ids = [.. customers.Select(c => c.Id)];
        List<long> asked = [.. fields.All.Select(field => field.Id)];
        var values = (await db.CustomValues.AsNoTracking().Where(v => ids.Contains(v.CustomerId) && asked.Contains(v.FieldId)).ToListAsync(stop)).ToLookup(v => v.CustomerId);
        foreach (var customer in customers) customer.CustomValues.AddRange(values[customer.Id].Where(value => !customer.CustomValues.Exists(there => there.Id == value.Id)));
    }

    /// <summary>The events that journeys and webhooks read.</summary>
    internal static Task Tell(this CrmDb db, IReadOnlyList<(long Customer, string Kind)> said, DateTime now, CancellationToken stop) =>
        db.BulkInsert([.. said.Select(one => new CustomerEvent(one.Kind, db.Current.Actor.MemberId, now))], [new(nameof(CustomerEvent.CustomerId), i => said[i].Customer)], stop);

    private static Task InsertPoints(this CrmDb db, IReadOnlyList<(long CustomerId, ContactPoint Point)> points, CancellationToken stop) =>
        db.BulkInsert([.. points.Select(p => p.Point)], [new(nameof(ContactPoint.CustomerId), i => points[i].CustomerId)], stop);

    private static Task InsertValues(this CrmDb db, IReadOnlyList<(long CustomerId, CustomValue Value)> values, CancellationToken stop) =>
        db.BulkInsert([.. values.Select(v => v.Value)], [new(nameof(CustomValue.CustomerId), i => values[i].CustomerId)], stop);

    private static async Task<Dictionary<string, Tag>> TagsOf(this CrmDb db, Dictionary<string, string> names, CancellationToken stop)
    {
        List<string> folded = [.. names.Keys];
        var tags = await db.Tags.Where(tag => folded.Contains(tag.NameNormal)).ToDictionaryAsync(tag => tag.NameNormal, StringComparer.Ordinal, stop);
        foreach (var (key, name) in names)
        {
            if (!tags.ContainsKey(key)) db.Tags.Add(tags[key] = new Tag(name));
        }

        await db.SaveChangesAsync(stop);
        db.ChangeTracker.Clear();
        return tags;
    }
}
