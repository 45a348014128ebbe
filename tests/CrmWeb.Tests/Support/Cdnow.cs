using System.Globalization;
using CrmWeb.Domain.Kpis;

namespace CrmWeb.Tests.Support;

/// <summary>The purchases of the CDNOW sample, where the file is there.</summary>
public static class Cdnow
{
    public static IReadOnlyList<(string Customer, DateOnly Day, decimal Value)>? Sample() => Texts.Shared("data", "cdnow", "CDNOW_sample.txt") is not { } path ? null
        : [.. File.ReadLines(path).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(cells => cells.Length == 5)
            .Select(cells => (cells[0], DateOnly.ParseExact(cells[2], "yyyyMMdd", CultureInfo.InvariantCulture), decimal.Parse(cells[4], CultureInfo.InvariantCulture)))];

    /// <summary>What the models know of each customer by a day: purchases of one day are one.</summary>
    public static IReadOnlyList<(PurchaseHistory History, double Mean)>? Buyers(DateOnly end) => Sample() is not { } all ? null
        : [.. all.Where(one => one.Day <= end).GroupBy(one => one.Customer).Select(its =>
        {
            var days = its.GroupBy(one => one.Day).OrderBy(day => day.Key).Select(day => (day.Key, Value: day.Sum(one => one.Value))).ToList();
            var (first, last) = (days[0].Key.DayNumber, days[^1].Key.DayNumber);
            return (new PurchaseHistory(days.Count - 1, last - first, end.DayNumber - first), days.Count == 1 ? 0 : (double)days.Skip(1).Average(day => day.Value));
        })];
}
