using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Segments;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Segments;

/// <summary>Keeps who comes into segments and goes out of them: memberships, events, the size of the day and the count go in one transaction, under the lock of the segment.</summary>
public static class SegmentBook
{
    /// <summary>Until the transaction ends nobody else changes who is in the segment. False when there is none. A statement that changes nothing takes the lock, on every engine.</summary>
    /// <exception cref="InvalidOperationException">No transaction is open.</exception>
    internal static async Task<bool> HoldSegment(this CrmDb db, long id, CancellationToken stop)
    {
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("Holding a segment needs a transaction.");
        return await db.Segments.Where(s => s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.MemberCount, s => s.MemberCount), stop) == 1;
    }

    /// <summary>Of these customers, those who are in the segment.</summary>
    internal static async Task<HashSet<long>> Within(this CrmDb db, long segmentId, IReadOnlyCollection<long> customers, CancellationToken stop) =>
        [.. await db.Memberships.IgnoreQueryFilters(TenantScoping.Unseen).Where(m => m.SegmentId == segmentId && m.LeftAt == null && customers.Contains(m.CustomerId)).Select(m => m.CustomerId).ToListAsync(stop)];

    /// <summary>Lets customers in who are not in, and others out who are. Needs a transaction that holds the segment.</summary>
    /// <param name="memberId">Who did it; null for the rule.</param>
    internal static async Task Turn(this CrmDb db, long segmentId, IReadOnlyList<long> entering, IReadOnlyList<long> leaving, DateTime at, long? memberId, CancellationToken stop)
    {
        await db.BulkInsert([.. entering.Select(customer => new Membership(segmentId, customer, at))], [new(nameof(Membership.CustomerId), i => entering[i])], stop);
        if (leaving.Count > 0)
        {
            await db.Memberships.IgnoreQueryFilters(TenantScoping.Unseen).Where(m => m.SegmentId == segmentId && m.LeftAt == null && leaving.Contains(m.CustomerId))
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.LeftAt, at), stop);
        }

        List<(long Customer, string Kind)> told = [.. entering.Select(id => (id, CustomerEvent.SegmentEntered)), .. leaving.Select(id => (id, CustomerEvent.SegmentLeft))];
        await db.BulkInsert([.. told.Select(one => new CustomerEvent(one.Kind, memberId, at, segmentId))], [new(nameof(CustomerEvent.CustomerId), i => told[i].Customer)], stop);
        if (await db.GivesTier(segmentId, stop)) await db.FollowTiers([.. entering, .. leaving], stop);
    }

    /// <summary>Counts the members, and writes down what the day brought. After the turn, in its transaction.</summary>
    internal static async Task Count(this CrmDb db, long segmentId, DateOnly today, int entered, int left, CancellationToken stop)
    {
        // who is put away is in no list; a segment by rule lets them out, a list keeps them for when they come back
        var members = db.MembersOf(segmentId);
        await db.Write(segmentId, await db.EveryCustomer().CountAsync(c => members.Contains(c.Id), stop), today, entered, left, stop);
    }

    /// <summary>Likewise by the difference alone, where few came and went: whatever else moved the count is found by the next refresh.</summary>
    internal static async Task CountOn(this CrmDb db, long segmentId, DateOnly today, int entered, int left, CancellationToken stop) =>
        await db.Write(segmentId, Math.Max(0, await db.Segments.Where(s => s.Id == segmentId).Select(s => s.MemberCount).SingleAsync(stop) + entered - left), today, entered, left, stop);

    private static async Task Write(this CrmDb db, long segmentId, int count, DateOnly today, int entered, int left, CancellationToken stop)
    {
        await db.Segments.Where(s => s.Id == segmentId).ExecuteUpdateAsync(set => set.SetProperty(s => s.MemberCount, count), stop);
        var written = await db.SegmentSizes.Where(s => s.SegmentId == segmentId && s.Day == today).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.Count, count).SetProperty(s => s.Entered, s => s.Entered + entered).SetProperty(s => s.Left, s => s.Left + left), stop);
        if (written == 0) await db.BulkInsert([new SegmentSize(segmentId, today, count, entered, left)], stop);
    }
}
