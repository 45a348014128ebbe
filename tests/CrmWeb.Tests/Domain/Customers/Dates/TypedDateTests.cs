using System.Globalization;
using CrmWeb.Domain.Customers.Dates;
using CrmWeb.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Domain.Customers.Dates;

public class TypedDateTests
{
    private static readonly DateOrder[] Orders = Enum.GetValues<DateOrder>();
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private static readonly Arbitrary<DateOnly> Days =
        Gen.Choose(new DateOnly(1800, 1, 1).DayNumber, new DateOnly(2199, 12, 31).DayNumber).Select(DateOnly.FromDayNumber).ToArbitrary();

    [Theory]
    [InlineData("2024-12-31")]
    [InlineData("2024/12/31")]
    [InlineData("2024.12.31")]
    [InlineData("2024 12 31")]
    [InlineData("20241231")]
    [InlineData("31 December 2024")]
    [InlineData("31-Dec-2024")]
    [InlineData("31. Dec. 2024")]
    [InlineData("Dec 31, 2024")]
    [InlineData("December 31st 2024")]
    [InlineData("Tue, 31 Dec 2024")]
    [InlineData("2024 Dec 31")]
    [InlineData("۳۱ دسامبر ۲۰۲۴")]
    [InlineData("۱۴۰۳/۱۰/۱۱")]
    [InlineData("1403/10/11")]
    [InlineData("۱۱ دی ۱۴۰۳")]
    [InlineData("2024-12-31T10:00:00.000Z")]
    public void TryParse_OneReadingOnly_NeedsNoOrder(string typed)
    {
        foreach (var order in Orders)
        {
            Assert.True(TypedDate.TryParse(typed, order, out var date), order.ToString());
            Assert.Equal(new DateOnly(2024, 12, 31), date.Date);
        }
    }

    [Theory]
    [InlineData("03-04-05", DateOrder.DayMonthYear, "2005-04-03")]
    [InlineData("03-04-05", DateOrder.MonthDayYear, "2005-03-04")]
    [InlineData("03-04-05", DateOrder.YearMonthDay, "2003-04-05")]
    [InlineData("3.4.2005", DateOrder.DayMonthYear, "2005-04-03")]
    [InlineData("3. 4. 2005", DateOrder.DayMonthYear, "2005-04-03")]
    [InlineData("3/4/2005", DateOrder.MonthDayYear, "2005-03-04")]
    [InlineData("1/1/49", DateOrder.DayMonthYear, "2049-01-01")]
    [InlineData("1/1/50", DateOrder.DayMonthYear, "1950-01-01")]
    [InlineData("05-Jan-06", DateOrder.DayMonthYear, "2006-01-05")]
    [InlineData("05-Jan-06", DateOrder.YearMonthDay, "2005-01-06")]
    [InlineData("۱۱/۱۰/۱۴۰۳", DateOrder.DayMonthYear, "2024-12-31")]
    public void TryParse_OrderNeeded_ReadsInTheOrderGiven(string typed, DateOrder order, string expected)
    {
        Assert.True(TypedDate.TryParse(typed, order, out var date));
        Assert.Equal(expected, date.Date.ToString("O", CultureInfo.InvariantCulture));
        Assert.False(TypedDate.TryParse(typed, DateOrder.Unambiguous, out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2024-02-30")]
    [InlineData("2023-02-29")]
    [InlineData("2024-13-01")]
    [InlineData("2024-00-10")]
    [InlineData("1403-12-31")]
    [InlineData("1750-01-01")]
    [InlineData("12/2024")]
    [InlineData("2024")]
    [InlineData("45123")]
    [InlineData("2024-01/02")]
    [InlineData("31 Foo 2024")]
    [InlineData("۰۳/۰۴/۰۵")]
    [InlineData("۱۱ دی ۰۳")]
    [InlineData("2024-12-31 24:00")]
    [InlineData("2024-12-31 13:00 pm")]
    [InlineData("2024-12-31 10:61")]
    [InlineData("2024-12-31T10:00+99:00")]
    public void TryParse_NoDate_IsRefusedInEveryOrder(string? typed) => Assert.All(Orders, order => Assert.False(TypedDate.TryParse(typed, order, out _)));

    [Theory]
    [InlineData("2024-07-01T12:30:15.250Z", "2024-07-01T12:30:15.2500000Z")]
    [InlineData("2024-07-01T12:30:15+02:00", "2024-07-01T10:30:15.0000000Z")]
    [InlineData("2024-07-01 12:30-0330", "2024-07-01T16:00:00.0000000Z")]
    [InlineData("2024-07-01 12:30 UTC", "2024-07-01T12:30:00.0000000Z")]
    [InlineData("2024-07-01 12:30", "2024-07-01T10:30:00.0000000Z")]
    [InlineData("2024-07-01", "2024-06-30T22:00:00.0000000Z")]
    [InlineData("2024-01-15, 9:05 PM", "2024-01-15T20:05:00.0000000Z")]
    [InlineData("2024-01-15 12:00 am", "2024-01-14T23:00:00.0000000Z")]
    [InlineData("۱۴۰۳/۱۰/۱۱ ۱۰:۳۰ ب.ظ", "2024-12-31T21:30:00.0000000Z")]
    [InlineData("2024-03-31 02:30", "2024-03-31T01:30:00.0000000Z")]
    [InlineData("2024-10-27 02:30", "2024-10-27T00:30:00.0000000Z")]
    public void ToUtc_TimeAsWritten_IsAnInstant(string typed, string expected)
    {
        Assert.True(TypedDate.TryParse(typed, DateOrder.Unambiguous, out var date));
        var utc = date.ToUtc(Berlin);
        Assert.Equal(DateTimeKind.Utc, utc.Kind);
        Assert.Equal(expected, utc.ToString("O", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void TryParse_YearOutOfReach_IsRefused()
    {
        Assert.True(TypedDate.TryParse($"{TypedDate.LastYear}-12-31T23:59:59-14:00", DateOrder.Unambiguous, out var last));
        Assert.Equal(TypedDate.LastYear + 1, last.ToUtc(Berlin).Year);
        Assert.False(TypedDate.TryParse($"{TypedDate.LastYear + 1}-01-01", DateOrder.Unambiguous, out _));
        Assert.False(TypedDate.TryParse($"{TypedDate.FirstYear - 1}-12-31", DateOrder.Unambiguous, out _));
        Assert.False(TypedDate.TryParse("9999-12-31", DateOrder.Unambiguous, out _));
    }

    [Fact]
    public void ToUtc_EveryHourOfTwoYears_IsReadBackUnlessSkipped()
    {
        for (var hour = 0; hour < 2 * 365 * 24; hour++)
        {
            var local = new DateTime(2024, 1, 1, 0, 30, 0, DateTimeKind.Unspecified).AddHours(hour);
            Assert.True(TypedDate.TryParse(local.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), DateOrder.Unambiguous, out var typed));
            var back = TimeZoneInfo.ConvertTimeFromUtc(typed.ToUtc(Berlin), Berlin);
            Assert.Equal(Berlin.IsInvalidTime(local) ? local.AddHours(1) : local, back);
        }
    }

    [Fact]
    public void TryParse_AnyDayInAnyOrder_ComesBack()
    {
        (DateOrder Order, string Format)[] ways =
        [
            (DateOrder.Unambiguous, "yyyy-MM-dd"), (DateOrder.YearMonthDay, "yyyy/M/d"), (DateOrder.DayMonthYear, "d.M.yyyy"), (DateOrder.DayMonthYear, "dd/MM/yyyy"),
            (DateOrder.MonthDayYear, "M/d/yyyy"), (DateOrder.MonthDayYear, "MM-dd-yyyy"), (DateOrder.Unambiguous, "d MMMM yyyy"), (DateOrder.Unambiguous, "MMM d, yyyy"), (DateOrder.Unambiguous, "dd-MMM-yyyy"),
        ];
        Prop.ForAll(Days, Gen.Elements(ways).ToArbitrary(), (day, way) =>
            TypedDate.TryParse(day.ToString(way.Format, CultureInfo.InvariantCulture), way.Order, out var read) && read == new TypedDate(day, null, null)).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Fact]
    public void TryParse_AnyJalaliDay_ComesBack()
    {
        var calendar = new PersianCalendar();
        Prop.ForAll(Days, day =>
        {
            var at = day.ToDateTime(TimeOnly.MinValue);
            if (calendar.GetYear(at) is < 1300 or > 1500) return;
            var typed = string.Create(CultureInfo.InvariantCulture, $"{calendar.GetYear(at)}/{calendar.GetMonth(at):00}/{calendar.GetDayOfMonth(at):00}");
            Assert.True(TypedDate.TryParse(string.Concat(typed.Select(c => char.IsAsciiDigit(c) ? (char)(c - '0' + '۰') : c)), DateOrder.Unambiguous, out var read));
            Assert.Equal(day, read.Date);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void TryParse_AnyText_NeverThrows()
    {
        var pieces = Gen.Elements("1", "31", "12", "2024", "1403", "99", "/", "-", ".", " ", "T", ":", "Z", "+02", "jan", "دی", "pm", "۱۲", ",").ListOf().Select(string.Concat);
        Prop.ForAll(Gen.OneOf(pieces, Texts.Any.Generator).ToArbitrary(), text =>
            Assert.All(Orders, order => _ = TypedDate.TryParse(text, order, out var date) && date.ToUtc(Berlin).Kind == DateTimeKind.Local)).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }
}
