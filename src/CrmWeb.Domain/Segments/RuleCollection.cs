using System.Linq.Expressions;
using CrmWeb.Domain.Customers;

namespace CrmWeb.Domain.Segments;

/// <summary>Rows that hang on a customer and can be counted and summed up.</summary>
public abstract class RuleCollection
{
    private protected RuleCollection(string name, IReadOnlyList<RuleField> fields)
    {
        (Name, Fields) = (name, fields);
        foreach (var field in fields) field.Collection = name;
    }

    public string Name { get; }

    public IReadOnlyList<RuleField> Fields { get; }

    public RuleField? Find(string name) => Fields.FirstOrDefault(field => field.Name == name);

    /// <summary>The rows of a customer that a condition means, as a query.</summary>
    internal abstract Expression Rows(Expression customer, RuleSources sources, Func<Expression, Expression?> where);

    /// <summary>The ids of the customers who have such a row.</summary>
    internal abstract IQueryable<long> Having(RuleSources sources, Func<Expression, Expression?> where);

    /// <summary>The ids of the customers of whose rows something holds together.</summary>
    /// <param name="of">What is made of each row; null of a count.</param>
    /// <param name="test">Of a group.</param>
    internal abstract IQueryable<long> Grouped(RuleSources sources, Func<Expression, Expression?> where, RulePlace? of, Func<Expression, Expression> test);

    internal abstract Expression Count(Expression rows);

    internal abstract Expression Any(Expression rows);

    internal abstract IEnumerable<object> Read(RuleSubject subject);
}

/// <param name="name">As rules write it.</param>
/// <param name="source">All rows of the tenant.</param>
/// <param name="customer">Whose a row is: the column that its index leads with.</param>
/// <param name="counts">Which rows there are at all.</param>
/// <param name="read">Those of one customer.</param>
/// <param name="fields">Of a row.</param>
internal sealed class RuleCollection<T>(
    string name, Func<RuleSources, IQueryable<T>> source, Expression<Func<T, long?>> customer, Expression<Func<T, bool>>? counts, Func<RuleSubject, IEnumerable<T>> read,
    IReadOnlyList<RuleField> fields) : RuleCollection(name, fields)
    where T : class
{
    private static readonly Expression<Func<Customer, long?>> Id = c => c.Id;

    private readonly Lazy<Func<T, bool>?> isCounted = new(() => counts?.Compile());

    internal override Expression Rows(Expression customerRow, RuleSources sources, Func<Expression, Expression?> where)
    {
        var row = Expression.Parameter(typeof(T), "x");
        var test = Test(Expression.Equal(customer.On(row), Id.On(customerRow)), row, where);
        // in a closure, as a compiler would put it there
        var all = source(sources);
        Expression<Func<IQueryable<T>>> rows = () => all;
        return Expression.Call(typeof(Queryable), nameof(Queryable.Where), [typeof(T)], rows.Body, Expression.Quote(Expression.Lambda<Func<T, bool>>(test, row)));
    }

    internal override IQueryable<long> Having(RuleSources sources, Func<Expression, Expression?> where) => All(sources, where).Select(Key);

    internal override IQueryable<long> Grouped(RuleSources sources, Func<Expression, Expression?> where, RulePlace? of, Func<Expression, Expression> test) => of is null
        ? RuleGroups.Ids(All(sources, where), Key, test)
        : of.Grouped(All(sources, where), Key, test);

    private IQueryable<T> All(RuleSources sources, Func<Expression, Expression?> where)
    {
        var row = Expression.Parameter(typeof(T), "x");
        return source(sources).Where(Expression.Lambda<Func<T, bool>>(Test(Expression.NotEqual(customer.On(row), Expression.Constant(null, typeof(long?))), row, where), row));
    }

    private Expression Test(Expression whose, Expression row, Func<Expression, Expression?> where)
    {
        if (counts is not null) whose = Expression.AndAlso(whose, counts.On(row));
        return where(row) is { } further ? Expression.AndAlso(whose, further) : whose;
    }

    private Expression<Func<T, long>> Key
    {
        get
        {
            var row = Expression.Parameter(typeof(T), "x");
            return Expression.Lambda<Func<T, long>>(customer.On(row) is UnaryExpression { NodeType: ExpressionType.Convert, Operand: var id } && id.Type == typeof(long) ? id : Expression.Property(customer.On(row), nameof(Nullable<long>.Value)), row);
        }
    }

    internal override Expression Count(Expression rows) => Expression.Call(typeof(Queryable), nameof(Queryable.LongCount), [typeof(T)], rows);

    internal override Expression Any(Expression rows) => Expression.Call(typeof(Queryable), nameof(Queryable.Any), [typeof(T)], rows);

    internal override IEnumerable<object> Read(RuleSubject subject) => read(subject).Where(row => isCounted.Value?.Invoke(row) != false);
}
