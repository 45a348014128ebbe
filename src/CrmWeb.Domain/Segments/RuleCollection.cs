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
        Expression test = Expression.Equal(customer.On(row), Id.On(customerRow));
        if (counts is not null) test = Expression.AndAlso(test, counts.On(row));
        if (where(row) is { } further) test = Expression.AndAlso(test, further);
        // in a closure, as a compiler would put it there
        var all = source(sources);
        Expression<Func<IQueryable<T>>> rows = () => all;
        return Expression.Call(typeof(Queryable), nameof(Queryable.Where), [typeof(T)], rows.Body, Expression.Quote(Expression.Lambda<Func<T, bool>>(test, row)));
    }

    internal override Expression Count(Expression rows) => Expression.Call(typeof(Queryable), nameof(Queryable.Count), [typeof(T)], rows);

    internal override Expression Any(Expression rows) => Expression.Call(typeof(Queryable), nameof(Queryable.Any), [typeof(T)], rows);

    internal override IEnumerable<object> Read(RuleSubject subject) => read(subject).Where(row => isCounted.Value?.Invoke(row) != false);
}
