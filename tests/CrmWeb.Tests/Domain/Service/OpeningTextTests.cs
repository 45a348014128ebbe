using CrmWeb.Domain.Service;
using FsCheck;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Domain.Service;

public class OpeningTextTests
{
    [Theory]
    [InlineData("9-17", "09:00–17:00", null)]
    [InlineData("9:00–12:30, 14-18", "09:00–12:30, 14:00–18:00", null)]
    [InlineData("14-18;9-12.30", "09:00–12:30, 14:00–18:00", null)]
    [InlineData("۹ تا ۱۷", "09:00–17:00", null)]
    [InlineData("0-24", "00:00–24:00", null)]
    [InlineData("22-6", "22:00–24:00", 360)]
    [InlineData("22:00-0:00", "22:00–24:00", null)]
    [InlineData("9-12, 12-17", "09:00–12:00, 12:00–17:00", null)]
    [InlineData("  ", "", null)]
    public void Read_AsPeopleWrite_IsUnderstood(string typed, string expected, int? next)
    {
        Assert.Equal(OpeningError.None, OpeningText.Read(typed, out var spans, out var rest));
        Assert.Equal(expected, OpeningText.Write(spans));
        Assert.Equal(next, rest?.Closes);
    }

    [Theory]
    [InlineData("nine to five", OpeningError.Unreadable)]
    [InlineData("9", OpeningError.Unreadable)]
    [InlineData("9-25", OpeningError.Unreadable)]
    [InlineData("9:60-10", OpeningError.Unreadable)]
    [InlineData("9-9", OpeningError.Unreadable)]
    [InlineData("24-3", OpeningError.Unreadable)]
    [InlineData(",", OpeningError.Unreadable)]
    [InlineData("9-12, 11-14", OpeningError.Overlapping)]
    [InlineData("20-2, 22-4", OpeningError.Overlapping)]
    public void Read_NoOpeningTimes_IsRefused(string typed, OpeningError expected) => Assert.Equal(expected, OpeningText.Read(typed, out _, out _));

    [Fact]
    public void Joined_SpansThatTouch_AreOne() =>
        Assert.Equal([new DaySpan(0, 720), new DaySpan(800, 900)], OpeningText.Joined([new(800, 900), new(0, 360), new(360, 720)]));

    [Fact]
    public void Read_AnyText_NeverThrows() => Prop.ForAll(ArbMap.Default.ArbFor<string?>(), typed => Enum.IsDefined(OpeningText.Read(typed, out _, out _))).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("30m", 30)]
    [InlineData("4h", 240)]
    [InlineData("2d", 960)]
    [InlineData("1d 4h", 720)]
    [InlineData("1H30M", 90)]
    [InlineData("۴h", 240)]
    [InlineData("4", null)]
    [InlineData("0h", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("-4h", null)]
    [InlineData("4h 4h", null)]
    [InlineData("99999d", null)]
    public void BusinessTime_AsTyped_IsReadOrNot(string? typed, int? expected) => Assert.Equal(expected, BusinessTime.Read(typed, 8 * 60));

    [Fact]
    public void BusinessTime_VeryShortDays_ReadBackHowManyTheyAre() => Assert.Equal(466928, BusinessTime.Read(BusinessTime.Write(466928, 4), 4));

    [Fact]
    public void BusinessTime_Written_ReadsTheSame() => Prop.ForAll(Gen.Choose(1, SlaRule.MostMinutes).ToArbitrary(), Gen.Choose(1, BusinessCalendar.WallDay).ToArbitrary(), (minutes, day) =>
        BusinessTime.Read(BusinessTime.Write(minutes, day), day) == minutes).QuickCheckThrowOnFailure();

    [Fact]
    public void BusinessTime_AnyText_NeverThrows() => Prop.ForAll(ArbMap.Default.ArbFor<string?>(), typed => BusinessTime.Read(typed, 480) is null or > 0).QuickCheckThrowOnFailure();
}
