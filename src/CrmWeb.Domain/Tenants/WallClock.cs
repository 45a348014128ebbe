namespace CrmWeb.Domain.Tenants;

/// <summary>Wall-clock times and the instants they mean.</summary>
public static class WallClock
{
    /// <summary>The zone of a name; UTC where this machine does not know it: times are off then, and everything still works.</summary>
    public static TimeZoneInfo ZoneOf(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>UTC of a wall-clock time. A time that a clock change skips is read as the moment after it; one that comes twice, as the first.</summary>
    public static DateTime ToUtc(DateTime local, TimeZoneInfo zone)
    {
        var wall = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(wall)) wall = wall.AddMinutes(1);
        if (!zone.IsAmbiguousTime(wall)) return TimeZoneInfo.ConvertTimeToUtc(wall, zone);
        return DateTime.SpecifyKind(wall - zone.GetAmbiguousTimeOffsets(wall).Max(), DateTimeKind.Utc);
    }

    /// <summary>The next time after <paramref name="now"/> that the clock on the wall shows the full hour, on any day or on that day of the week. UTC.</summary>
    public static DateTime Next(DateTime now, TimeZoneInfo zone, int hour, DayOfWeek? day)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, zone));
        for (var ahead = 0; ; ahead++)
        {
            var on = today.AddDays(ahead);
            if (day is { } only && on.DayOfWeek != only) continue;
            var at = ToUtc(on.ToDateTime(new TimeOnly(hour, 0)), zone);
            if (at > now) return at;
        }
    }
}
