using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Web.Features.Accounts;
using CrmWeb.Web.Features.Customers;
using CrmWeb.Web.Features.Customers.Lifetime;
using CrmWeb.Web.Features.Demo;
using CrmWeb.Web.Features.Imports;
using CrmWeb.Web.Features.Organisations;
using CrmWeb.Web.Features.Segments;
using CrmWeb.Web.Platform.Cli;
using CrmWeb.Web.Platform.Security;

namespace CrmWeb.Web;

/// <summary>The verbs of the program: <c>dotnet CrmWeb.Web.dll VERB …</c> does one thing and exits.</summary>
public static class Commands
{
    public static readonly IReadOnlyList<Verb> All =
    [
        new("migrate", "", async (services, options, stop) =>
        {
            options.NothingElse();
            await services.GetRequiredService<CrmDb>().Migrate(stop);
            return 0;
        }) { NeedsDatabase = false },
        OrganisationCommands.Create,
        ApiKeyCommands.Create,
        new("keys rotate", "", async (services, options, stop) =>
        {
            options.NothingElse();
            Console.WriteLine($"The keys are new; {await services.RotateKeys(stop)} sessions ended.");
            return 0;
        }),
        DemoCommands.Demo,
        DemoCommands.Load,
        ImportVerb.Customers,
        ImportVerb.Orders,
        ImportVerb.Interactions,
        ExportVerb.Customers,
        CustomerCommands.RebuildFacts,
        SegmentCommands.Refresh,
        ClvCommands.Fit,
    ];
}
