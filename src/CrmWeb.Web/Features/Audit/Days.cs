using System.Globalization;
using CrmWeb.Domain.Customers.Dates;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;

namespace CrmWeb.Web.Features.Audit;

/// <summary>A filter by days as instants: days of the member's own calendar.</summary>
internal static class Days
{
    private static readonly DateTime Never = new(1, 1, 2, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>From the first instant on, before the second; null where there is no end. What cannot be is an empty span.</summary>
    public static (DateTime? From, DateTime? Before) Of(Filter filter, CurrentMember me)
    {
        if (filter.Operator == Filters.Empty) return (Never, Never);
        DateOnly? Day(int at) => TypedDate.TryParse(filter.Values.ElementAtOrDefault(at) ?? "", DateOrder.Unambiguous, out var typed) ? typed.Date : null;
        var days = int.TryParse(filter.Values.ElementAtOrDefault(0), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, 36_500) : 0;
        (DateOnly? From, DateOnly? To) range = filter.Operator switch
        {
            "on" => (Day(0), Day(0)),
            "after" => (Day(0)?.AddDays(1), null),
            "before" => (null, Day(0)?.AddDays(-1)),
            Filters.Between => (Day(0), Day(1)),
            "last-days" => (me.Today.AddDays(-days), me.Today),
            "next-days" => (me.Today, me.Today.AddDays(days)),
            _ => (null, null),
        };
        return (Start(range.From), Start(range.To?.AddDays(1)));

        DateTime? Start(DateOnly? day) => day is { } date ? me.ToUtc(date.ToDateTime(TimeOnly.MinValue)) : null;
    }
}
