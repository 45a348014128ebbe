using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Segments;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Seeds;

/// <summary>
/// Who came into the segments of the demonstration and went out of them in the last half year: nothing is made up, every week is judged by the rules as of then, over what
/// had happened by then.
/// </summary>
internal static class DemoSegmentHistory
{
    public const int Weeks = 26;

    /// <summary>When the first of them was judged.</summary>
    public static DateTime Begin(DateTime now) => now.Date.AddDays(-7 * Weeks).AddHours(2);

    /// <param name="segments">Each after those that it names, with the rule that it has.</param>
    public static async Task JudgeThePast(this CrmDb db, IReadOnlyList<(long Id, SegmentRule Rule)> segments, DateTime now, CancellationToken stop)
    {
        var tenant = await db.Tenants.Where(t => t.Id == db.Current.Id).Select(t => new { t.TimeZone, t.Currency, t.Country }).SingleAsync(stop);
        var zone = WallClock.ZoneOf(tenant.TimeZone);
        var all = new RuleUses(new HashSet<long>(), new HashSet<long>(), new HashSet<string>(), RuleFields.Collections.Select(collection => collection.Name).ToHashSet(StringComparer.Ordinal), true, true);
        var customers = await db.RuleSubjects(await db.Customers.Select(c => c.Id).ToListAsync(stop), all, segment => db.MembersOf(segment), stop);
        var weeks = new Stack<(DateTime At, DateOnly Day, Dictionary<long, HashSet<long>> Members)>();
        // the rows are taken back from week to week
        for (var week = 1; week <= Weeks; week++)
        {
            var at = Begin(now).AddDays(7 * (Weeks - week));
            var moment = db.RuleSources(at, zone, tenant.Currency, tenant.Country, segment => db.MembersOf(segment));
            weeks.Push((at, moment.Today, Judge(Then(customers, at), segments, moment)));
        }

        foreach (var (at, day, members) in weeks) await db.Book(members, at, day, stop);
    }

    private static List<RuleSubject> Then(IReadOnlyList<RuleSubject> customers, DateTime at)
    {
        var then = customers.Where(one => one.Customer.CreatedAt < at).Select(one => RulePast.Then(one, at)).ToList();
        foreach (var one in then) RulePast.Count(one, at);
        Score([.. then.Select(one => one.Customer)]);
        return then;
    }

    /// <summary>The scores of the buyers as the night before would have counted them.</summary>
    private static void Score(List<Customer> customers)
    {
        var buyers = customers.FindAll(c => c.LastOrderAt is not null);
        var places = Rfm.Places(buyers.Count).ToList();
        List<T> Bounds<T>(Func<Customer, T> of) => Rfm.At(buyers.Select(of).Order().Select(value => (value, 1)), places);
        int? Fifth<T>(IEnumerable<T> bounds, T value) => 1 + bounds.Count(bound => Comparer<T>.Default.Compare(value, bound) >= 0);
        var (lately, often, spent) = (Bounds(c => c.LastOrderAt!.Value), Bounds(c => c.OrderCount), Bounds(c => c.TotalSpent));
        foreach (var c in customers)
        {
            var buys = c.LastOrderAt is not null;
            RulePast.Set(
                c, (nameof(Customer.RfmRecency), buys ? Fifth(lately, c.LastOrderAt!.Value) : null), (nameof(Customer.RfmFrequency), buys ? Fifth(often, c.OrderCount) : null),
                (nameof(Customer.RfmMonetary), buys ? Fifth(spent, c.TotalSpent) : null));
        }
    }

    private static Dictionary<long, HashSet<long>> Judge(List<RuleSubject> then, IReadOnlyList<(long Id, SegmentRule Rule)> segments, RuleMoment moment)
    {
        var members = new Dictionary<long, HashSet<long>>();
        foreach (var (id, rule) in segments)
        {
            members[id] = [.. then.Where(one => RuleEvaluation.Of(rule, one with { Segments = members.Where(pair => pair.Value.Contains(one.Customer.Id)).Select(pair => pair.Key).ToHashSet() }, moment).IsTrue)
                .Select(one => one.Customer.Id)];
        }

        return members;
    }

    private static async Task Book(this CrmDb db, Dictionary<long, HashSet<long>> members, DateTime at, DateOnly day, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        foreach (var (id, meant) in members)
        {
            await db.HoldSegment(id, stop);
            var within = (await db.MembersOf(id).ToListAsync(stop)).ToHashSet();
            List<long> coming = [.. meant.Except(within).Order()], going = [.. within.Except(meant).Order()];
            await db.Turn(id, coming, going, at, null, stop);
            await db.CountOn(id, day, coming.Count, going.Count, stop);
        }

        await transaction.CommitAsync(stop);
    }
}
