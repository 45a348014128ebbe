using System.Globalization;
using CrmWeb.Domain.Customers.Dates;
using FsCheck;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Domain.Customers.Dates;

public class DateOrderTests
{
    [Theory]
    [InlineData(DateOrder.DayMonthYear, "03/04/2005", "13/04/2005")]
    [InlineData(DateOrder.MonthDayYear, "03/04/2005", "03/14/2005")]
    [InlineData(DateOrder.DayMonthYear, "31.12.99")]
    [InlineData(DateOrder.YearMonthDay, "99-12-31")]
    [InlineData(DateOrder.DayMonthYear, "2024-05-06", "13/04/2005", "")]
    [InlineData(DateOrder.Unambiguous, "2024-05-06", "5 May 2024", "۱۴۰۳/۰۲/۰۱")]
    [InlineData(DateOrder.DayMonthYear, "unknown", "13/04/2005")]
    public void Detect_OnlyOneOrderReadsAll_IsThatOrder(DateOrder expected, params string[] samples) =>
        Assert.Equal(new DateOrderGuess(expected, IsAmbiguous: false), DateOrder.Detect(samples));

    [Theory]
    [InlineData("03-04-05")]
    [InlineData("03/04/2005", "05/06/2007")]
    [InlineData("03/03/2003")]
    [InlineData("2024-05-06", "03-04-05")]
    [InlineData("05-Jan-06")]
    public void Detect_SeveralOrdersRead_IsAmbiguous(params string[] samples) => Assert.Equal(DateOrderGuess.Ambiguous, DateOrder.Detect(samples));

    [Theory]
    [InlineData]
    [InlineData("", " ")]
    [InlineData("hello")]
    [InlineData("31/12/2024", "12/31/2024")]
    public void Detect_NoOrderReadsAll_IsNone(params string[] samples) => Assert.Equal(DateOrderGuess.None, DateOrder.Detect(samples));

    [Fact]
    public void Detect_AnyColumn_NeverNamesTheWrongOrder()
    {
        var days = Gen.Choose(new DateOnly(1990, 1, 1).DayNumber, new DateOnly(2030, 1, 1).DayNumber).Select(DateOnly.FromDayNumber).NonEmptyListOf();
        (DateOrder Order, string Format)[] ways =
        [
            (DateOrder.YearMonthDay, "yy-MM-dd"), (DateOrder.DayMonthYear, "dd/MM/yyyy"), (DateOrder.DayMonthYear, "d.M.yy"), (DateOrder.MonthDayYear, "M/d/yyyy"), (DateOrder.MonthDayYear, "MM-dd-yy"),
        ];
        Prop.ForAll(days.ToArbitrary(), Gen.Elements(ways).ToArbitrary(), (column, way) =>
        {
            var guess = DateOrder.Detect(column.Select(d => (string?)d.ToString(way.Format, CultureInfo.InvariantCulture)));
            return guess.IsAmbiguous || guess.Order == way.Order;
        }).QuickCheckThrowOnFailure();
    }
}
