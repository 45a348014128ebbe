using System.Globalization;
using System.Linq.Expressions;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Dates;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore.Query;

namespace CrmWeb.Web.Features.Shared;

/// <summary>What a filter of a list leaves of its rows, by the kind of the column. Values that are none leave nothing.</summary>
public static class Narrowing
{
    /// <param name="of">Folded by <see cref="SearchText.Fold"/>.</param>
    public static IQueryable<T> ByText<T>(this IQueryable<T> rows, Filter filter, Expression<Func<T, string?>> of)
    {
        var asked = SearchText.Fold(filter.Values.FirstOrDefault() ?? "");
        return filter.Operator switch
        {
            "contains" => rows.Where(Of(of, text => text!.Contains(asked))),
            "starts" => rows.Where(Of(of, text => text!.StartsWith(asked))),
            "is" => rows.Where(Of(of, text => text == asked)),
            "is-not" => rows.Where(Of(of, text => text == null || text != asked)),
            Filters.Empty => rows.Where(Of(of, text => text == null)),
            _ => rows.Where(Of(of, text => text != null)),
        };
    }

    /// <param name="of">A choice of several: any or none of them.</param>
    /// <param name="read">A value of the address; null for none.</param>
    public static IQueryable<T> ByChoice<T, TValue>(this IQueryable<T> rows, Filter filter, Expression<Func<T, TValue?>> of, Func<string, TValue?> read)
        where TValue : struct
    {
        TValue?[] asked = [.. filter.Values.Select(read).Where(value => value is not null)];
        return filter.Operator switch
        {
            "any" => rows.Where(Of(of, value => asked.Contains(value))),
            "none" => rows.Where(Of(of, value => !asked.Contains(value))),
            Filters.Empty => rows.Where(Of(of, value => value == null)),
            _ => rows.Where(Of(of, value => value != null)),
        };
    }

    /// <summary>Likewise, of words.</summary>
    public static IQueryable<T> ByWord<T>(this IQueryable<T> rows, Filter filter, Expression<Func<T, string?>> of)
    {
        string?[] asked = [.. filter.Values];
        return filter.Operator switch
        {
            "any" => rows.Where(Of(of, word => asked.Contains(word))),
            "none" => rows.Where(Of(of, word => word == null || !asked.Contains(word))),
            Filters.Empty => rows.Where(Of(of, word => word == null)),
            _ => rows.Where(Of(of, word => word != null)),
        };
    }

    /// <param name="times">What the column counts in: 100 for cents.</param>
    public static IQueryable<T> ByNumber<T>(this IQueryable<T> rows, Filter filter, Expression<Func<T, long?>> of, decimal times)
    {
        if (filter.Operator == Filters.Empty) return rows.Where(Of(of, value => value == null));
        if (filter.Operator == Filters.Filled) return rows.Where(Of(of, value => value != null));
        var needed = filter.Operator == Filters.Between ? 2 : 1;
        decimal[] asked = [.. filter.Values.Take(needed).Select(value => TypedNumber.TryParse(value, out var number) ? (decimal?)number : null).OfType<decimal>()];
        if (asked.Length < needed) return rows.Where(_ => false);
        var (low, high) = NumberBounds.Of(filter.Operator, asked, times);
        return filter.Operator switch
        {
            CustomerFilterOperators.AtLeast => rows.Where(Of(of, value => value >= low)),
            CustomerFilterOperators.AtMost => rows.Where(Of(of, value => value <= high)),
            _ => rows.Where(Of(of, value => value >= low && value <= high)),
        };
    }

    /// <summary>By the day on which an instant lies, where the member is.</summary>
    public static IQueryable<T> ByDay<T>(this IQueryable<T> rows, Filter filter, Expression<Func<T, DateTime?>> of, CurrentMember me) =>
        rows.ByDay(filter, of, me.Today, day => me.ToUtc(day.ToDateTime(TimeOnly.MinValue)));

    /// <summary>By the day on which an instant lies where the tenant is, as its sums count.</summary>
    public static IQueryable<T> ByTenantDay<T>(this IQueryable<T> rows, Filter filter, Expression<Func<T, DateTime?>> of, CurrentMember me) =>
        rows.ByDay(filter, of, TenantDay.Today(me), day => TenantDay.Start(me, day));

    private static IQueryable<T> ByDay<T>(this IQueryable<T> rows, Filter filter, Expression<Func<T, DateTime?>> of, DateOnly today, Func<DateOnly, DateTime> start)
    {
        if (filter.Operator == Filters.Empty) return rows.Where(Of(of, at => at == null));
        if (filter.Operator == Filters.Filled) return rows.Where(Of(of, at => at != null));
        var (first, last) = DaysOf(filter, today);
        if (first is null && last is null) return rows.Where(_ => false);
        if (first is { } from)
        {
            var begin = start(from);
            rows = rows.Where(Of(of, at => at >= begin));
        }

        if (last is { } to && to < DateOnly.MaxValue)
        {
            var end = start(to.AddDays(1));
            rows = rows.Where(Of(of, at => at < end));
        }

        return rows;
    }

    public static long? Id(string value) => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    public static T? Word<T>(string value) where T : struct, Enum => Enum.TryParse<T>(value, ignoreCase: true, out var word) && Enum.IsDefined(word) ? word : null;

    private static (DateOnly? From, DateOnly? To) DaysOf(Filter filter, DateOnly today)
    {
        DateOnly? Day(int at) => at < filter.Values.Count && TypedDate.TryParse(filter.Values[at], DateOrder.Unambiguous, out var typed) ? typed.Date : null;
        var days = int.TryParse(filter.Values.ElementAtOrDefault(0), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, 36_500) : 0;
        return filter.Operator switch
        {
            "on" => (Day(0), Day(0)),
            "after" => (Day(0)?.AddDays(1), null),
            "before" => (null, Day(0)?.AddDays(-1)),
            Filters.Between => (Day(0), Day(1)),
            "last-days" => (today.AddDays(-days), today),
            "next-days" => (today, today.AddDays(days)),
            _ => (null, null),
        };
    }

    /// <summary>A value of what a row leads to, as one of the row.</summary>
    public static Expression<Func<T, TValue>> Then<T, TOn, TValue>(this Expression<Func<T, TOn>> way, Expression<Func<TOn, TValue>> of) =>
        Expression.Lambda<Func<T, TValue>>(ReplacingExpressionVisitor.Replace(of.Parameters[0], way.Body, of.Body), way.Parameters);

    /// <summary>A condition on a value as one on the row that has it.</summary>
    private static Expression<Func<T, bool>> Of<T, TValue>(Expression<Func<T, TValue>> of, Expression<Func<TValue, bool>> holds) =>
        Expression.Lambda<Func<T, bool>>(ReplacingExpressionVisitor.Replace(holds.Parameters[0], of.Body, holds.Body), of.Parameters);
}
