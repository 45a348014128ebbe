using CrmWeb.Domain.Sales;
using FsCheck;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Domain.Sales;

public sealed class SalesPeriodTests
{
    [Theory]
    [InlineData("month", "2026-11-01", "2026-11-23", "2026-10-01", "2026-10-23")]
    [InlineData("last-month", "2026-10-01", "2026-11-01", "2026-09-01", "2026-10-01")]
    [InlineData("quarter", "2026-10-01", "2026-11-23", "2026-07-01", "2026-08-23")]
    [InlineData("last-quarter", "2026-07-01", "2026-10-01", "2026-04-01", "2026-07-01")]
    [InlineData("year", "2026-01-01", "2026-11-23", "2025-01-01", "2025-11-23")]
    [InlineData("last-year", "2025-01-01", "2026-01-01", "2024-01-01", "2025-01-01")]
    [InlineData("12-months", "2025-11-23", "2026-11-23", "2024-11-23", "2025-11-23")]
    [InlineData("never", "2025-11-23", "2026-11-23", "2024-11-23", "2025-11-23")]
    public void Named_OnADay_IsComparedWithTheSameTimeBefore(string name, string from, string until, string before, string beforeUntil)
    {
        var period = SalesPeriod.Named(name, new DateOnly(2026, 11, 22));
        Assert.Equal((Day(from), Day(until)), (period.From, period.Until));
        Assert.Equal((Day(before), Day(beforeUntil)), (period.Before!.From, period.Before.Until));
    }

    [Fact]
    public void Before_AnyDay_EndsWhereThePeriodBeginsOrEarlier() => Prop.ForAll(Gen.Choose(0, 65_000).ToArbitrary(), Gen.Choose(0, 6).ToArbitrary(), (days, name) =>
    {
        var today = new DateOnly(1990, 1, 1).AddDays(days);
        var period = SalesPeriod.Named(SalesPeriod.Names[name], today);
        return period.From < period.Until && period.Last <= today && period.Before!.Until <= period.From && period.Before.From < period.Before.Until;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Before_OwnDays_IsAsManyDays()
    {
        Assert.Equal(new SalesPeriod(new(2026, 2, 26), new(2026, 3, 1)), new SalesPeriod(new(2026, 3, 1), new(2026, 3, 4)).Before);
        Assert.Null(new SalesPeriod(DateOnly.MinValue, new(2026, 3, 4)).Before);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
