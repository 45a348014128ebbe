using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Data.Seeds;
using CrmWeb.Web.Features.Shared.Files;
using CrmWeb.Web.Platform.Cli;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Demo;

/// <summary>Made-up data: the demo tenant, and big tenants to measure with.</summary>
public static class DemoCommands
{
    public static readonly Verb Demo = new("demo", "", async (services, options, stop) =>
    {
        options.NothingElse();
        var made = await services.MakeDemo(stop);
        Console.WriteLine(made ? $"The demo tenant is at /t/{DemoAccounts.Slug}. The password of each account is {DemoAccounts.Password}:" : "The demo tenant is there already; nothing was changed.");
        foreach (var account in made ? DemoAccounts.All : []) Console.WriteLine($"  {account.Email} ({account.Role.ToString().ToLowerInvariant()})");
        return 0;
    });

    public static readonly Verb Load = new("load", "--tenant SLUG --customers N [--interactions M] [--orders K] [--seed S]", async (services, options, stop) =>
    {
        var slug = options.Need("tenant");
        var customers = options.Number("customers") ?? throw new UsageException("--customers is missing.");
        var interactions = options.Number("interactions") ?? 0;
        var seed = options.Number("seed") ?? 1;
        var orders = options.Number("orders") ?? 0;
        options.NothingElse();
        if (customers == 0) throw new UsageException("--customers must be at least 1.");

        var db = services.GetRequiredService<CrmDb>();
        var tenant = await db.Tenants.Where(t => t.Slug == slug).Select(t => t.Id).SingleOrDefaultAsync(stop);
        if (tenant == 0) throw new RefusedException($"There is no tenant '{slug}'.");
        db.Current.Enter(tenant, Actor.System);

        var line = new ProgressLine("Loading");
        await new TenantLoad(db, Now(services), seed).Run(customers, interactions, orders, progress => line.Tell(progress.Done, progress.Total), stop);
        var rows = (long)customers + interactions + orders;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{customers} customers, {interactions} interactions and {orders} orders in '{slug}', {line.Rate(rows):N0} rows a second."));
        return 0;
    });

    /// <summary>Makes the demo tenant at start, where the configuration says so (<c>Demo:Seed</c>); by itself in Development only.</summary>
    public static async Task SeedDemo(this IServiceProvider services, IConfiguration configuration, bool development)
    {
        if (!configuration.GetValue("Demo:Seed", development)) return;
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.MakeDemo(default);
    }

    private static async Task<bool> MakeDemo(this IServiceProvider services, CancellationToken stop)
    {
        var db = services.GetRequiredService<CrmDb>();
        if (!await db.MakeDemo(Now(services), stop)) return false;
        await db.AddFiles(services.GetRequiredService<AttachmentFiles>(), stop);
        return true;
    }

    private static DateTime Now(IServiceProvider services) => services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
}
