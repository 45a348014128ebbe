using System.Linq.Expressions;
using CrmWeb.Domain.Customers;
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
    public static async Task<List<Cohort>> Cohorts(this CrmDb db, DateOnly first, int months, int after, TimeZoneInfo zone, CancellationToken stop)
    {
        DateOnly Month(int at) => new DateOnly(first.Year, first.Month, 1).AddMonths(at);
        var edges = Enumerable.Range(0, months + after + 1).Select(at => WallClock.ToUtc(Month(at).ToDateTime(TimeOnly.MinValue), zone)).ToArray();
        var (begin, firsts, end) = (edges[0], edges[months], edges[^1]);
        // each table by itself: planners that have not yet counted what an import wrote join them row by row
        var began = await db.Seen(db.Customers).Where(c => c.FirstOrderAt >= begin && c.FirstOrderAt < firsts).Select(In<Customer>(c => c.Id, c => c.FirstOrderAt!.Value, edges)).ToDictionaryAsync(row => row.CustomerId, row => row.Month, stop);
        var bought = new int[months, months + after];
        var orders = db.Seen(db.Orders).Where(o => o.State != OrderState.Returned && o.PlacedAt >= begin && o.PlacedAt < end).Select(In<Order>(o => o.CustomerId, o => o.PlacedAt, edges)).Distinct();
        await foreach (var row in orders.AsAsyncEnumerable().WithCancellation(stop))
        {
            if (began.TryGetValue(row.CustomerId, out var cohort)) bought[cohort, row.Month]++;
        }

        return [.. Enumerable.Range(0, months).Select(at => new Cohort(Month(at), bought[at, at], [.. Enumerable.Range(at + 1, after).Select(later => bought[at, later])]))];
    }

    private static Expression<Func<T, Row>> In<T>(Expression<Func<T, long>> customer, Expression<Func<T, DateTime>> at, DateTime[] edges) => Expression.Lambda<Func<T, Row>>(
        Expression.MemberInit(
            Expression.New(typeof(Row)),
            Expression.Bind(typeof(Row).GetProperty(nameof(Row.CustomerId))!, ReplacingExpressionVisitor.Replace(customer.Parameters[0], at.Parameters[0], customer.Body)),
            Expression.Bind(typeof(Row).GetProperty(nameof(Row.Month))!, SpanOf(at.Body, edges, 0, edges.Length - 2))),
        at.Parameters);

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
        public int Month { get; init; }
    }
}
