using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace CrmWeb.Data;

/// <summary>
/// Keeps what customers are found by (<see cref="CustomerSearch"/>): for a single save in its transaction; for a long run of writing at its end, in one go
/// that begins where it was broken off.
/// </summary>
public static class CustomerSearchTexts
{
    /// <summary>The job that writes what a long run left; its payload is the id of the import.</summary>
    public const string FillJob = "fill-search";

    /// <summary>The job that follows a tag of another name, where very many customers have it; its payload is the id of the tag, and the last customer that is done.</summary>
    public const string TagJob = "refresh-tag-search";

    private const int Batch = 5_000;

    private static readonly HashSet<string> Sought = new(
        [
            nameof(Customer.Name), nameof(Customer.Email), nameof(Customer.EmailNormal), nameof(Customer.Phone), nameof(Customer.PhoneNormal), nameof(Customer.OrganisationId), nameof(Customer.ExternalId),
            nameof(Customer.Website), nameof(Customer.Street), nameof(Customer.City), nameof(Customer.Region), nameof(Customer.PostalCode), nameof(Customer.Country),
            nameof(Customer.Industry), nameof(Customer.Language), nameof(Customer.Source), nameof(Customer.Description),
        ], StringComparer.Ordinal);

    /// <summary>Whose texts a save changes; null when it changes none.</summary>
    internal static TouchedCustomers? Touched(ChangeTracker changes)
    {
        var touched = new TouchedCustomers();
        foreach (var entry in changes.Entries())
        {
            if (entry.State is EntityState.Unchanged or EntityState.Detached) continue;
            switch (entry.Entity)
            {
                case Customer customer when entry.State == EntityState.Added:
                    touched.Customers.Add(customer);
                    break;
                case Customer customer when entry.State == EntityState.Modified && entry.Properties.Any(p => p.IsModified && Sought.Contains(p.Metadata.Name)):
                    touched.Customers.Add(customer);
                    if (entry.Property(nameof(Customer.NameNormal)).IsModified) touched.Renamed.Add(customer.Id);
                    break;
                case ContactPoint:
                    // taken off its customer it names none any more
                    touched.Ids.Add((long)entry.Property(nameof(ContactPoint.CustomerId)).OriginalValue!);
                    break;
                case CustomerTag:
                    touched.Ids.Add((long)entry.Property(nameof(CustomerTag.CustomerId)).OriginalValue!);
                    break;
                case Tag tag when entry.State == EntityState.Modified:
                    touched.Tags.Add(tag.Id);
                    break;
            }
        }

        return touched.IsEmpty ? null : touched;
    }

    /// <summary>For statements that went past the tracker: call it in their transaction, or after the whole run. Answers how many texts were missing or wrong.</summary>
    /// <param name="ids">Customers whose name, addresses, numbers, tags, plain fields or organisation changed.</param>
    /// <param name="renamed">Whether organisations among them may have another name, which stands in the texts of their people.</param>
    public static async Task<int> RefreshSearch(this CrmDb db, IReadOnlyCollection<long> ids, bool renamed, CancellationToken stop) =>
        await db.RefreshSearch(renamed ? ids.Concat(await PeopleOf(db, ids, stop)) : ids, stop);

    internal static async Task<int> RefreshSearch(this CrmDb db, IEnumerable<long> ids, CancellationToken stop)
    {
        var changed = 0;
        foreach (var some in ids.Distinct().Order().Chunk(Batch))
        {
            await using var own = await db.OwnTransaction(stop);
            await SearchWrite.TakeTurn(db, stop);
            changed += await SearchWrite.Write(db, await Compute(db, some, stop), stop);
            if (own is not null) await own.CommitAsync(stop);
        }

        return changed;
    }

    /// <summary>Writes the texts that are missing. Whoever is killed leaves whole batches behind, and the next one goes on with the rest.</summary>
    /// <param name="done">Hears of each batch, within its transaction.</param>
    public static Task<int> FillSearch(this CrmDb db, Func<int, Task>? done, CancellationToken stop) =>
        InBatches(db, after => db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => c.Id > after && !db.CustomerSearches.Any(s => s.CustomerId == c.Id)), done, stop);

    /// <summary>Writes every text of the tenant anew. Answers how many were missing or wrong.</summary>
    public static Task<int> RebuildSearch(this CrmDb db, CancellationToken stop) =>
        InBatches(db, after => db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => c.Id > after), null, stop);

    /// <summary>Tenants with customers that nobody can find yet: an import that was never finished, a database from before there were search texts.</summary>
    public static Task<List<long>> TenantsToFill(this CrmDb db, CancellationToken stop)
    {
        string[] everything = [TenantScoping.TenantFilter, .. TenantScoping.Unseen];
        return db.Tenants.Where(t => db.Customers.IgnoreQueryFilters(everything)
            .Any(c => c.TenantId == t.Id && !db.CustomerSearches.IgnoreQueryFilters(everything).Any(s => s.TenantId == c.TenantId && s.CustomerId == c.Id))).Select(t => t.Id).ToListAsync(stop);
    }

    /// <summary>Writes the texts of the next customers who have the tag. In the transaction of the piece; answers the last of them, or null when there are no more.</summary>
    public static async Task<long?> RefreshSearch(this CrmDb db, long tagId, long after, CancellationToken stop)
    {
        var next = await Tagged(db, [tagId]).Where(id => id > after).Order().Take(Batch).ToListAsync(stop);
        await db.RefreshSearch(next, stop);
        return next.Count == 0 ? null : next[^1];
    }

    /// <summary>Whose texts tags of another name stand in. A tag of very many is left to a job.</summary>
    internal static async Task<List<long>> Follow(CrmDb db, IReadOnlyCollection<long> tags, CancellationToken stop)
    {
        var (ids, isLong) = (new List<long>(), false);
        foreach (var tag in tags)
        {
            var having = await Tagged(db, [tag]).Take(Batch + 1).ToListAsync(stop);
            if (having.Count <= Batch)
            {
                ids.AddRange(having);
                continue;
            }

            isLong = true;
            db.Jobs.Add(new Job(TagJob, tag.ToString(System.Globalization.CultureInfo.InvariantCulture), db.ActorId, db.Now));
        }

        if (isLong) await db.SaveChangesAsync(stop);
        return ids;
    }

    internal static async Task<List<long>> PeopleOf(CrmDb db, IReadOnlyCollection<long> organisations, CancellationToken stop) =>
        await db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => c.OrganisationId != null && organisations.Contains(c.OrganisationId.Value)).Select(c => c.Id).ToListAsync(stop);

    private static IQueryable<long> Tagged(CrmDb db, IReadOnlyCollection<long> tags) =>
        db.CustomerTags.IgnoreQueryFilters(TenantScoping.Unseen).Where(t => tags.Contains(t.TagId)).Select(t => t.CustomerId);

    private static async Task<int> InBatches(CrmDb db, Func<long, IQueryable<Customer>> beyond, Func<int, Task>? done, CancellationToken stop)
    {
        var (changed, last) = (0, 0L);
        while (true)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            await SearchWrite.TakeTurn(db, stop);
            var ids = await beyond(last).OrderBy(c => c.Id).Select(c => c.Id).Take(Batch).ToArrayAsync(stop);
            if (ids.Length == 0) return changed;
            last = ids[^1];
            changed += await SearchWrite.Write(db, await Compute(db, ids, stop), stop);
            if (done is not null) await done(changed);
            await transaction.CommitAsync(stop);
        }
    }

    private static async Task<List<CustomerSearch>> Compute(CrmDb db, long[] ids, CancellationToken stop)
    {
        var customers = await db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).AsNoTracking().Where(c => ids.Contains(c.Id)).ToListAsync(stop);
        // asked for apart: joined, PostgreSQL without statistics goes through the tenant for each of them. By the name that stands in no index: of one
        // that has all that is asked, SQLite reads every customer of the tenant
        long[] named = [.. customers.Select(c => c.OrganisationId).OfType<long>().Distinct()];
        var organisations = named.Length == 0 ? [] : await db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => named.Contains(c.Id))
            .Select(c => new { c.Id, c.Name }).ToDictionaryAsync(c => c.Id, c => SearchText.Fold(c.Name), stop);
        // put in order here: asked of the database, it would read all of the tenant in that order
        var points = (await db.ContactPoints.IgnoreQueryFilters(TenantScoping.Unseen).AsNoTracking().Where(p => ids.Contains(p.CustomerId)).ToListAsync(stop)).ToLookup(p => p.CustomerId);
        var tags = (await db.CustomerTags.IgnoreQueryFilters(TenantScoping.Unseen).Where(t => ids.Contains(t.CustomerId))
            .Select(t => new { t.CustomerId, t.Tag!.NameNormal }).ToListAsync(stop)).ToLookup(t => t.CustomerId, t => t.NameNormal);
        return customers.ConvertAll(c => CustomerSearch.Of(
            c, c.OrganisationId is { } id ? organisations.GetValueOrDefault(id) : null, points[c.Id].OrderBy(p => p.Id), tags[c.Id].Order(StringComparer.Ordinal)));
    }
}

/// <summary>Customers whose search text a save changes. Those that are new in it have their id only afterwards.</summary>
internal sealed class TouchedCustomers
{
    public List<Customer> Customers { get; } = [];

    public HashSet<long> Ids { get; } = [];

    /// <summary>Whose people have its name in their texts.</summary>
    public HashSet<long> Renamed { get; } = [];

    public HashSet<long> Tags { get; } = [];

    public bool IsEmpty => Customers.Count == 0 && Ids.Count == 0 && Tags.Count == 0;

    public async Task Refresh(CrmDb db, CancellationToken stop)
    {
        var ids = Customers.Select(c => c.Id).Concat(Ids).Where(id => id > 0).ToHashSet();
        if (Renamed.Count > 0) ids.UnionWith(await CustomerSearchTexts.PeopleOf(db, Renamed, stop));
        if (Tags.Count > 0) ids.UnionWith(await CustomerSearchTexts.Follow(db, Tags, stop));
        await db.RefreshSearch(ids, stop);
    }
}
