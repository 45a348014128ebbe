using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Benchmarks.Measures;

/// <summary>The customer list, signed in, first page and a page deep inside, beside a bare page of the same 50 rows; and large beside small.</summary>
internal static class ListMeasure
{
    private const int Small = 10_000;

    public static async Task Run(Provider provider, Wanted wanted, Report report)
    {
        var first = new Dictionary<int, double>();
        foreach (var size in new[] { Small, wanted.Customers })
        {
            var installation = await Installation.Of(provider, size, size);
            await using var ours = await Server.Product(installation);
            await using var bare = await Server.Bare(installation);
            var browser = await SignedIn.As(installation);
            var deep = await DeepPages(installation);

            foreach (var (what, path, barePath) in new[]
            {
                ("first page", "/t/bench/customers", "/bare/customers"),
                ("page deep inside", deep.Ours, deep.Bare),
            })
            {
                byte[][] request = [Load.Get(ours.Address, path, browser.Cookie)];
                byte[][] bareRequest = [Load.Get(bare.Address, barePath, "")];
                var (a, b) = await Rounds.Run(
                    () => Load.Run(ours.Address, request, Wanted.Connections, wanted.Round),
                    () => Load.Run(bare.Address, bareRequest, Wanted.Connections, wanted.Round));
                report.Add(new Row($"customer list, {what}, {size:N0}", provider, a, b, "pages/s", 0.4, AtLeast: true));
                if (what == "first page") first[size] = a;
            }
        }

        report.Add(new Row($"cost of a list at {wanted.Customers:N0} against {Small:N0}", provider, 1 / first[wanted.Customers] * 1000, 1 / first[Small] * 1000, "ms of server", 1.2, AtLeast: false));
    }

    /// <summary>The address of a page in the middle of the alphabet: what the pager would link to.</summary>
    private static async Task<(string Ours, string Bare)> DeepPages(Installation installation)
    {
        var key = await installation.Use(async db =>
        {
            var middle = await db.Customers.OrderBy(c => c.NameNormal).ThenBy(c => c.Id).Where(c => string.Compare(c.NameNormal, "m") >= 0)
                .Select(c => new { c.NameNormal, c.Id }).FirstAsync();
            return (middle.NameNormal, middle.Id);
        });
        return (
            $"/t/bench/customers?after={new CustomerCursor(key.NameNormal, null, key.Id)}",
            $"/bare/customers?name={Uri.EscapeDataString(key.NameNormal)}&id={key.Id}");
    }
}
