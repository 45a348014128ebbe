using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Quality;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Quality;

/// <summary>Looks through the data of a tenant, whoever may see it, and keeps the numbers by owner, team, origin, stage and kind; pages read those rows alone.</summary>
public static class QualityCounting
{
    private static readonly string[] Unseen = [TenantScoping.VisibilityFilter, TenantScoping.FieldsFilter];

    /// <summary>Answers how many customers there are. Done twice a day it keeps the later numbers.</summary>
    /// <param name="fields">All fields in use, with what the tenant holds for good data.</param>
    /// <param name="who">What the questions mean: the day of the tenant.</param>
    /// <param name="progress">Hears how many questions were asked and how many there are; outside of a transaction, except at the end.</param>
    public static async Task<long> CountQuality(this CrmDb db, CustomFieldSet fields, CustomerFilterContext who, Func<long, long?, Task> progress, CancellationToken stop)
    {
        var customers = db.Customers.IgnoreQueryFilters(Unseen).AsNoTracking();
        var counting = new QualitySums(db, customers, fields, who with { CustomValues = db.CustomValues, DuplicatePairs = db.DuplicatePairs, Changes = db.Changes });
        var steps = counting.Steps();
        for (var i = 0; i < steps.Count; i++)
        {
            await progress(i, steps.Count + 1);
            await steps[i](stop);
        }

        var rows = counting.Rows;
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await progress(steps.Count, steps.Count + 1);
        await db.Keep(new QualityDay(who.Today, db.Now, fields.Quality.FreshDays), rows, stop);
        await transaction.CommitAsync(stop);
        return rows.Sum(row => (long)row.Total);
    }

    private static async Task Keep(this CrmDb db, QualityDay today, IReadOnlyList<QualityCount> rows, CancellationToken stop)
    {
        var days = await db.QualityDays.Select(d => new { d.Id, d.Day }).ToListAsync(stop);
        var last = today.Day.AddDays(-QualityDay.Kept);
        var daily = today.Day.AddDays(-QualityDay.KeptDaily);
        long[] gone = [.. days.Where(d => d.Day == today.Day || d.Day < last || (d.Day < daily && d.Day.DayOfWeek != DayOfWeek.Monday)).Select(d => d.Id)];
        await db.QualityDays.Where(d => gone.Contains(d.Id)).ExecuteDeleteAsync(stop);
        await db.QualityCounts.IgnoreQueryFilters(Unseen).Where(q => q.Field != QualityCount.Record).ExecuteDeleteAsync(stop);
        db.QualityDays.Add(today);
        await db.SaveChangesAsync(stop);
        await db.BulkInsert(rows, [new(nameof(QualityCount.DayId), _ => today.Id)], stop);
    }
}
