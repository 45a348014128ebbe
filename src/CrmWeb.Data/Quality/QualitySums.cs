using System.Linq.Expressions;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Quality;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Quality;

/// <summary>
/// The numbers of a run while they are gathered. What the columns of a customer tell is counted in one statement; what needs a look at other rows has a
/// statement each. All of it is asked by the conditions of the list (<see cref="QualityAsk"/>), so that a number opens what it counted.
/// </summary>
internal sealed class QualitySums(CrmDb db, IQueryable<Customer> customers, CustomFieldSet fields, CustomerFilterContext who)
{
    private readonly Dictionary<(string Field, QualityKey Key), QualityCount> rows = [];

    public IReadOnlyList<QualityCount> Rows => [.. rows.Values];

    public IReadOnlyList<Func<CancellationToken, Task>> Steps()
    {
        var steps = new List<Func<CancellationToken, Task>>
        {
            Plain,
            Asked(QualityCount.Record, QualityAsk.Having(QualityGap.Incomplete), (row, n) => row.Filled = Math.Max(0, row.Total - n)),
            Asked(QualityCount.Record, QualityAsk.Having(QualityGap.Invalid), (row, n) => row.Invalid = n),
            Asked(QualityCount.Record, QualityAsk.Having(QualityGap.Duplicate), (row, n) => row.Duplicate = n),
            Asked(QualityCount.Record, QualityAsk.Sound, (row, n) => row.Sound = n),
            Asked(QualityCount.Record, QualityAsk.Passing, (row, n) => row.Passing = n),
        };
        steps.AddRange(QualityAsk.Fields.Where(field => QualityAsk.MayBeInvalid(field, fields)).Select(field => Asked(field, QualityAsk.Invalid(field), (row, n) => row.Invalid = n)));
        steps.AddRange(QualityAsk.Fields.Select(field => Asked(field, QualityAsk.Stale(field), (row, n) => row.Stale = n)));
        if (!fields.IsEmpty) steps.AddRange([Custom, CustomStale, CustomInvalid]);
        return steps;
    }

    /// <summary>Everything that the row of the customer tells, in one pass over all of them.</summary>
    private async Task Plain(CancellationToken stop)
    {
        List<(string Field, IReadOnlyList<KeyValuePair<string, string>> Ask, Action<QualityCount, int> Take)> asks =
        [
            (QualityCount.Record, QualityAsk.Having(QualityGap.Stale), (row, n) => row.Stale = n),
            .. QualityAsk.Fields.Select(field => (field, QualityAsk.Filled(field), (Action<QualityCount, int>)((row, n) => row.Filled = n))),
        ];
        var group = Expression.Parameter(typeof(IGrouping<QualityKey, Customer>), "g");
        var counts = Expression.NewArrayInit(typeof(int), asks.Select(ask => Count(group, Means(ask.Ask))));
        var key = Expression.Property(group, nameof(IGrouping<,>.Key));
        var counted = Expression.MemberInit(Expression.New(typeof(Many)),
            Expression.Bind(typeof(Many).GetProperty(nameof(Many.Key))!, key),
            Expression.Bind(typeof(Many).GetProperty(nameof(Many.Total))!, Expression.Call(typeof(Enumerable), nameof(Enumerable.Count), [typeof(Customer)], group)),
            Expression.Bind(typeof(Many).GetProperty(nameof(Many.Counts))!, counts));
        var found = await customers.GroupBy(QualityKey.Of).Select(Expression.Lambda<Func<IGrouping<QualityKey, Customer>, Many>>(counted, group)).ToListAsync(stop);
        foreach (var many in found)
        {
            var record = Row(QualityCount.Record, many.Key);
            // until it is known of whom something is missing
            record.Total = record.Filled = many.Total;
            for (var i = 0; i < asks.Count; i++)
            {
                if (many.Counts[i] > 0) asks[i].Take(Row(asks[i].Field, many.Key), many.Counts[i]);
            }
        }
    }

    private Func<CancellationToken, Task> Asked(string field, IReadOnlyList<KeyValuePair<string, string>> ask, Action<QualityCount, int> take) => async stop =>
    {
        var found = await customers.Where(Means(ask)).GroupBy(QualityKey.Of).Select(g => new One { Key = g.Key, Count = g.Count() }).ToListAsync(stop);
        foreach (var one in found) take(Row(field, one.Key), one.Count);
    };

    private async Task Custom(CancellationToken stop)
    {
        var ids = fields.All.Select(field => field.Id).ToArray();
        var found = await (from v in db.CustomValues
                           where ids.Contains(v.FieldId)
                           join c in customers on v.CustomerId equals c.Id
                           group v.CustomerId by new { v.FieldId, c.OwnerId, c.TeamId, c.Origin, c.Stage, c.Kind } into g
                           select new { g.Key, Count = g.Distinct().Count() }).ToListAsync(stop);
        foreach (var one in found)
        {
            var key = one.Key;
            Row(fields.ById(key.FieldId)!.Name, new() { OwnerId = key.OwnerId, TeamId = key.TeamId, Origin = key.Origin, Stage = key.Stage, Kind = key.Kind }).Filled = one.Count;
        }
    }

    /// <summary>Of all fields at once what <see cref="QualityAsk.Stale"/> asks of one.</summary>
    private async Task CustomStale(CancellationToken stop)
    {
        var ids = fields.All.Select(field => field.Id).ToArray();
        var since = who.StartOf(who.Today.AddDays(-fields.Quality.FreshDays));
        var found = await (from v in db.CustomValues
                           where ids.Contains(v.FieldId)
                           join f in db.CustomFields on v.FieldId equals f.Id
                           join c in customers on v.CustomerId equals c.Id
                           where c.CreatedAt < since
                               && (c.UpdatedAt < since || !db.Changes.Any(x => x.CustomerId == c.Id && x.At >= since && x.Record == RecordKind.Customer && x.Field == CustomField.Prefix + f.Key))
                           group v.CustomerId by new { v.FieldId, c.OwnerId, c.TeamId, c.Origin, c.Stage, c.Kind } into g
                           select new { g.Key, Count = g.Distinct().Count() }).ToListAsync(stop);
        foreach (var one in found)
        {
            var key = one.Key;
            Row(fields.ById(key.FieldId)!.Name, new() { OwnerId = key.OwnerId, TeamId = key.TeamId, Origin = key.Origin, Stage = key.Stage, Kind = key.Kind }).Stale = one.Count;
        }
    }

    private async Task CustomInvalid(CancellationToken stop)
    {
        var found = await (from v in db.CustomValues.Where(QualityBad.Value(fields, who))
                           join c in customers on v.CustomerId equals c.Id
                           group v.CustomerId by new { v.FieldId, c.OwnerId, c.TeamId, c.Origin, c.Stage, c.Kind } into g
                           select new { g.Key, Count = g.Distinct().Count() }).ToListAsync(stop);
        foreach (var one in found)
        {
            var key = one.Key;
            Row(fields.ById(key.FieldId)!.Name, new() { OwnerId = key.OwnerId, TeamId = key.TeamId, Origin = key.Origin, Stage = key.Stage, Kind = key.Kind }).Invalid = one.Count;
        }
    }

    private QualityCount Row(string field, QualityKey key)
    {
        if (!rows.TryGetValue((field, key), out var row)) rows[(field, key)] = row = new QualityCount(field, key.OwnerId, key.TeamId, key.Origin, key.Stage, key.Kind);
        return row;
    }

    private Expression<Func<Customer, bool>> Means(IReadOnlyList<KeyValuePair<string, string>> ask)
    {
        var filter = CustomerFilter.Parse(ask, [], fields, out var ignored);
        return ignored.Count == 0 ? filter.Means(who) : throw new InvalidOperationException($"The list knows no {string.Join(", ", ignored)}.");
    }

    private static MethodCallExpression Count(ParameterExpression group, Expression<Func<Customer, bool>> means) =>
        Expression.Call(typeof(Enumerable), nameof(Enumerable.Count), [typeof(Customer)], group, means);

    private sealed class Many
    {
        public required QualityKey Key { get; init; }
        public int Total { get; init; }
        public int[] Counts { get; init; } = [];
    }

    private sealed class One
    {
        public required QualityKey Key { get; init; }
        public int Count { get; init; }
    }
}

/// <summary>By what the numbers are kept.</summary>
internal sealed record QualityKey
{
    public long? OwnerId { get; init; }
    public long? TeamId { get; init; }
    public Via? Origin { get; init; }
    public LifecycleStage Stage { get; init; }
    public CustomerKind Kind { get; init; }

    public static Expression<Func<Customer, QualityKey>> Of =>
        c => new QualityKey { OwnerId = c.OwnerId, TeamId = c.TeamId, Origin = c.Origin, Stage = c.Stage, Kind = c.Kind };
}
