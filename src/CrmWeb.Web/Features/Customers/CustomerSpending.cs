using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers;

/// <summary>What a customer spent in a span of months.</summary>
/// <param name="Spent">Minor units of the tenant's currency.</param>
/// <param name="Margin">Likewise; null when what some order cost is not known, or there was none.</param>
public sealed record SpendingSpan(DateOnly From, int Orders, long Spent, long? Margin);

/// <summary>What a customer spent over time, as the months were where the tenant is.</summary>
public static class CustomerSpending
{
    public const int Months = 12;

    private static readonly CompiledQuery<Func<CrmDb, long, DateTime, IAsyncEnumerable<Spending>>> Since = new(() =>
        EF.CompileAsyncQuery((CrmDb db, long id, DateTime from) => db.Orders
            .Where(o => o.CustomerId == id && o.PlacedAt >= from && o.State != OrderState.Returned).Select(o => new Spending(o.PlacedAt, o.BaseTotal, o.BaseCost))));

    /// <summary>The last months, the present one last, each of them whether there was an order or not.</summary>
    public static Task<List<SpendingSpan>> ByMonth(CrmDb db, CurrentMember me, long id, CancellationToken stop) => Spans(db, me, id, 1, Months, stop);

    /// <summary>The last three years by quarters.</summary>
    public static Task<List<SpendingSpan>> ByQuarter(CrmDb db, CurrentMember me, long id, CancellationToken stop) => Spans(db, me, id, 3, Months, stop);

    private static async Task<List<SpendingSpan>> Spans(CrmDb db, CurrentMember me, long id, int months, int count, CancellationToken stop)
    {
        var last = new DateOnly(me.Today.Year, me.Today.Month - ((me.Today.Month - 1) % months), 1);
        DateOnly[] begins = [.. Enumerable.Range(0, count).Select(i => last.AddMonths(months * (i - count + 1)))];
        var from = me.ToUtc(begins[0].ToDateTime(TimeOnly.MinValue));
        var orders = new List<(DateOnly Begin, Spending Order)>();
        await foreach (var order in Since.For(db)(db, id, from).WithCancellation(stop))
        {
            var day = DateOnly.FromDateTime(me.ToLocal(order.At));
            orders.Add((begins.LastOrDefault(begin => begin <= day), order));
        }

        var its = orders.ToLookup(order => order.Begin, order => order.Order);
        return [.. begins.Select(begin => new SpendingSpan(
            begin, its[begin].Count(), its[begin].Sum(o => o.Total), its[begin].Any() && its[begin].All(o => o.Cost is not null) ? its[begin].Sum(o => o.Total - o.Cost!.Value) : null))];
    }

    private sealed record Spending(DateTime At, long Total, long? Cost);
}
