using System.Linq.Expressions;

namespace CrmWeb.Domain.Segments;

/// <summary>Rows by whose they are: one pass over them, instead of a look at the rows of each customer.</summary>
internal static class RuleGroups
{
    /// <summary>The customers whose rows pass a test together.</summary>
    public static IQueryable<long> Ids<TRow>(IQueryable<TRow> rows, Expression<Func<TRow, long>> customer, Func<Expression, Expression> test) =>
        rows.GroupBy(customer).Where(Of<IGrouping<long, TRow>>(test)).Select(group => group.Key);

    /// <summary>Likewise by one value of each.</summary>
    public static IQueryable<long> Ids<TRow, T>(IQueryable<TRow> rows, Expression<Func<TRow, long>> customer, Expression<Func<TRow, T>> column, Func<Expression, Expression> test) =>
        rows.GroupBy(customer, column).Where(Of<IGrouping<long, T>>(test)).Select(group => group.Key);

    public static Expression Count(Expression group) =>
        Expression.Convert(Expression.Call(typeof(Enumerable), nameof(Enumerable.LongCount), [group.Type.GenericTypeArguments[1]], group), typeof(long?));

    private static Expression<Func<T, bool>> Of<T>(Func<Expression, Expression> test)
    {
        var group = Expression.Parameter(typeof(T), "g");
        return Expression.Lambda<Func<T, bool>>(test(group), group);
    }
}
