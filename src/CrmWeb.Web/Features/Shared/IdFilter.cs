using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;

namespace CrmWeb.Web.Features.Shared;

/// <summary>A filter by records that are chosen: any of them, none of them, one at all, none at all.</summary>
public static class IdFilter
{
    /// <summary>What stands for the member who asks.</summary>
    public const string Me = "me";

    /// <param name="me">The number that <see cref="Me"/> means.</param>
    public static IQueryable<T> ByIds<T>(this IQueryable<T> rows, Expression<Func<T, long?>> key, Filter filter, long me = 0)
    {
        var asked = filter.Values.Select(value => value == Me ? me : long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).ToArray();
        Expression<Func<long?, bool>> fits = filter.Operator switch
        {
            "any" => id => id != null && asked.Contains(id.Value),
            "none" => id => id == null || !asked.Contains(id.Value),
            Filters.Empty => id => id == null,
            _ => id => id != null,
        };
        return rows.Where(Expression.Lambda<Func<T, bool>>(ReplacingExpressionVisitor.Replace(fits.Parameters[0], key.Body, fits.Body), key.Parameters));
    }
}
