using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;

namespace CrmWeb.Web.Features.Shared;

/// <summary>
/// Finds a piece of text whatever its case, alike on every engine: some lower only the letters A to Z, so the other letters that are looked for
/// are lowered one by one.
/// </summary>
public static class AnyCase
{
    private const int MostLetters = 16;

    public static Expression<Func<T, bool>> Contains<T>(Expression<Func<T, string?>> of, string typed)
    {
        var sought = typed.ToLowerInvariant();
        var text = Call(of.Body, nameof(string.ToLower));
        foreach (var (upper, lower) in Letters(sought)) text = Call(text, nameof(string.Replace), upper, lower);
        return Expression.Lambda<Func<T, bool>>(Call(text, nameof(string.Contains), sought), of.Parameters);
    }

    public static Expression<Func<T, bool>> Or<T>(this Expression<Func<T, bool>> one, Expression<Func<T, bool>> other) =>
        Expression.Lambda<Func<T, bool>>(Expression.OrElse(one.Body, ReplacingExpressionVisitor.Replace(other.Parameters[0], one.Parameters[0], other.Body)), one.Parameters);

    private static IEnumerable<(string Upper, string Lower)> Letters(string sought) =>
        sought.Where(letter => !char.IsAscii(letter) && char.ToUpperInvariant(letter) != letter).Distinct().Take(MostLetters)
            .Select(letter => (char.ToUpperInvariant(letter).ToString(), letter.ToString()));

    // the values stand in closures: parameters of the statement
    private static MethodCallExpression Call(Expression text, string method, params string[] values) =>
        Expression.Call(text, typeof(string).GetMethod(method, [.. values.Select(_ => typeof(string))])!, values.Select(Closed));

    private static Expression Closed(string value)
    {
        Expression<Func<string>> closure = () => value;
        return closure.Body;
    }
}
