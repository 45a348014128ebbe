using System.Linq.Expressions;
using CrmWeb.Data.History;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Duplicates;
using CrmWeb.Domain.Customers.Merges;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Segments;
using CrmWeb.Domain.Service;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Merging;

/// <summary>A column that names a customer: what becomes of its rows when that customer is merged into another.</summary>
/// <param name="Stays">Why the rows stay with the customer they name; null when they move.</param>
public record CustomerRelation(Type Row, string Key, string? Stays)
{
    public string Name => $"{Row.Name}.{Key}";
}

/// <summary>Every column that names a customer, as one table. A new one belongs here; a test of the model fails until it does.</summary>
public static class CustomerRelations
{
    private const string Copied = "what it says is copied to the survivor, so that both can be put back";

    public static readonly IReadOnlyList<CustomerRelation> All =
    [
        new MovedRelation<Interaction, long>(nameof(Interaction.CustomerId)) { Told = (_, ids) => Hanging(RecordKind.Interaction, ids), Kind = RecordKind.Interaction },
        new MovedRelation<CrmTask, long?>(nameof(CrmTask.CustomerId)) { Told = (_, ids) => Hanging(RecordKind.Task, ids), Kind = RecordKind.Task },
        new MovedRelation<Attachment, long>(nameof(Attachment.CustomerId)) { Told = (_, ids) => Hanging(RecordKind.Attachment, ids), Kind = RecordKind.Attachment },
        new MovedRelation<Order, long>(nameof(Order.CustomerId)) { Told = (_, ids) => Hanging(RecordKind.Order, ids), Kind = RecordKind.Order },
        new MovedRelation<Deal, long>(nameof(Deal.CustomerId)) { Told = (_, ids) => Hanging(RecordKind.Deal, ids), Kind = RecordKind.Deal },
        new MovedRelation<Case, long>(nameof(Case.CustomerId)) { Told = (_, ids) => Hanging(RecordKind.Case, ids), Kind = RecordKind.Case },
        new MovedRelation<CustomerEvent, long>(nameof(CustomerEvent.CustomerId)),
        // a stay that goes on in the same segment is one; who is in which from now on is judged anew
        new MovedRelation<Membership, long>(nameof(Membership.CustomerId))
        {
            Unless = (db, pair) => m => m.LeftAt == null && db.Memberships.Any(own => own.CustomerId == pair.Survivor && own.SegmentId == m.SegmentId && own.LeftAt == null),
        },
        new MovedRelation<Notification, long?>(nameof(Notification.CustomerId)),
        // who follows both follows one; their other row stays where it is, and is there again when the two come apart
        new MovedRelation<Follow, long>(nameof(Follow.CustomerId))
        {
            Unless = (db, pair) => f => db.Follows.Any(own => own.CustomerId == pair.Survivor && own.MemberId == f.MemberId),
        },
        new MovedRelation<Customer, long?>(nameof(Customer.OrganisationId))
        {
            But = pair => c => c.Id != pair.Survivor && c.Id != pair.Other,
            Told = (_, ids) => Themselves(ids, "organisationId"),
        },
        new MovedRelation<Customer, long?>(nameof(Customer.MergedIntoId)) { Told = (_, ids) => Themselves(ids, "mergedIntoId") },
        new MovedRelation<CustomValue, long?>(nameof(CustomValue.ReferenceId)) { But = pair => v => v.CustomerId != pair.Survivor && v.CustomerId != pair.Other, Told = References },
        Staying<ContactPoint>(nameof(ContactPoint.CustomerId), Copied),
        Staying<CustomerTag>(nameof(CustomerTag.CustomerId), Copied),
        Staying<CustomValue>(nameof(CustomValue.CustomerId), Copied),
        Staying<CustomerSearch>(nameof(CustomerSearch.CustomerId), "follows from the customer"),
        Staying<Merge>(nameof(Merge.SurvivorId), "says what happened"),
        Staying<Merge>(nameof(Merge.OtherId), "says what happened"),
        Staying<DuplicatePair>(nameof(DuplicatePair.FirstId), "is about these two"),
        Staying<DuplicatePair>(nameof(DuplicatePair.SecondId), "is about these two"),
        Staying<Domain.Customers.Quality.StaleTask>(nameof(Domain.Customers.Quality.StaleTask.CustomerId), "says of whom a rule made a task; the task itself moves, and is found where it stands"),
        Staying<Change>(nameof(Change.CustomerId), "its own history stays with it; that of what moves moves along"),
        Staying<Domain.Customers.Imports.ImportRow>(nameof(Domain.Customers.Imports.ImportRow.CustomerId), "says what an import did"),
        Staying<Domain.Customers.BulkEdits.BulkEditRow>(nameof(Domain.Customers.BulkEdits.BulkEditRow.CustomerId), "says what a bulk edit did"),
    ];

    internal static IEnumerable<IMovedRelation> Moved => All.OfType<IMovedRelation>();

    private static CustomerRelation Staying<T>(string key, string why) => new(typeof(T), key, why);

    private static Task<List<MoveTold>> Hanging(RecordKind kind, long[] ids) => Task.FromResult(ids.Select(id => new MoveTold(kind, id, null, "customerId")).ToList());

    private static Task<List<MoveTold>> Themselves(long[] ids, string field) => Task.FromResult(ids.Select(id => new MoveTold(RecordKind.Customer, id, id, field)).ToList());

    private static async Task<List<MoveTold>> References(CrmDb db, long[] ids)
    {
        var values = await db.CustomValues.IgnoreQueryFilters(MovedRows.Unseen).Where(v => ids.Contains(v.Id)).Select(v => new { v.CustomerId, v.Field!.Key }).ToListAsync();
        return values.ConvertAll(v => new MoveTold(RecordKind.Customer, v.CustomerId, v.CustomerId, CustomField.Prefix + v.Key));
    }
}

/// <summary>What the history tells of a moved row.</summary>
/// <param name="CustomerId">Null: the customer that it hangs on from now on.</param>
internal sealed record MoveTold(RecordKind Kind, long RecordId, long? CustomerId, string Field);

internal sealed record MergedPair(long Survivor, long Other);

internal interface IMovedRelation
{
    string Name { get; }

    /// <summary>Rows that name the other one.</summary>
    Task<long[]> Find(CrmDb db, MergedPair pair, CancellationToken stop);

    /// <summary>Those of the rows that name <paramref name="from"/> name <paramref name="to"/> from now on, and the history says so.</summary>
    Task Move(CrmDb db, long[] ids, long from, long to, CancellationToken stop);
}

internal static class MovedRows
{
    public static readonly string[] Unseen = [.. TenantScoping.Unseen, TenantScoping.FieldsFilter];
}

/// <typeparam name="TRow">The rows that name a customer.</typeparam>
/// <typeparam name="TKey">long, or long? where they need not name one.</typeparam>
internal sealed record MovedRelation<TRow, TKey>(string Column) : CustomerRelation(typeof(TRow), Column, null), IMovedRelation
    where TRow : TenantOwned
{
    private const int Batch = 5_000;

    public Func<MergedPair, Expression<Func<TRow, bool>>>? But { get; init; }

    /// <summary>Rows that stay, because the survivor has their like.</summary>
    public Func<CrmDb, MergedPair, Expression<Func<TRow, bool>>>? Unless { get; init; }

    public Func<CrmDb, long[], Task<List<MoveTold>>>? Told { get; init; }

    /// <summary>Records with a history of their own, which hangs on the customer as they do.</summary>
    public RecordKind? Kind { get; init; }

    public Task<long[]> Find(CrmDb db, MergedPair pair, CancellationToken stop)
    {
        var rows = Naming(db, pair.Other);
        if (But is not null) rows = rows.Where(But(pair));
        if (Unless?.Invoke(db, pair) is { } stay) rows = rows.Where(Expression.Lambda<Func<TRow, bool>>(Expression.Not(stay.Body), stay.Parameters));
        return rows.OrderBy(row => row.Id).Select(row => row.Id).ToArrayAsync(stop);
    }

    public async Task Move(CrmDb db, long[] ids, long from, long to, CancellationToken stop)
    {
        foreach (var some in ids.Chunk(Batch))
        {
            var there = await Naming(db, from).Where(row => some.Contains(row.Id)).Select(row => row.Id).ToArrayAsync(stop);
            if (there.Length == 0) continue;
            await db.Set<TRow>().IgnoreQueryFilters(MovedRows.Unseen).Where(row => there.Contains(row.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(Value, (TKey)(object)to), stop);
            if (Kind is { } kind)
            {
                await db.Changes.IgnoreQueryFilters(MovedRows.Unseen).Where(x => x.Record == kind && there.Contains(x.RecordId) && x.CustomerId == from)
                    .ExecuteUpdateAsync(set => set.SetProperty(x => x.CustomerId, to), stop);
            }

            if (Told is null) continue;
            var told = await Told(db, there);
            await db.Tell(told.ConvertAll(t => new Change(t.Kind, t.RecordId, t.CustomerId ?? to) { Field = t.Field, Old = ChangeText.Of(from), New = ChangeText.Of(to) }), stop);
        }
    }

    private Expression<Func<TRow, TKey>> Value
    {
        get
        {
            var row = Expression.Parameter(typeof(TRow), "row");
            return Expression.Lambda<Func<TRow, TKey>>(Expression.Property(row, Column), row);
        }
    }

    private IQueryable<TRow> Naming(CrmDb db, long customerId)
    {
        // through a closure, so that it is a parameter
        Expression<Func<long>> id = () => customerId;
        var value = Value;
        var named = Expression.Equal(value.Body, Expression.Convert(id.Body, typeof(TKey)));
        return db.Set<TRow>().IgnoreQueryFilters(MovedRows.Unseen).Where(Expression.Lambda<Func<TRow, bool>>(named, value.Parameters));
    }
}
