using System.Globalization;
using CrmWeb.Domain.Kpis;

namespace CrmWeb.Tests.Support;

/// <summary>The purchases of the CDNOW sample, where the file is there; what follows from them, always.</summary>
public static class Cdnow
{
    public static IReadOnlyList<(string Customer, DateOnly Day, decimal Value)>? Sample() => Texts.Shared("data", "cdnow", "CDNOW_sample.txt") is not { } path ? null
        : [.. File.ReadLines(path).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(cells => cells.Length == 5)
            .Select(cells => (cells[0], DateOnly.ParseExact(cells[2], "yyyyMMdd", CultureInfo.InvariantCulture), decimal.Parse(cells[4], CultureInfo.InvariantCulture)))];

    /// <summary>What the models know of each customer by the end of September 1997: purchases of one day are one.</summary>
    public static IEnumerable<(PurchaseHistory History, double Mean)> Buyers()
    {
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "tests", "CrmWeb.Tests", "Domain", "Kpis", "cdnow.txt")).Where(line => line[0] != '#'))
        {
            var numbers = Array.ConvertAll(line.Split(' '), cell => double.Parse(cell, CultureInfo.InvariantCulture));
            if (numbers is [var repeats, var last, var age, var mean]) yield return (new((int)repeats, (int)last, (int)age), mean);
            else for (var i = 0; i < numbers[1]; i++) yield return (new(0, 0, (int)numbers[0]), 0);
        }
    }
}
