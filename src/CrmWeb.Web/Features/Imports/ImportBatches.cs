using System.Globalization;
using System.Runtime.CompilerServices;
using CrmWeb.Data;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Imports;

internal static class ImportBatches
{
    private const int MaxRows = 4000;

    // long texts make a batch shorter, so that memory stays flat
    private const int MaxLetters = 4_000_000;

    /// <summary>The rows after the first <paramref name="skip"/>, in pieces that fit one short transaction.</summary>
    public static IEnumerable<List<FileRow>> Batches(this ImportTable table, long skip) => Cut(table.Rows(), skip, _ => 1, Letters);

    /// <summary>The same of rows that belong together, which no piece cuts.</summary>
    public static IEnumerable<List<FileRow[]>> Batches(this IEnumerable<FileRow[]> groups, long skip) => Cut(groups, skip, group => group.Length, group => group.Sum(Letters));

    private static IEnumerable<List<T>> Cut<T>(IEnumerable<T> all, long skip, Func<T, int> rowsOf, Func<T, int> lettersOf)
    {
        var (batch, rows, letters) = (new List<T>(), 0, 0);
        foreach (var one in all)
        {
            if (skip > 0)
            {
                skip -= rowsOf(one);
                continue;
            }

            batch.Add(one);
            (rows, letters) = (rows + rowsOf(one), letters + lettersOf(one));
            if (rows < MaxRows && letters < MaxLetters) continue;
            yield return batch;
            (batch, rows, letters) = (new List<T>(), 0, 0);
        }

        if (batch.Count > 0) yield return batch;
    }

    private static int Letters(FileRow row) => row.Values.Sum(value => value.Length);

    /// <summary>Makes the next piece on another core while the present one is worked on. One ahead and no more, so that memory stays flat.</summary>
    public static async IAsyncEnumerable<T> Ahead<T>(this IEnumerable<T> pieces, [EnumeratorCancellation] CancellationToken stop) where T : class
    {
        using var walk = pieces.GetEnumerator();
        var next = Next();
        try
        {
            while (await next is { } piece)
            {
                stop.ThrowIfCancellationRequested();
                next = Next();
                yield return piece;
            }
        }
        finally
        {
            // whoever leaves early must not close the file under its reader
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Task<T?> Next() => Task.Run(() => walk.MoveNext() ? walk.Current : null, CancellationToken.None);
    }

    /// <summary>Rows of an import show customers before and after: who does not see all customers sees the imports of their own.</summary>
    public static IQueryable<Import> SeenImports(this CrmDb db)
    {
        var actor = db.Current.Actor;
        var imports = actor.SeesAll ? db.Imports : db.Imports.Where(i => i.MemberId == actor.MemberId);
        if (actor.SeesEveryField) return imports;
        // a file with a field that somebody may not see is not for them (T10)
        var roles = actor.Roles;
        return imports.Where(i => !db.CustomFields.Any(f => f.VisibleTo != Role.None && (f.VisibleTo & roles) == Role.None && i.Settings.Contains("\"" + CustomField.Prefix + f.Key + "\"")));
    }

    /// <summary>The import that a job is about; its payload is the id.</summary>
    public static async Task<Import> ImportOf(this CrmDb db, JobRun run, CancellationToken stop)
    {
        var id = long.Parse(run.Payload, CultureInfo.InvariantCulture);
        return await db.SeenImports().AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, stop) ?? throw new JobFailedException("The import is gone.");
    }
}

/// <summary>How many rows did what, as the command line says it too.</summary>
public sealed record ImportCounts(long New, long Changed, long Same, long Refused)
{
    public static ImportCounts Of(Import import) => new(import.NewCount, import.ChangedCount, import.SameCount, import.RefusedCount);

    public long All => New + Changed + Same + Refused;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"new {New}, changed {Changed}, same {Same}, refused {Refused}");
}
