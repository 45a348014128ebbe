using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Web.Platform.Jobs;

namespace CrmWeb.Web.Features.Customers;

/// <summary>Makes very many customers findable by the new name of their tag. Done twice it changes nothing.</summary>
public sealed class TagSearch(CrmDb db) : IJobHandler
{
    public string Kind => CustomerSearchTexts.TagJob;

    public string Permission => Permissions.ReadCustomers;

    public async Task<string> Run(JobRun run, CancellationToken stop)
    {
        var said = Array.ConvertAll(run.Payload.Split(':'), part => long.Parse(part, CultureInfo.InvariantCulture));
        var (tag, after, pieces) = (said[0], said.ElementAtOrDefault(1), 0L);
        while (true)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            if (await db.RefreshSearch(tag, after, stop) is not { } last) return pieces.ToString(CultureInfo.InvariantCulture);
            await run.Progress(++pieces, null, stop, string.Create(CultureInfo.InvariantCulture, $"{tag}:{after = last}"));
            await transaction.CommitAsync(stop);
        }
    }
}
