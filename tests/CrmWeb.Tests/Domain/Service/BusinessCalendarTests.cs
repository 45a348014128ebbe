using CrmWeb.Domain.Service;
using FsCheck;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Domain.Service;

public class BusinessCalendarTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly TimeZoneInfo Lord = TimeZoneInfo.FindSystemTimeZoneById("Australia/Lord_Howe");
    private static readonly TimeZoneInfo Santiago = TimeZoneInfo.FindSystemTimeZoneById("America/Santiago");
    private static readonly TimeZoneInfo[] Zones = [TimeZoneInfo.Utc, Berlin, Lord, Santiago, TimeZoneInfo.FindSystemTimeZoneById("Asia/Tehran")];

    private static DateTime Utc(int year, int month, int day, int hour = 0, int minute = 0) => new(year, month, day, hour, minute, 0, DateTimeKind.Utc);

    private static BusinessCalendar Office(TimeZoneInfo? zone = null, params DateOnly[] holidays) =>
        new(zone ?? TimeZoneInfo.Utc, Workdays(9 * 60, 17 * 60), holidays);

    private static IEnumerable<OpeningTime> Workdays(int opens, int closes) =>
        Enum.GetValues<DayOfWeek>().Where(day => day is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).Select(day => new OpeningTime(day, opens, closes));

    private static IEnumerable<OpeningTime> Daily(int opens, int closes) => Enum.GetValues<DayOfWeek>().Select(day => new OpeningTime(day, opens, closes));

    [Fact]
    public void After_OnFridayAfternoon_GoesOnOnMonday() => Assert.Equal(Utc(2026, 11, 23, 10), Office().After(Utc(2026, 11, 20, 16), 120));

    [Fact]
    public void After_OutsideOfHours_BeginsWhenTheTenantOpens() => Assert.Equal(Utc(2026, 11, 23, 9, 30), Office().After(Utc(2026, 11, 21, 3), 30));

    [Fact]
    public void After_ExactlyUntilClosing_IsClosing() => Assert.Equal(Utc(2026, 11, 20, 17), Office().After(Utc(2026, 11, 20, 16), 60));

    [Fact]
    public void After_Holiday_IsPassedOver() => Assert.Equal(Utc(2026, 11, 24, 10), Office(null, new DateOnly(2026, 11, 23)).After(Utc(2026, 11, 20, 16), 120));

    [Fact]
    public void After_LeapDay_IsADayLikeAnyOther() =>
        Assert.Equal(Utc(2028, 2, 29, 10), Office().After(Utc(2028, 2, 28, 16), 120));

    [Fact]
    public void After_NeverOpen_IsNever()
    {
        var never = new BusinessCalendar(Berlin, [], []);
        Assert.Null(never.After(Utc(2026, 11, 22), 1));
        Assert.Equal(0, never.Minutes(Utc(2026, 1, 1), Utc(2027, 1, 1)));
    }

    // Berlin, 29 March 2026: 02:00 to 03:00 is not there; 25 October 2026: it is there twice
    [Theory]
    [InlineData(0, 8 * 60, 3, 29, 7 * 60)]
    [InlineData(0, 8 * 60, 10, 25, 9 * 60)]
    [InlineData(9 * 60, 17 * 60, 3, 29, 8 * 60)]
    [InlineData(2 * 60, 3 * 60, 3, 29, 0)]
    [InlineData(130, 170, 3, 29, 0)]
    [InlineData(130, 4 * 60, 3, 29, 60)]
    [InlineData(0, 24 * 60, 3, 29, 23 * 60)]
    [InlineData(0, 24 * 60, 10, 25, 25 * 60)]
    public void Minutes_ClockChange_CountsWhatPassed(int opens, int closes, int month, int day, int expected)
    {
        var calendar = new BusinessCalendar(Berlin, Daily(opens, closes), []);
        var midnight = TimeZoneInfo.ConvertTimeToUtc(new DateTime(2026, month, day), Berlin);
        Assert.Equal(expected, calendar.Minutes(midnight, TimeZoneInfo.ConvertTimeToUtc(new DateTime(2026, month, day).AddDays(1), Berlin)));
    }

    [Fact]
    public void Minutes_SpansBesideTheGap_CountNoMinuteTwice()
    {
        OpeningTime[] sunday = [new(DayOfWeek.Sunday, 60, 170), new(DayOfWeek.Sunday, 180, 300)];
        var calendar = new BusinessCalendar(Berlin, sunday, []);
        // 01:00 to 02:00 and 03:00 to 05:00
        Assert.Equal(180, calendar.Minutes(Utc(2026, 3, 28), Utc(2026, 3, 30)));
    }

    [Fact]
    public void Minutes_OverMidnight_AsTwoSpans_AreOneStretch()
    {
        OpeningTime[] night = [new(DayOfWeek.Friday, 22 * 60, 24 * 60), new(DayOfWeek.Saturday, 0, 6 * 60)];
        var calendar = new BusinessCalendar(Berlin, night, []);
        var opens = Utc(2026, 11, 20, 21);
        Assert.Equal(8 * 60, calendar.Minutes(opens, opens.AddHours(8)));
        Assert.Equal(opens.AddHours(8), calendar.After(opens, 8 * 60));
        Assert.Equal(opens.AddHours(3), calendar.After(opens, 3 * 60));
    }

    [Fact]
    public void DayMinutes_IsWhatMostDaysHave()
    {
        Assert.Equal(8 * 60, Office().DayMinutes);
        Assert.Equal(24 * 60, BusinessCalendar.Always(Berlin).DayMinutes);
        Assert.Equal(7 * 60, new BusinessCalendar(Berlin, [new(DayOfWeek.Monday, 0, 420), new(DayOfWeek.Tuesday, 0, 60), new(DayOfWeek.Tuesday, 120, 480), new(DayOfWeek.Friday, 0, 60)], []).DayMinutes);
    }

    [Fact]
    public void AfterAndMinutes_AreInverse() => Prop.ForAll(Calendars.ToArbitrary(), Gen.Choose(0, 4 * 366 * 24 * 60).ToArbitrary(), Gen.Choose(1, 60_000).ToArbitrary(), (calendar, start, minutes) =>
    {
        var from = Utc(2026, 1, 1).AddMinutes(start);
        var at = calendar.After(from, minutes);
        // a few minutes a week are not enough of them in ten years
        if (at is null) return calendar.Minutes(from, from.AddDays(3_650)) < minutes;
        return at is { } due && due > from && calendar.Minutes(from, due) == minutes && calendar.Minutes(from, due.AddMinutes(-1)) == minutes - 1;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Minutes_OfTwoStretches_AreThoseOfTheWhole() => Prop.ForAll(Calendars.ToArbitrary(), Gen.Choose(0, 4 * 366 * 24 * 60).Three().ToArbitrary(), (calendar, at) =>
    {
        int[] order = [.. new[] { at.Item1, at.Item2, at.Item3 }.Order()];
        DateTime Instant(int n) => Utc(2026, 1, 1).AddMinutes(order[n]);
        var whole = calendar.Minutes(Instant(0), Instant(2));
        return whole == calendar.Minutes(Instant(0), Instant(1)) + calendar.Minutes(Instant(1), Instant(2))
            && whole <= (Instant(2) - Instant(0)).TotalMinutes && calendar.Minutes(Instant(2), Instant(0)) == 0;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    // at least one day is open, and holidays leave some of it
    private static readonly Gen<BusinessCalendar> Calendars =
        from zone in Gen.Elements(Zones)
        from days in Gen.Choose(1, 7)
        from first in Gen.Choose(0, 6)
        from cuts in Gen.Choose(0, 24 * 60).Four()
        from holidays in Gen.Choose(0, 4 * 366).Select(n => new DateOnly(2026, 1, 1).AddDays(n)).ListOf(20)
        select new BusinessCalendar(zone, Enumerable.Range(first, days).SelectMany(day => Spans((DayOfWeek)(day % 7), [cuts.Item1, cuts.Item2, cuts.Item3, cuts.Item4])), holidays);

    private static IEnumerable<OpeningTime> Spans(DayOfWeek day, int[] cuts)
    {
        int[] at = [.. cuts.Order()];
        if (at[1] - at[0] > 0) yield return new OpeningTime(day, at[0], at[1]);
        if (at[3] - at[2] > 0 || at[1] == at[0]) yield return at[3] > at[2] ? new OpeningTime(day, at[2], at[3]) : new OpeningTime(day, 9 * 60, 17 * 60);
    }
}
