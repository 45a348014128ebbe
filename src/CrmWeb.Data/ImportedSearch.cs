using System.Globalization;
using System.Runtime.CompilerServices;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>
/// An import writes customers at the rate of the engine, and their search texts afterwards: kept row by row they would take a third of that rate. The job
/// that writes them stands in the queue from the transaction in which the import ends.
/// </summary>
public static class ImportedSearch
{
    private const int Batch = 5_000;

    public static Task<int> FillSearchAfter(this CrmDb db, long importId, DateTime now, CancellationToken stop)
    {
        db.Jobs.Add(new Job(CustomerSearchTexts.FillJob, importId.ToString(CultureInfo.InvariantCulture), db.Current.Actor.MemberId, now));
        return db.SaveChangesAsync(stop);
    }

    /// <summary>Customers that the import changed, a batch at a time: those whose texts are there and may be old. The ones it made have none yet.</summary>
    public static async IAsyncEnumerable<List<long>> ChangedBy(this CrmDb db, long importId, [EnumeratorCancellation] CancellationToken stop)
    {
        for (var last = 0L; ;)
        {
            var after = last;
            var rows = await db.ImportRows.Where(row => row.ImportId == importId && row.Id > after && row.CustomerId != null).OrderBy(row => row.Id)
                .Select(row => new { row.Id, CustomerId = row.CustomerId!.Value }).Take(Batch).ToListAsync(stop);
            if (rows.Count == 0) yield break;
            last = rows[^1].Id;
            yield return [.. rows.Select(row => row.CustomerId).Distinct()];
        }
    }
}
