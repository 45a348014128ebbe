using System.Globalization;
using CrmWeb.Domain.Customers.Dates;

namespace CrmWeb.Web.Features.Shared;

/// <summary>What a filter by a day asks for: the days from one to another, both included; null is open.</summary>
public readonly record struct DayFilter(DateOnly? From, DateOnly? To)
{
    private const int MostDays = 36_500;

    public static DayFilter Of(Filter filter, DateOnly today)
    {
        DateOnly? Day(int at) => at < filter.Values.Count && TypedDate.TryParse(filter.Values[at], DateOrder.Unambiguous, out var typed) ? typed.Date : null;
        var days = int.TryParse(filter.Values.ElementAtOrDefault(0), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, MostDays) : 0;
        return filter.Operator switch
        {
            "on" => new(Day(0), Day(0)),
            "after" => new(Day(0) is { } day && day < DateOnly.MaxValue ? day.AddDays(1) : Day(0), null),
            "before" => new(null, Day(0) is { } day && day > DateOnly.MinValue ? day.AddDays(-1) : Day(0)),
            Filters.Between => new(Day(0), Day(1)),
            "last-days" => new(today.AddDays(-days), today),
            "next-days" => new(today, today.AddDays(days)),
            _ => default,
        };
    }
}
