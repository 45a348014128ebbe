using System.Globalization;
using System.Linq.Expressions;
using CrmWeb.Domain.Customers.Quality;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers.Quality;

/// <summary>The records of the last count, by one of the things that they are kept by.</summary>
internal static class QualityGroups
{
    /// <param name="records">The rows of the records.</param>
    /// <param name="by">One of <see cref="QualityPage.Bys"/>.</param>
    public static async Task<IReadOnlyList<GroupQuality>> Read(IQueryable<QualityCount> records, string by, CancellationToken stop) => by switch
    {
        "owner" => await Sum(records, q => q.OwnerId, id => id?.ToString(CultureInfo.InvariantCulture), stop),
        "team" => await Sum(records, q => q.TeamId, id => id?.ToString(CultureInfo.InvariantCulture), stop),
        "stage" => await Sum(records, q => q.Stage, stage => stage.ToString().ToLowerInvariant(), stop),
        "kind" => await Sum(records, q => q.Kind, kind => kind.ToString().ToLowerInvariant(), stop),
        _ => await Sum(records, q => q.Origin, way => way?.ToString().ToLowerInvariant(), stop),
    };

    public static QualityTotals Add(QualityTotals a, QualityTotals b) =>
        new(a.Total + b.Total, a.Filled + b.Filled, a.Invalid + b.Invalid, a.Stale + b.Stale, a.Sound + b.Sound, a.Duplicate + b.Duplicate, a.Passing + b.Passing);

    private static async Task<IReadOnlyList<GroupQuality>> Sum<T>(IQueryable<QualityCount> records, Expression<Func<QualityCount, T>> by, Func<T, string?> word, CancellationToken stop)
    {
        var sums = await records.GroupBy(by).Select(g => new
        {
            g.Key,
            Totals = new QualityTotals(g.Sum(q => q.Total), g.Sum(q => q.Filled), g.Sum(q => q.Invalid), g.Sum(q => q.Stale), g.Sum(q => q.Sound), g.Sum(q => q.Duplicate), g.Sum(q => q.Passing)),
        }).ToListAsync(stop);
        return [.. sums.OrderByDescending(sum => sum.Totals.Total).Select(sum => new GroupQuality(word(sum.Key), sum.Totals))];
    }
}
