using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>Who follows a customer: whoever said so, and its owner where nothing else was said.</summary>
public static class Following
{
    private static readonly CompiledQuery<Func<CrmDb, long, CancellationToken, Task<Said?>>> Asked = new(() =>
        EF.CompileAsyncQuery((CrmDb db, long id, CancellationToken stop) => db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => c.Id == id)
            .Select(c => new Said(c.OwnerId, c.OwnerId != null && c.Owner!.FollowsOwned, db.Follows.Where(f => f.CustomerId == c.Id).Select(f => new SaidBy(f.MemberId, f.IsOn)).ToList()))
            .AsSingleQuery().AsNoTracking().SingleOrDefault()));

    private sealed record Said(long? OwnerId, bool OwnerFollows, List<SaidBy> By);

    private sealed record SaidBy(long MemberId, bool IsOn);

    /// <summary>The members who follow a customer that the asker may see, and still come in.</summary>
    public static IQueryable<Member> Followers(this CrmDb db, long customerId) => db.Members.Where(m => m.DeactivatedAt == null
        && (db.Follows.Any(f => f.CustomerId == customerId && f.MemberId == m.Id && f.IsOn)
            || (m.FollowsOwned && db.Customers.Any(c => c.Id == customerId && c.OwnerId == m.Id) && !db.Follows.Any(f => f.CustomerId == customerId && f.MemberId == m.Id))));

    /// <summary>Whoever may see the customer or not: what each is shown is decided when they look.</summary>
    internal static async Task<IReadOnlyCollection<long>> FollowersOf(this CrmDb db, long customerId, CancellationToken stop)
    {
        if (await Asked.For(db)(db, customerId, stop) is not { } said) return [];
        var followers = said.By.Where(one => one.IsOn).Select(one => one.MemberId).ToHashSet();
        if (said is { OwnerId: { } owner, OwnerFollows: true } && !said.By.Exists(one => one.MemberId == owner)) followers.Add(owner);
        return followers;
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
