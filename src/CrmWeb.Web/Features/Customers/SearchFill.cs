using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Web.Platform.Jobs;

namespace CrmWeb.Web.Features.Customers;

/// <summary>Makes what an import brought, changed or took back findable. Done twice it changes nothing.</summary>
public sealed class SearchFill(CrmDb db) : IJobHandler
{
    public string Kind => CustomerSearchTexts.FillJob;

    public string Permission => Permissions.ReadCustomers;

    public async Task<string> Run(JobRun run, CancellationToken stop)
    {
        await using var connection = await LongWrite.Begin(db, stop);
        var written = await db.FillSearch(done => run.Progress(done, null, stop), stop);
        await foreach (var changed in db.ChangedBy(long.Parse(run.Payload, CultureInfo.InvariantCulture), stop))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            await run.Progress(written, null, stop);
            written += await db.RefreshSearch(changed, renamed: true, stop);
            await transaction.CommitAsync(stop);
        }

        return written.ToString(CultureInfo.InvariantCulture);
    }
}
