using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Web.Platform.Jobs;

namespace CrmWeb.Web.Features.Customers;

/// <summary>Every night: contacts that are no longer recent drop out of the count of the last 90 days, and the scores of the buyers are those of the day.</summary>
public sealed class CustomerFactsJob(CrmDb db) : IJobHandler
{
    public const string JobKind = "customer-facts";

    public string Kind => JobKind;

    public string Permission => Permissions.ReadCustomers;

    public async Task<string> Run(JobRun run, CancellationToken stop)
    {
        var changed = await db.RecountRecent(seen => run.Progress(seen, null, stop), stop);
        changed += await db.ScoreRfm(seen => run.Progress(seen, null, stop), stop);
        return changed.ToString(CultureInfo.InvariantCulture);
    }
}
