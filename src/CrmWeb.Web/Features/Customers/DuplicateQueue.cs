using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Duplicates;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers;

/// <summary>One of a pair, as far as one needs to tell whether the other is the same.</summary>
public sealed record DuplicateSide(long Id, CustomerKind Kind, string Name, string? Email, string? Phone, string? City, string? Organisation, DateTime CreatedAt, DateTime? LastInteractionAt);

public sealed record DuplicateRow(long Id, int Score, DuplicateReason Reasons, DuplicateSide First, DuplicateSide Second);

/// <summary>Pairs to decide about, the likeliest first; or those that somebody held for no duplicates.</summary>
public sealed record DuplicateQueue(DuplicateState State, CustomerKind? Kind, IReadOnlyList<DuplicateRow> Rows, string? Next, Job? Scan)
{
    public const int PageSize = 25;

    public static async Task<DuplicateQueue> Read(CrmDb db, DuplicateState state, CustomerKind? kind, string? after, CancellationToken stop)
    {
        // before what it writes: a scan that ends meanwhile is asked after once more
        var scan = await DuplicateScanJob.Last(db, stop);
        var (score, last) = Cursor(after);
        // an archived customer is no duplicate any more: the join leaves its pairs out
        var rows = from pair in db.DuplicatePairs
                   join one in db.Customers on pair.FirstId equals one.Id
                   join other in db.Customers on pair.SecondId equals other.Id
                   where pair.State == state && (kind == null || one.Kind == kind) && pair.Score <= score && (pair.Score < score || pair.Id < last)
                   orderby pair.Score descending, pair.Id descending
                   select new DuplicateRow(pair.Id, pair.Score, pair.Reasons,
                       new DuplicateSide(one.Id, one.Kind, one.Name, one.Email, one.Phone, one.City, one.Organisation!.Name, one.CreatedAt, one.LastInteractionAt),
                       new DuplicateSide(other.Id, other.Kind, other.Name, other.Email, other.Phone, other.City, other.Organisation!.Name, other.CreatedAt, other.LastInteractionAt));
        var found = await rows.Take(PageSize + 1).ToListAsync(stop);
        var next = found.Count > PageSize ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{found[PageSize - 1].Score}-{found[PageSize - 1].Id}") : null;
        return new(state, kind, [.. found.Take(PageSize)], next, scan);
    }

    private static (int Score, long Id) Cursor(string? after) =>
        after?.Split('-') is [var score, var id] && ChangeText.Id(score) is { } points and <= 100 && ChangeText.Id(id) is { } last ? ((int)points, last) : (100, long.MaxValue);
}
