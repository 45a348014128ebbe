using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Benchmarks.Measures;

/// <summary>The list of customers by the API, 50 a page with everything that is known of them, beside the bare page of 50 rows.</summary>
internal static class ApiMeasure
{
    public static async Task Run(Provider provider, Wanted wanted, Report report)
    {
        var installation = await Installation.Of(provider, wanted.Customers, wanted.Customers);
        var key = await installation.ApiKey();
        await using var ours = await Server.Product(installation);
        await using var bare = await Server.Bare(installation);
        var middle = await installation.Use(db => db.Customers.OrderBy(c => c.NameNormal).ThenBy(c => c.Id).Where(c => string.Compare(c.NameNormal, "m") >= 0)
            .Select(c => new { c.NameNormal, c.Id }).FirstAsync());
        foreach (var (what, path, barePath) in new[]
        {
            ("first page", "/customers", "/bare/customers"),
            ("page deep inside", $"/customers?after={new CustomerCursor(middle.NameNormal, null, middle.Id)}", $"/bare/customers?name={Uri.EscapeDataString(middle.NameNormal)}&id={middle.Id}"),
        })
        {
            byte[][] request = [Load.Api(ours.Address, path, key)];
            byte[][] bareRequest = [Load.Get(bare.Address, barePath, "")];
            var (a, b) = await Rounds.Run(
                () => Load.Run(ours.Address, request, Wanted.Connections, wanted.Round),
                () => Load.Run(bare.Address, bareRequest, Wanted.Connections, wanted.Round));
            report.Add(new Row($"API list, {what}, {wanted.Customers:N0}", provider, a, b, "pages/s", 0.5, AtLeast: true));
        }
    }
}
