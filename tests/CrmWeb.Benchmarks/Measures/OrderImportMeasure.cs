using System.Diagnostics;
using System.Globalization;
using CrmWeb.Benchmarks.Bare;
using CrmWeb.Data.Providers;

namespace CrmWeb.Benchmarks.Measures;

/// <summary>
/// The import verb on a file as large as CDNOW's and written like it (69,659 purchases of 23,570 customers), buyers made and facts kept, beside a raw insert of
/// the same buyers, orders and lines.
/// </summary>
internal static class OrderImportMeasure
{
    private const int Purchases = 69_659;
    private const int Customers = 23_570;
    private const int Rounds = 3;

    public static async Task Run(Provider provider, Wanted wanted, Report report)
    {
        var orders = Orders();
        var file = await WriteFile(orders);
        var (ours, limit) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var installation = await Installation.Fresh(provider);
            var clock = Stopwatch.StartNew();
            await installation.Verb("import", "orders", file, "--tenant", Installation.Tenant, "--as", Installation.Admin, "--unknown-customers", "create");
            ours.Add(Purchases / clock.Elapsed.TotalSeconds);
            var raw = await Installation.Fresh(provider);
            clock.Restart();
            await RawOrders.Run(raw, orders);
            limit.Add(Purchases / clock.Elapsed.TotalSeconds);
        }

        report.Add(new Row($"import of {Purchases:N0} purchases", provider, Report.Median(ours), Report.Median(limit), "rows/s", 0.25, AtLeast: true));
    }

    /// <summary>By customer and day, as the file has them: each buys once, and a third of them much more often than the others.</summary>
    private static List<RawOrder> Orders()
    {
        var first = new DateTime(1997, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        return
        [
            .. from n in Enumerable.Range(0, Purchases)
               let customer = (n < Customers ? n : n * 7 % (Customers / 3)) + 1
               let quantity = 1 + (n % 5)
               orderby customer, n
               select new RawOrder(customer, first.AddDays(n * 13 % 545), quantity, 977 + (n * 31 % 4000)),
        ];
    }

    private static async Task<string> WriteFile(List<RawOrder> orders)
    {
        Directory.CreateDirectory(Installation.Artifacts);
        var file = Path.Combine(Installation.Artifacts, "purchases.txt");
        await using var writer = new StreamWriter(file) { NewLine = "\r\n" };
        await writer.WriteLineAsync(" customer_id  date number_of_cds  dollar_value");
        foreach (var order in orders)
            await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $" {order.Customer:00000} {order.PlacedAt:yyyyMMdd} {order.Quantity,2} {order.Total / 100m,7:0.00}"));
        return file;
    }
}
