using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Service;

/// <summary>A span of a weekday in which the tenant works.</summary>
public sealed class OpeningTime : TenantOwned
{
    /// <summary>In a week.</summary>
    public const int Most = 42;

    private OpeningTime() { }

    /// <param name="opens">Minutes after midnight.</param>
    /// <param name="closes">Minutes after midnight, later than <paramref name="opens"/>, 1440 at most.</param>
    public OpeningTime(DayOfWeek day, int opens, int closes) => (Day, Opens, Closes) = (day, opens, closes);

    public DayOfWeek Day { get; private set; }

    /// <summary>Minutes after midnight, where the tenant is.</summary>
    public int Opens { get; private set; }

    /// <summary>Minutes after midnight; 1440 is the end of the day.</summary>
    public int Closes { get; private set; }
}

/// <summary>A day on which the tenant does not work, whatever its weekday.</summary>
public sealed class Holiday : TenantOwned, IVersioned
{
    public const int NameLength = 120;

    private Holiday() { }

    public Holiday(DateOnly day, string name) => (Day, Name) = (day, name.Trim());

    public DateOnly Day { get; private set; }

    public string Name { get; private set; } = "";

    public int Version { get; private set; }
}

/// <summary>
/// When the tenant works, and what time is by that clock. Spans are told by the clock on the wall, so that a day keeps its hours when summer time begins or
/// ends inside of them; a tenant that never opens has no business minutes, and such a calendar is refused where it is typed.
/// </summary>
public sealed class BusinessCalendar
{
    /// <summary>The minutes of a day by the clock on the wall.</summary>
    public const int WallDay = 24 * 60;

    /// <summary>Further than this nothing is looked for: the calendar has holidays only.</summary>
    private const int MostDays = 3660;

    private readonly TimeZoneInfo zone;
    private readonly ILookup<DayOfWeek, OpeningTime> week;
    private readonly HashSet<DateOnly> holidays;

    public BusinessCalendar(TimeZoneInfo zone, IEnumerable<OpeningTime> week, IEnumerable<DateOnly> holidays) =>
        (this.zone, this.week, this.holidays) = (zone, week.OrderBy(span => span.Opens).ToLookup(span => span.Day), [.. holidays]);

    /// <summary>Day and night, all days but holidays: what holds while a tenant has said nothing.</summary>
    public static BusinessCalendar Always(TimeZoneInfo zone, params IEnumerable<DateOnly> holidays) =>
        new(zone, Enum.GetValues<DayOfWeek>().Select(day => new OpeningTime(day, 0, WallDay)), holidays);

    /// <summary>
    /// How long a business day is, in minutes: what most days that are open at all have, the longer one where there are as many of another. Day and night of
    /// a calendar that never opens.
    /// </summary>
    public int DayMinutes => week.Select(day => day.Sum(span => span.Closes - span.Opens)).GroupBy(minutes => minutes)
        .OrderByDescending(days => days.Count()).ThenByDescending(days => days.Key).FirstOrDefault()?.Key ?? WallDay;

    /// <summary>The instant at which so many business minutes after <paramref name="from"/> have passed, UTC; null when they never do.</summary>
    public DateTime? After(DateTime from, int minutes)
    {
        var left = TimeSpan.FromMinutes(minutes);
        var day = DayOf(from);
        for (var n = 0; n < MostDays; n++)
        {
            foreach (var (opens, closes) in Spans(day.AddDays(n)))
            {
                var start = opens > from ? opens : from;
                if (start >= closes) continue;
                if (closes - start >= left) return start + left;
                left -= closes - start;
            }
        }

        return null;
    }

    /// <summary>Whole business minutes between two instants, UTC; 0 when they are the wrong way round.</summary>
    public int Minutes(DateTime from, DateTime to)
    {
        var sum = TimeSpan.Zero;
        for (var day = DayOf(from); day <= DayOf(to); day = day.AddDays(1))
        {
            foreach (var (opens, closes) in Spans(day))
            {
                var start = opens > from ? opens : from;
                var end = closes < to ? closes : to;
                if (end > start) sum += end - start;
            }
        }

        return (int)Math.Min(sum.TotalMinutes, int.MaxValue);
    }

    private DateOnly DayOf(DateTime instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(instant, zone));

    private IEnumerable<(DateTime Opens, DateTime Closes)> Spans(DateOnly day) =>
        holidays.Contains(day) ? [] : week[day.DayOfWeek].Select(span => (At(day, span.Opens), At(day, span.Closes))).Where(span => span.Item2 > span.Item1);

    private DateTime At(DateOnly day, int minutes) => WallClock.ToUtc(day.ToDateTime(TimeOnly.MinValue).AddMinutes(minutes), zone);
}
