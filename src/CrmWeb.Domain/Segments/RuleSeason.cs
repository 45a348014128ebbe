namespace CrmWeb.Domain.Segments;

/// <summary>
/// Days that come round every year, from one to another, which may lie in the next year. A 29th of February comes round on the 28th of a year that has
/// no such day.
/// </summary>
/// <param name="From">Month and day of the first: 1231 is the 31st of December.</param>
/// <param name="To">Likewise of the last.</param>
internal readonly record struct RuleSeason(int From, int To)
{
    private const int LeapDay = 229;
    private const int DaysOfYear = 365;

    private static readonly RuleSeason Always = new(101, 1231);

    public bool IsAlways => this == Always;

    /// <summary>The days that a value of <see cref="RuleOperator.Recurs"/> means on the day on which it is asked.</summary>
    public static RuleSeason Of(RuleValue value, DateOnly today)
    {
        var (first, last) = value switch
        {
            RuleValue.Month month => Month(new(today.Year, month.Of, 1)),
            RuleValue.ThisMonth month => Month(RuleDays.Of(new RuleValue.Today(month.Away, RuleUnit.Months), new(today.Year, today.Month, 1))),
            RuleValue.Span span when RuleDays.Of(new RuleValue.Today(span.Count, span.Unit), today) is var end => span.Count < 0 ? (end, today) : (today, end),
            _ => throw new NotSupportedException($"{value} is no part of a year."),
        };
        if (last.DayNumber - first.DayNumber >= DaysOfYear) return Always;
        return new(Place(first), last is { Month: 2, Day: 28 } && !DateTime.IsLeapYear(last.Year) ? LeapDay : Place(last));
    }

    public bool Holds(DateOnly day) => Place(day) is var at && (From <= To ? at >= From && at <= To : at >= From || at <= To);

    /// <summary>The days themselves, once for each year in which they begin.</summary>
    /// <returns>The first day, and the first behind the last.</returns>
    public IEnumerable<(DateOnly First, DateOnly Behind)> In(int year, int lastYear)
    {
        for (; year <= lastYear; year++)
        {
            var end = Day(To < From ? year + 1 : year, To);
            yield return (Day(year, From), To == LeapDay && end.Month == 3 ? end : end.AddDays(1));
        }
    }

    // without a 29th of February a season that ends or begins there does so before the 1st of March
    private static DateOnly Day(int year, int place) => place == LeapDay && !DateTime.IsLeapYear(year) ? new(year, 3, 1) : new(year, place / 100, place % 100);

    private static (DateOnly First, DateOnly Last) Month(DateOnly first) => (first, new(first.Year, first.Month, DateTime.DaysInMonth(first.Year, first.Month)));

    private static int Place(DateOnly day) => (day.Month * 100) + day.Day;
}
