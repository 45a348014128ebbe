using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;

namespace CrmWeb.Web.Features.Products.Dream;

/// <summary>Every night: which products belong to the dream sector, and which are bought together. Done twice it keeps the same.</summary>
public sealed class ProductJob(CrmDb db, CurrentMember me) : IJobHandler
{
    public const string JobKind = "judge-products";

    /// <summary>The payload of a job that judges them and nothing more.</summary>
    public const string Sector = "sector";

    public string Kind => JobKind;

    public string Permission => Permissions.ManageProducts;

    public async Task<string> Run(JobRun run, CancellationToken stop)
    {
        var span = DreamWords.Span(me);
        await db.Classify(await db.DreamSector(me, stop), span, me.Now, () => run.Progress(0, null, stop), stop);
        // tastes live longer than a year
        var kept = run.Payload == Sector ? 0 : await db.PairProducts(span.Before, span.Until, done => run.Progress(done, done, stop), stop);
        return kept.ToString(CultureInfo.InvariantCulture);
    }
}

public static class ProductsSetup
{
    public static IServiceCollection AddProducts(this IServiceCollection services) => services.AddScoped<IJobHandler, ProductJob>();
}
