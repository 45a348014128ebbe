using CrmWeb.Data;
using CrmWeb.Web.Platform.Cli;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers;

/// <summary>What an operator does with customers from a shell.</summary>
public static class CustomerCommands
{
    public static readonly Verb RebuildFacts = new("rebuild facts", "--tenant SLUG", async (services, options, stop) =>
    {
        var slug = options.Need("tenant");
        options.NothingElse();
        var db = services.GetRequiredService<CrmDb>();
        var tenant = await db.Tenants.Where(t => t.Slug == slug).Select(t => t.Id).SingleOrDefaultAsync(stop);
        if (tenant == 0) throw new RefusedException($"There is no tenant '{slug}'.");
        db.Current.Enter(tenant, Actor.System);

        Console.WriteLine($"{await db.RebuildSearch(stop)} customers had wrong search texts; they are right now.");
        Console.WriteLine($"{await db.RebuildFacts(stop)} customers had wrong facts; they are right now.");
        return 0;
    });
}
