using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Deals.Forecast;

/// <summary>A line of the forecast: of a month, a team or a member, with how to ask for its deals.</summary>
/// <param name="Query">What the list of deals is asked for besides the month and the kind of number.</param>
public sealed record ForecastLine(DateOnly Month, string? Name, string Query, ForecastSum Sum);

/// <summary>What was forecast in a week of the past for one month.</summary>
public sealed record ForecastWeek(DateOnly TakenOn, long Weighted, long BestCase, long Commit, long Won)
{
    /// <summary>What was expected of the month: what was won by then, and what was weighted.</summary>
    public long Expected => Weighted + Won;
}

/// <param name="Forecast">As it stood at the beginning of the month; null when nobody kept it.</param>
public sealed record ForecastAccuracy(DateOnly Month, long? Forecast, long Actual)
{
    /// <summary>1 − |forecast − actual| / actual; null without a forecast, or when nothing was won.</summary>
    public decimal? Value => Forecast is { } forecast && Actual > 0 ? 1 - (Math.Abs(forecast - Actual) / (decimal)Actual) : null;
}

/// <summary>What may come in the next months, who brings it, and how good the forecast was.</summary>
public sealed record ForecastPage(DateOnly Month, IReadOnlyList<FilterField> Fields, DealFilter Filter)
{
    private const int Ahead = 6;
    private const int Back = 6;

    public required IReadOnlyList<ForecastLine> Months { get; init; }
    public required IReadOnlyList<ForecastLine> Teams { get; init; }
    public required IReadOnlyList<ForecastLine> Members { get; init; }

    /// <summary>The weeks in which something was kept for <see cref="Month"/>, the earliest first.</summary>
    public required IReadOnlyList<ForecastWeek> Weeks { get; init; }

    /// <summary>Months that are over, the latest first.</summary>
    public required IReadOnlyList<ForecastAccuracy> Past { get; init; }

    public long Actual => Months.Where(line => line.Month == Month).Select(line => line.Sum.Won).DefaultIfEmpty(Past.Where(past => past.Month == Month).Select(past => past.Actual).FirstOrDefault()).First();

    public static async Task<ForecastPage> Read(CrmDb db, CurrentMember me, DateOnly? asked, DealFilter filter, IReadOnlyList<FilterField> fields, CancellationToken stop)
    {
        var now = TenantDay.MonthOf(TenantDay.Today(me));
        var month = asked is { } day && day >= now.AddMonths(-Back) && day < now.AddMonths(Ahead) ? day : now;
        var months = ForecastMonths.From(me, now.AddMonths(-Back), Back + Ahead);
        var stages = await DealStages.Read(db, stop);
        var sums = await db.Forecast((filter with { EveryState = true }).Of(db, me, stages), months, stop);
        var kept = await Narrow(db.ForecastSnapshots.AsNoTracking(), filter, me)
            .Where(s => s.Month >= months[0].First && s.Month < now.AddMonths(Ahead))
            .GroupBy(s => new { s.Month, s.TakenOn })
            .Select(g => new { g.Key, Weighted = g.Sum(s => s.Weighted), BestCase = g.Sum(s => s.BestCase), Commit = g.Sum(s => s.Commit), Won = g.Sum(s => s.Won) }).ToListAsync(stop);
        var weeks = kept.ToLookup(k => k.Key.Month, k => new ForecastWeek(k.Key.TakenOn, k.Weighted, k.BestCase, k.Commit, k.Won));
        var rest = filter.Filters.SelectMany(f => f.Values.Select(value => $"{f.Field.Key}={Uri.EscapeDataString(value)}").Append($"{f.Field.Key}.op={f.Operator}")).ToList();
        return new(month, fields, filter)
        {
            Months = [.. months.Skip(Back).Select(m => Line(m.First, null, rest, sums.Where(s => s.Month == m.First)))],
            Teams = await Names(db.Teams.Select(t => new Named { Id = t.Id, Name = t.Name }), "team", sums, s => s.TeamId, month, rest, stop),
            Members = await Names(db.Members.Select(m => new Named { Id = m.Id, Name = m.Name }), "owner", sums, s => s.OwnerId, month, rest, stop),
            Weeks = [.. weeks[month].OrderBy(w => w.TakenOn)],
            Past = [.. months.Take(Back).Reverse().Select(m => new ForecastAccuracy(m.First, AtStart(weeks[m.First], m.First), sums.Where(s => s.Month == m.First).Sum(s => s.Won)))],
        };
    }

    /// <summary>The forecast of the week in which the month began.</summary>
    private static long? AtStart(IEnumerable<ForecastWeek> weeks, DateOnly month) => weeks.FirstOrDefault(w => w.TakenOn == TenantDay.MondayOf(month))?.Expected;

    private static async Task<IReadOnlyList<ForecastLine>> Names(
        IQueryable<Named> named, string key, List<ForecastSum> sums, Func<ForecastSum, long?> of, DateOnly month, List<string> rest, CancellationToken stop)
    {
        var groups = sums.Where(s => s.Month == month).ToLookup(of);
        var ids = groups.Select(g => g.Key).OfType<long>().ToArray();
        var names = ids.Length == 0 ? [] : await named.Where(n => ids.Contains(n.Id)).ToDictionaryAsync(n => n.Id, n => n.Name, stop);
        var others = rest.Where(part => !part.StartsWith(key + "=", StringComparison.Ordinal) && !part.StartsWith(key + ".op=", StringComparison.Ordinal)).ToList();
        return [.. groups.Select(g => Line(month, g.Key is { } id ? names.GetValueOrDefault(id, "?") : null, [.. others, g.Key is { } its ? string.Create(CultureInfo.InvariantCulture, $"{key}={its}") : $"{key}.op=empty"], g))
            .OrderByDescending(line => line.Sum.Weighted + line.Sum.Won).ThenBy(line => line.Name, StringComparer.CurrentCulture)];
    }

    // by its properties: a query can look through those, and not through a constructor
    private sealed record Named
    {
        public required long Id { get; init; }
        public required string Name { get; init; }
    }

    private static ForecastLine Line(DateOnly month, string? name, List<string> query, IEnumerable<ForecastSum> sums)
    {
        var all = new ForecastSum(month, 0, null, null);
        foreach (var sum in sums)
        {
            (all.Weighted, all.Open, all.BestCase, all.Commit) = (all.Weighted + sum.Weighted, all.Open + sum.Open, all.BestCase + sum.BestCase, all.Commit + sum.Commit);
            (all.Won, all.Deals) = (all.Won + sum.Won, all.Deals + sum.Deals);
        }

        return new(month, name, string.Join('&', query), all);
    }

    private static IQueryable<ForecastSnapshot> Narrow(IQueryable<ForecastSnapshot> rows, DealFilter filter, CurrentMember me) => filter.Filters.Aggregate(rows, (left, f) => f.Field.Key switch
    {
        "pipeline" => left.ByIds(s => s.PipelineId, f),
        "team" => left.ByIds(s => s.TeamId, f),
        _ => left.ByIds(s => s.OwnerId, f, me.Id),
    });
}
