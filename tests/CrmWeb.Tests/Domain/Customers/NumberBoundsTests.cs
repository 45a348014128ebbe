using CrmWeb.Domain.Customers;

namespace CrmWeb.Tests.Domain.Customers;

public sealed class NumberBoundsTests
{
    [Theory]
    [InlineData("at-least", new[] { 0.125 }, 13L, long.MaxValue)]
    [InlineData("at-most", new[] { 0.125 }, long.MinValue, 12L)]
    [InlineData("between", new[] { 2.0, 1.0 }, 100L, 200L)]
    [InlineData("between", new[] { -1.005, 1.005 }, -100L, 100L)]
    [InlineData("is", new[] { 3.0 }, 300L, 300L)]
    [InlineData("is", new[] { 0.125 }, 13L, 12L)]
    [InlineData("at-most", new[] { 7e27 }, long.MinValue, long.MaxValue)]
    public void Of_Typed_KeepsWhatLiesWithin(string op, double[] asked, long low, long high) =>
        Assert.Equal(new NumberBounds(low, high), NumberBounds.Of(op, [.. asked.Select(number => (decimal)number)], 100));
}
