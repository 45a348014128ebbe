using System.Globalization;
using System.Linq.Expressions;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Shared;

/// <summary>One order of a list: by a column, and by their ids where rows are equal in it.</summary>
public abstract class KeyOrder<T>(string name)
    where T : TenantOwned
{
    /// <summary>The word in the address.</summary>
    public string Name { get; } = name;

    public abstract IQueryable<T> Order(IQueryable<T> rows, bool down);

    /// <summary>The rows that stand behind one of them; null when there is no such row.</summary>
    /// <param name="all">Where that row is looked for: it may fit the filters no more.</param>
    public abstract Task<IQueryable<T>?> Beyond(IQueryable<T> rows, IQueryable<T> all, long id, bool down, CancellationToken stop);

    /// <param name="key">Never null: engines do not agree where nulls stand.</param>
    public static KeyOrder<T> By<TKey>(string name, Expression<Func<T, TKey>> key) => new OrderBy<TKey>(name, key);

    private sealed class OrderBy<TKey>(string name, Expression<Func<T, TKey>> key) : KeyOrder<T>(name)
    {
        public override IQueryable<T> Order(IQueryable<T> rows, bool down) =>
            down ? rows.OrderByDescending(key).ThenByDescending(row => row.Id) : rows.OrderBy(key).ThenBy(row => row.Id);

        public override async Task<IQueryable<T>?> Beyond(IQueryable<T> rows, IQueryable<T> all, long id, bool down, CancellationToken stop)
        {
            if (await all.Where(row => row.Id == id).Select(key).Take(1).ToListAsync(stop) is not [var edge]) return null;
            Expression<Func<TKey>> edgeKey = () => edge;
            Expression<Func<long>> edgeId = () => id;
            var row = key.Parameters[0];
            var rowId = Expression.Property(row, nameof(TenantOwned.Id));
            // the first condition alone is a range of the index
            return rows.Where(Expression.Lambda<Func<T, bool>>(
                Expression.AndAlso(
                    Compare(key.Body, edgeKey.Body, down ? ExpressionType.LessThanOrEqual : ExpressionType.GreaterThanOrEqual),
                    Expression.OrElse(
                        Compare(key.Body, edgeKey.Body, down ? ExpressionType.LessThan : ExpressionType.GreaterThan),
                        Compare(rowId, edgeId.Body, down ? ExpressionType.LessThan : ExpressionType.GreaterThan))),
                row));
        }

        // the nought of string.Compare is no value: it is the same in each list
        private static BinaryExpression Compare(Expression left, Expression right, ExpressionType how) => left.Type == typeof(string)
            ? Expression.MakeBinary(how, Expression.Call(typeof(string), nameof(string.Compare), null, left, right), Expression.Default(typeof(int)))
            : Expression.MakeBinary(how, left, right);
    }
}

/// <summary>Orders and pages of a list, by key. A cursor is the id of the row at the edge; a minus before a sort turns it round.</summary>
/// <param name="orders">Those there are.</param>
/// <param name="asked">Of the address; an unknown one falls back.</param>
/// <param name="otherwise">What the list is sorted by unless somebody asks.</param>
public sealed class KeyPages<T>(IReadOnlyList<KeyOrder<T>> orders, string? asked, string otherwise)
    where T : TenantOwned
{
    public const int Size = 50;
    private const int CountedUpTo = 10_000;

    /// <summary>The order that holds.</summary>
    public string Sort { get; } = IsKnown(orders, asked) ? asked! : otherwise;

    /// <summary>The words of every order.</summary>
    public static string[] Sorts(IEnumerable<KeyOrder<T>> orders) => [.. orders.SelectMany(order => new[] { order.Name, "-" + order.Name })];

    /// <param name="rows">What the filters leave.</param>
    /// <param name="all">Without the filters.</param>
    public async Task<(List<TRow> Rows, Pager Pager)> Page<TRow>(
        IQueryable<T> rows, IQueryable<T> all, Expression<Func<T, TRow>> row, Func<TRow, long> id, string? after, string? before, CancellationToken stop)
    {
        var total = await rows.Take(CountedUpTo + 1).CountAsync(stop);
        var back = after is null && before is not null;
        var edge = Read(after ?? before);
        var beyond = edge is { } from ? await By.Beyond(rows, all, from, Down != back, stop) : null;
        if (beyond is null) (edge, back) = (null, false);
        var found = await By.Order(beyond ?? rows, Down != back).Take(Size + 1).Select(row).ToListAsync(stop);
        var more = found.Count > Size;
        if (more) found.RemoveAt(Size);
        if (back) found.Reverse();
        var (hasBefore, hasAfter) = (back ? more : edge is not null, back || more);
        return (found, new Pager(
            hasBefore && found.Count > 0 ? Write(id(found[0])) : null, hasAfter && found.Count > 0 ? Write(id(found[^1])) : null, found.Count,
            new CappedCount(Math.Min(total, CountedUpTo), total > CountedUpTo)));
    }

    public IQueryable<T> Order(IQueryable<T> rows) => By.Order(rows, Down);

    /// <summary>What follows a cursor, in order; null when it is none.</summary>
    public async Task<IQueryable<T>?> Following(IQueryable<T> rows, IQueryable<T> all, string? after, CancellationToken stop)
    {
        if (string.IsNullOrEmpty(after)) return Order(rows);
        return Read(after) is { } id && await By.Beyond(rows, all, id, Down, stop) is { } beyond ? Order(beyond) : null;
    }

    public static string Write(long id) => id.ToString(CultureInfo.InvariantCulture);

    private bool Down => Sort[0] == '-';

    private KeyOrder<T> By => orders.First(order => order.Name == Sort.TrimStart('-'));

    private static bool IsKnown(IReadOnlyList<KeyOrder<T>> orders, string? asked) => asked is { Length: > 0 } && Sorts(orders).Contains(asked, StringComparer.Ordinal);

    private static long? Read(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
