using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Support;

public static partial class Make
{
    /// <summary>How many customers bear another last contact than their interactions say.</summary>
    public static Task<int> WrongFacts(CrmDb db) => db.Customers.CountAsync(c =>
        c.LastInteractionAt != db.Interactions.Where(i => i.CustomerId == c.Id && !i.IsPlanned).Max(i => (DateTime?)i.OccurredAt));

    /// <summary>What each customer's row says, and what it should say: summed up here row by row, for the statement that keeps it sums up by itself.</summary>
    public static async Task<IReadOnlyList<(string Kept, string Should)>> Worth(CrmDb db, DateTime now)
    {
        var all = new List<(string, string)>();
        string[] away = [TenantScoping.DeletedFilter];
        foreach (var c in await db.Customers.AsNoTracking().IgnoreQueryFilters(away).OrderBy(c => c.Id).ToListAsync())
        {
            var contacts = await db.Interactions.AsNoTracking().Where(i => i.CustomerId == c.Id && !i.IsPlanned).ToListAsync();
            var orders = await db.Orders.AsNoTracking().Where(o => o.CustomerId == c.Id && o.State != OrderState.Returned).OrderBy(o => o.PlacedAt).ToListAsync();
            var deals = await db.Deals.AsNoTracking().Where(d => d.CustomerId == c.Id && d.State == DealState.Open).ToListAsync();
            var cases = await db.Cases.AsNoTracking().Where(x => x.CustomerId == c.Id).ToListAsync();
            DateTime? Last(Direction direction) => contacts.Where(i => i.Direction == direction).Max(i => (DateTime?)i.OccurredAt);
            var spent = orders.Sum(o => o.BaseTotal);
            var kept = (c.LastInteractionAt, c.LastInboundAt, c.LastOutboundAt, c.InteractionsIn90Days, (c.OrderCount, c.FirstOrderAt, c.LastOrderAt, c.TotalSpent, c.Margin, c.AverageOrder, c.DaysBetweenOrders),
                (c.OpenDeals, c.OpenDealsValue, c.OpenCases), (c.ServiceMinutes, c.ServiceCost, c.ContactCost, c.Profit));
            var should = (contacts.Max(i => (DateTime?)i.OccurredAt), Last(Direction.Inbound), Last(Direction.Outbound), contacts.Count(i => i.OccurredAt > now.AddDays(-90)),
                (orders.Count, orders.FirstOrDefault()?.PlacedAt, orders.LastOrDefault()?.PlacedAt, spent,
                    orders.Count > 0 && orders.TrueForAll(o => o.BaseCost is not null) ? spent - orders.Sum(o => o.BaseCost!.Value) : (long?)null,
                    orders.Count == 0 ? (long?)null : (long)Math.Round(spent / (decimal)orders.Count, MidpointRounding.AwayFromZero),
                    orders.Count < 2 ? (int?)null : (int)Math.Round((orders[^1].PlacedAt - orders[0].PlacedAt).TotalDays / (orders.Count - 1), MidpointRounding.AwayFromZero)),
                (deals.Count, deals.Sum(d => d.BaseAmount ?? 0), cases.Count(x => x.IsOpen)), await Costs(db, contacts, orders));
            all.Add((kept.ToString(), should.ToString()));
        }

        return all;
    }

    private static async Task<(long Minutes, long? Service, long? Contact, long? Profit)> Costs(CrmDb db, List<Interaction> contacts, List<Order> orders)
    {
        var (rates, members) = (await db.CostRates.AsNoTracking().ToListAsync(), await db.Members.ToDictionaryAsync(m => m.Id, m => m.Roles));
        long? Newest(Interaction i, Func<CostRate, bool> of) => rates.Where(r => of(r) && r.BeginsAt <= i.OccurredAt).GroupBy(r => r.Which).Max(g => (long?)g.MaxBy(r => r.BeginsAt)!.Amount);
        var service = contacts.ConvertAll(i => (long?)decimal.Round((i.Minutes ?? 0) * (decimal?)Newest(i, r => r.Kind == CostKind.Hour && members[i.MemberId].HasFlag((Role)r.Which)) / 60 ?? decimal.MinusOne, MidpointRounding.AwayFromZero));
        var channel = contacts.ConvertAll(i => Newest(i, r => r.Kind == CostKind.Contact && r.Which == (int)i.Channel));
        long? Sum(List<long?> costs) => costs.Count > 0 && costs.TrueForAll(cost => cost is >= 0) ? costs.Sum() : null;
        var margin = orders.TrueForAll(o => o.BaseCost is not null) ? orders.Sum(o => o.BaseTotal - o.BaseCost!.Value) : (long?)null;
        var profit = rates.Count == 0 || contacts.Count + orders.Count == 0 ? null : margin - (contacts.Count == 0 ? 0 : Sum(service)) - (contacts.Count == 0 ? 0 : Sum(channel));
        return (contacts.Sum(i => (long)(i.Minutes ?? 0)), Sum(service), Sum(channel), profit);
    }
}
