using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>Who follows a customer: whoever said so, and its owner where nothing else was said.</summary>
public static class Following
{
    private const int AtOnce = 500;

    private static readonly CompiledQuery<Func<CrmDb, long[], IAsyncEnumerable<Follower>>> Asked = new(() =>
        EF.CompileAsyncQuery((CrmDb db, long[] ids) => db.Follows.IgnoreQueryFilters(TenantScoping.Unseen).Where(f => ids.Contains(f.CustomerId) && f.IsOn)
            .Select(f => new Follower { CustomerId = f.CustomerId, MemberId = f.MemberId })
            .Concat(db.Customers.Where(c => ids.Contains(c.Id) && c.OwnerId != null && c.Owner!.FollowsOwned && !db.Follows.Any(f => f.CustomerId == c.Id && f.MemberId == c.OwnerId))
                .Select(c => new Follower { CustomerId = c.Id, MemberId = c.OwnerId!.Value }))));

    private sealed class Follower
    {
        public long CustomerId { get; init; }
        public long MemberId { get; init; }
    }

    /// <summary>The members who follow a customer that the asker may see, and still come in.</summary>
    public static IQueryable<Member> Followers(this CrmDb db, long customerId) => db.Members.Where(m => m.DeactivatedAt == null
        && (db.Follows.Any(f => f.CustomerId == customerId && f.MemberId == m.Id && f.IsOn)
            || (m.FollowsOwned && db.Customers.Any(c => c.Id == customerId && c.OwnerId == m.Id) && !db.Follows.Any(f => f.CustomerId == customerId && f.MemberId == m.Id))));

    /// <summary>The followers of each customer, whoever may see it or not: what each is shown is decided when they look.</summary>
    internal static async Task<ILookup<long, long>> FollowersOf(this CrmDb db, IReadOnlyList<long> customers, CancellationToken stop)
    {
        var followers = new List<Follower>();
        foreach (var some in customers.Chunk(AtOnce))
        {
            await foreach (var one in Asked.For(db)(db, some).WithCancellation(stop)) followers.Add(one);
        }

        return followers.ToLookup(one => one.CustomerId, one => one.MemberId);
    }

    /// <summary>Follows from now on, or not; what stands already stays. Two clicks at once do no harm.</summary>
    public static async Task Follow(this CrmDb db, long customerId, long memberId, bool isOn, CancellationToken stop)
    {
        if (await db.Follows.SingleOrDefaultAsync(f => f.CustomerId == customerId && f.MemberId == memberId, stop) is { } follow) follow.Say(isOn, db.Now);
        else db.Follows.Add(new Follow(customerId, memberId, isOn, db.Now));
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException twice) when (UniqueViolation.Is(twice))
        {
            // the other click was first
            db.ChangeTracker.Clear();
        }
    }
}
