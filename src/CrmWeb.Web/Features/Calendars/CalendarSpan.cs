using System.Globalization;

namespace CrmWeb.Web.Features.Calendars;

public enum CalendarView
{
    Month,
    Week,
    Day,
}

/// <summary>
/// The days a calendar page shows, and where the pages before and after begin. Months are Jalali with weeks from Saturday, or Gregorian with
/// weeks from Monday.
/// </summary>
/// <param name="First">The first day that is shown: a month fills up whole weeks.</param>
/// <param name="Days">How many days are shown.</param>
/// <param name="Start">The first day of the month, week or day itself.</param>
/// <param name="End">The day after it.</param>
public sealed record CalendarSpan(CalendarView View, bool Jalali, DateOnly First, int Days, DateOnly Start, DateOnly End)
{
    private static readonly PersianCalendar Persian = new();

    /// <summary>The pages end where calendars of people do.</summary>
    public static readonly DateOnly Earliest = new(1900, 1, 1);
    public static readonly DateOnly Latest = new(2199, 12, 31);

    public DateOnly Before => View == CalendarView.Month ? MonthOf(Start.AddDays(-1), Jalali).Start : Start.AddDays(Start.DayNumber - End.DayNumber);

    public DateOnly After => End;

    public IEnumerable<DateOnly> EachDay => Enumerable.Range(0, Days).Select(First.AddDays);

    public IEnumerable<DateOnly[]> Weeks => EachDay.Chunk(7);

    public bool Has(DateOnly day) => day >= Start && day < End;

    public static CalendarSpan Of(CalendarView view, DateOnly day, bool jalali)
    {
        day = day < Earliest ? Earliest : day > Latest ? Latest : day;
        if (view == CalendarView.Day) return new(view, jalali, day, 1, day, day.AddDays(1));
        if (view == CalendarView.Week)
        {
            var monday = WeekOf(day, jalali);
            return new(view, jalali, monday, 7, monday, monday.AddDays(7));
        }

        var (start, end) = MonthOf(day, jalali);
        var first = WeekOf(start, jalali);
        var days = WeekOf(end.AddDays(-1), jalali).AddDays(7).DayNumber - first.DayNumber;
        return new(view, jalali, first, days, start, end);
    }

    private static DateOnly WeekOf(DateOnly day, bool jalali)
    {
        var begins = jalali ? DayOfWeek.Saturday : DayOfWeek.Monday;
        return day.AddDays(-(((int)day.DayOfWeek - (int)begins + 7) % 7));
    }

    private static (DateOnly Start, DateOnly End) MonthOf(DateOnly day, bool jalali)
    {
        if (!jalali)
        {
            var month = new DateOnly(day.Year, day.Month, 1);
            return (month, month.AddMonths(1));
        }

        var at = day.ToDateTime(TimeOnly.MinValue);
        var (year, number) = (Persian.GetYear(at), Persian.GetMonth(at));
        var start = DateOnly.FromDateTime(Persian.ToDateTime(year, number, 1, 0, 0, 0, 0));
        return (start, start.AddDays(Persian.GetDaysInMonth(year, number)));
    }
}
