using CrmWeb.Data;
using CrmWeb.Data.Merging;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Duplicates;
using CrmWeb.Domain.Customers.Imports;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Support;

public static partial class Make
{
    /// <summary>Takes one customer into another, as they are now; the survivor keeps what it says unless told otherwise. Answers the id of the merge.</summary>
    public static Task<long> Merge(TestTenant tenant, long survivor, long other, Func<CustomerDetails, CustomerDetails, DetailField, bool>? takes = null) => tenant.Use(async db =>
    {
        var versions = await db.Customers.Where(c => c.Id == survivor || c.Id == other).ToDictionaryAsync(c => c.Id, c => c.Version);
        takes ??= (mine, _, field) => field.IsEmpty(mine);
        return (await db.MergeCustomers(new(survivor, versions[survivor]), new(other, versions[other]), await db.LoadCustomFields(default), takes, "DE", default))!.Value;
    });

    /// <summary>Two who may be the same one. Answers the id of the pair.</summary>
    public static Task<long> Pair(TestTenant tenant, long one, long other, int score = 80) => tenant.Use(async db =>
    {
        var pair = new DuplicatePair(one, other, new Likeness(score, DuplicateReason.SameName), tenant.Host.Clock.Now);
        db.DuplicatePairs.Add(pair);
        await db.SaveChangesAsync();
        return pair.Id;
    });
}
