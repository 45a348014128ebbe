using System.Linq.Expressions;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace CrmWeb.Data;

/// <summary>The customers who bought first in one month.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Bought">How many of them bought in the next month, the one after it, and so on.</param>
public sealed record Cohort(DateOnly Month, int Customers, IReadOnlyList<int> Bought);

/// <summary>
/// Customers by the month of their first order, and how many of them bought in the months after. Months are those of the tenant's zone; what came back, was put
/// away or is not the member's to see counts nowhere.
/// </summary>
public static class CohortQuery
{
    /// <param name="first">A day of the first month.</param>
    /// <param name="months">How many cohorts.</param>
    /// <param name="after">How many months after each.</param>
    /// <param name="cut">Leaves the orders of some customers.</param>
    public static async Task<List<Cohort>> Cohorts(this CrmDb db, DateOnly first, int months, int after, TimeZoneInfo zone, CancellationToken stop, Func<IQueryable<Order>, IQueryable<Order>>? cut = null)
    {
        DateOnly Month(int at) => new DateOnly(first.Year, first.Month, 1).AddMonths(at);
        var edges = Enumerable.Range(0, months + after + 1).Select(at => WallClock.ToUtc(Month(at).ToDateTime(TimeOnly.MinValue), zone)).ToArray();
        var (begin, firsts, end) = (edges[0], edges[months], edges[^1]);
        var orders = db.Seen(db.Orders).Where(o => o.State != OrderState.Returned && o.PlacedAt >= begin && o.PlacedAt < end && o.Customer!.FirstOrderAt >= begin && o.Customer.FirstOrderAt < firsts);
        if (cut is not null) orders = cut(orders);
        var counts = await orders.Select(In(edges, months)).Distinct().GroupBy(row => new { row.Cohort, row.Month }).Select(g => new { g.Key.Cohort, g.Key.Month, Customers = g.Count() }).ToListAsync(stop);
        var bought = new int[months, months + after];
        foreach (var count in counts) bought[count.Cohort, count.Month] = count.Customers;
        return [.. Enumerable.Range(0, months).Select(at => new Cohort(Month(at), bought[at, at], [.. Enumerable.Range(at + 1, after).Select(later => bought[at, later])]))];
    }

    private static Expression<Func<Order, Row>> In(DateTime[] edges, int months)
    {
        Expression<Func<Order, DateTime>> first = o => o.Customer!.FirstOrderAt!.Value;
        Expression<Func<Order, DateTime>> at = o => o.PlacedAt;
        Expression<Func<Order, long>> customer = o => o.CustomerId;
        var order = at.Parameters[0];
        Expression Of(LambdaExpression value) => ReplacingExpressionVisitor.Replace(value.Parameters[0], order, value.Body);
        MemberAssignment Bind(string name, Expression value) => Expression.Bind(typeof(Row).GetProperty(name)!, value);
        return Expression.Lambda<Func<Order, Row>>(
            Expression.MemberInit(
                Expression.New(typeof(Row)),
                Bind(nameof(Row.CustomerId), Of(customer)), Bind(nameof(Row.Cohort), SpanOf(Of(first), edges, 0, months - 1)), Bind(nameof(Row.Month), SpanOf(Of(at), edges, 0, edges.Length - 2))),
            order);
    }

    /// <summary>The number of the span (a month, here) an instant lies in, found by halves: months of a zone are no arithmetic that every engine has.</summary>
    internal static Expression SpanOf(Expression at, DateTime[] edges, int from, int to)
    {
#pragma warning disable RS0030 // the numbers of the months are no values: they are the same in each call
        if (from == to) return Expression.Constant(from);
#pragma warning restore RS0030
        var middle = (from + to + 1) / 2;
        var edge = edges[middle];
        Expression<Func<DateTime>> closed = () => edge;
        return Expression.Condition(Expression.LessThan(at, closed.Body), SpanOf(at, edges, from, middle - 1), SpanOf(at, edges, middle, to));
    }

    private sealed class Row
    {
        public long CustomerId { get; init; }
        public int Cohort { get; init; }
        public int Month { get; init; }
    }
}
