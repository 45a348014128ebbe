using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Quality;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.EntityFrameworkCore;
using Pairs = System.Collections.Generic.IReadOnlyList<System.Collections.Generic.KeyValuePair<string, string>>;

namespace CrmWeb.Web.Features.Customers.Quality;

/// <summary>One field of customers, and of how many something is true.</summary>
/// <param name="Invalid">Null where that cannot be told of the field.</param>
public sealed record FieldQuality(string Key, string? Label, bool Needed, int Total, int Filled, int? Invalid, int Stale);

/// <summary>The records of one owner, one team, one way in, …</summary>
/// <param name="Key">As in the list's filter; null for those without.</param>
public sealed record GroupQuality(string? Key, QualityTotals Totals);

/// <param name="Filled">Records that miss nothing they need.</param>
public sealed record QualityTotals(int Total, int Filled, int Invalid, int Stale, int Sound, int Duplicate, int Passing)
{
    /// <summary>Records that the passing ones are a part of: those that were counted, or as many as there are now where those are counted now.</summary>
    public int Judged { get; init; } = Total;

    public static readonly QualityTotals None = new(0, 0, 0, 0, 0, 0, 0);
}

/// <param name="Good">Of the records, those that pass; for readers who do not see everything, those that are sound.</param>
public sealed record QualityPoint(DateOnly Day, int Total, int Good);

/// <summary>
/// What the data of a tenant is like, as far as the reader sees it, from the rows of the last count. Which records may be duplicates of some that the reader does
/// not see is nobody's to know: whoever does not see everything has those two numbers counted as of now, over the customers that they see.
/// </summary>
public sealed record QualityPage(
    QualityDay? Day, QualityTotals Totals, IReadOnlyList<FieldQuality> Fields, string By, IReadOnlyList<GroupQuality> Groups, IReadOnlyList<QualityPoint> Trend, QualityCut Cut, bool SeesAll, Job? Job)
{
    private const int DaysShown = 60;

    public static readonly IReadOnlyList<string> Bys = ["owner", "team", CustomerFilterFields.Origin, "stage", "kind"];

    public static async Task<QualityPage> Read(CrmDb db, CurrentMember me, CustomFieldSet custom, QualityCut cut, string? by, CancellationToken stop)
    {
        by = Bys.Contains(by, StringComparer.Ordinal) ? by! : Bys[0];
        var job = await QualityJob.Last(db, stop);
        var seesAll = db.Current.Actor.SeesAll;
        var day = await db.QualityDays.AsNoTracking().OrderByDescending(d => d.Day).FirstOrDefaultAsync(stop);
        if (day is null) return new(null, QualityTotals.None, [], by, [], [], cut, seesAll, job);
        var rows = cut.Of(db.Seen(db.QualityCounts).AsNoTracking(), me.Id);
        var today = rows.Where(q => q.DayId == day.Id);
        var records = await QualityGroups.Read(today.Where(q => q.Field == QualityCount.Record), by, stop);
        var totals = records.Aggregate(QualityTotals.None, (sum, group) => QualityGroups.Add(sum, group.Totals));
        if (!seesAll)
        {
            totals = totals with
            {
                // of the moment of the passing ones: a share of two moments says nothing
                Judged = await Count(db, me, custom, cut.Pairs, stop),
                Duplicate = await Count(db, me, custom, [.. QualityAsk.Having(QualityGap.Duplicate), .. cut.Pairs], stop),
                Passing = await Count(db, me, custom, [.. QualityAsk.Passing, .. cut.Pairs], stop),
            };
        }

        return new(day, totals, await ReadFields(today, custom, cut, totals.Total, stop), by, records, await ReadTrend(db, rows, seesAll, stop), cut, seesAll, job);
    }

    /// <summary>The fields alone, of everything that the reader sees.</summary>
    public static async Task<IReadOnlyList<FieldQuality>> ReadFields(CrmDb db, CustomFieldSet custom, CancellationToken stop)
    {
        var day = await db.QualityDays.OrderByDescending(d => d.Day).Select(d => d.Id).FirstOrDefaultAsync(stop);
        if (day == 0) return [];
        var today = db.Seen(db.QualityCounts).AsNoTracking().Where(q => q.DayId == day);
        return await ReadFields(today, custom, new(CustomerFilter.None), await today.Where(q => q.Field == QualityCount.Record).SumAsync(q => q.Total, stop), stop);
    }

    /// <summary>The list that a number opens, with the number, so that the list can say how many there were.</summary>
    public string Link(Pairs ask, int count) => $"~/customers{new QueryBuilder([.. ask, .. Cut.Pairs.Where(pair => ask.All(asked => CustomerFilter.Stem(asked.Key) != CustomerFilter.Stem(pair.Key))), new(ListUrl.Then, count.ToString(System.Globalization.CultureInfo.InvariantCulture))])}";

    private static async Task<int> Count(CrmDb db, CurrentMember me, CustomFieldSet custom, Pairs ask, CancellationToken stop)
    {
        var query = new CustomerQuery(CustomerFilter.Parse(ask, [], custom, out _), CustomerSort.Default, null, []);
        return await (await query.Customers(db, me, stop)).CountAsync(stop);
    }

    private static async Task<IReadOnlyList<FieldQuality>> ReadFields(IQueryable<QualityCount> today, CustomFieldSet custom, QualityCut cut, int total, CancellationToken stop)
    {
        var sums = await today.Where(q => q.Field != QualityCount.Record).GroupBy(q => q.Field)
            .Select(g => new { Field = g.Key, Filled = g.Sum(q => q.Filled), Invalid = g.Sum(q => q.Invalid), Stale = g.Sum(q => q.Stale) }).ToDictionaryAsync(sum => sum.Field, StringComparer.Ordinal, stop);
        var persons = await today.Where(q => q.Field == QualityCount.Record && q.Kind == CustomerKind.Person).SumAsync(q => q.Total, stop);
        var own = QualityAsk.Fields.Where(field => !cut.IsBy(field) && (cut.HasPersons || !QualityAsk.IsOfPersons(field))).Select(field => Of(field, null, custom.Quality.Needed.Contains(field)));
        return [.. own, .. custom.All.Select(field => Of(field.Name, field.Label, field.Required || custom.Quality.Needed.Contains(field.Name)))];

        FieldQuality Of(string key, string? label, bool needed)
        {
            var sum = sums.GetValueOrDefault(key);
            var of = QualityAsk.IsOfPersons(key) ? persons : total;
            return new(key, label, needed || key == "name", of, sum?.Filled ?? 0, QualityAsk.MayBeInvalid(key, custom) ? sum?.Invalid ?? 0 : null, sum?.Stale ?? 0);
        }
    }

    private static async Task<IReadOnlyList<QualityPoint>> ReadTrend(CrmDb db, IQueryable<QualityCount> rows, bool seesAll, CancellationToken stop)
    {
        var days = await db.QualityDays.OrderByDescending(d => d.Day).Take(DaysShown).Select(d => new { d.Id, d.Day }).ToListAsync(stop);
        List<long> ids = [.. days.Select(d => d.Id)];
        var sums = await rows.Where(q => q.Field == QualityCount.Record && ids.Contains(q.DayId)).GroupBy(q => q.DayId)
            .Select(g => new { g.Key, Total = g.Sum(q => q.Total), Good = g.Sum(q => seesAll ? q.Passing : q.Sound) }).ToDictionaryAsync(sum => sum.Key, stop);
        return [.. days.OrderBy(d => d.Day).Where(d => sums.ContainsKey(d.Id)).Select(d => new QualityPoint(d.Day, sums[d.Id].Total, sums[d.Id].Good))];
    }
}
