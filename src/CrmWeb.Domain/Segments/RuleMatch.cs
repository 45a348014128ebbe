using System.Linq.Expressions;
using CrmWeb.Domain.Customers;

namespace CrmWeb.Domain.Segments;

/// <summary>What is asked of values, without its negation: an operator that says what must be, and what it compares with.</summary>
internal sealed record RuleAsk(RuleOperator Operator, IReadOnlyList<RuleValue> Values, RuleMoment At)
{
    public RuleSources Sources => (RuleSources)At;

    /// <summary>Of <see cref="RuleOperator.Recurs"/>.</summary>
    public RuleSeason Season => RuleSeason.Of(Values[0], At.Today);

    public IEnumerable<T> Of<T>() where T : RuleValue => Values.OfType<T>();
}

/// <summary>
/// What each operator asks of a value of one kind: once for the database, with its values in closures, so that they become parameters, and once
/// in memory. Nobody asks them of a value that is not there.
/// </summary>
/// <typeparam name="T">Of the column, nullable.</typeparam>
internal abstract class RuleMatch<T>
{
    public abstract Expression<Func<T, bool>> Database(RuleAsk ask);

    public abstract bool Memory(T seen, RuleAsk ask);

    /// <summary>The value as a rule would write it, for people.</summary>
    public abstract RuleValue Show(T seen, RuleMoment at);

    protected static NotSupportedException Cannot(RuleAsk ask) => new($"{ask.Operator} is asked of no {typeof(T).Name}.");

    protected static Expression<Func<T, bool>> AnyOf(IEnumerable<Expression<Func<T, bool>>> tests) => tests.Aggregate((a, b) =>
        Expression.Lambda<Func<T, bool>>(Expression.OrElse(a.Body, b.On(a.Parameters[0])), a.Parameters));
}

internal static class RuleExpressions
{
    /// <summary>The body of a lambda with its parameter replaced.</summary>
    public static Expression On(this LambdaExpression lambda, Expression value) => new Replace(lambda.Parameters[0], value).Visit(lambda.Body);

    private sealed class Replace(ParameterExpression from, Expression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}

/// <summary>A text.</summary>
internal abstract class TextMatch : RuleMatch<string?>
{
    public override RuleValue Show(string? seen, RuleMoment at) => new RuleValue.Text(seen!);

    /// <summary>What filters of the list call it: they ask the same of a text.</summary>
    public static string InList(RuleOperator op) => op switch
    {
        RuleOperator.Is => CustomerFilterOperators.Is,
        RuleOperator.StartsWith => CustomerFilterOperators.Starts,
        RuleOperator.Contains => CustomerFilterOperators.Contains,
        _ => throw new NotSupportedException($"{op} is asked of no text."),
    };
}

/// <summary>A text as it was typed: without regard to case, as the list does it.</summary>
internal sealed class PlainMatch : TextMatch
{
#pragma warning disable CA1304, CA1311, MA0011 // translated to SQL, where an overload with a culture does not exist
    public override Expression<Func<string?, bool>> Database(RuleAsk ask)
    {
        List<string> typed = [.. ask.Of<RuleValue.Text>().Select(value => value.Typed)];
        if (typed is [var one]) return CustomerFilterConditions.Typed(InList(ask.Operator), one);
        List<string> lower = [.. typed.Select(text => text.ToLowerInvariant())];
        return x => typed.Contains(x!) || lower.Contains(x!.ToLower());
    }
#pragma warning restore CA1304, CA1311, MA0011

    public override bool Memory(string? seen, RuleAsk ask) => ask.Of<RuleValue.Text>().Any(value => ask.Operator switch
    {
        RuleOperator.Is => string.Equals(seen, value.Typed, StringComparison.OrdinalIgnoreCase),
        RuleOperator.StartsWith => seen!.StartsWith(value.Typed, StringComparison.OrdinalIgnoreCase),
        RuleOperator.Contains => seen!.Contains(value.Typed, StringComparison.OrdinalIgnoreCase),
        _ => throw Cannot(ask),
    });
}

/// <summary>A text in the form of <see cref="SearchText.Fold"/>, or another normal form: every way of writing is the same, and a beginning is a range of its index.</summary>
/// <param name="normal">What was typed in that form; empty matches nothing.</param>
internal sealed class FoldedMatch(Func<string, RuleAsk, string> normal) : TextMatch
{
    public static readonly FoldedMatch Plain = new((typed, _) => SearchText.Fold(typed));

    public override Expression<Func<string?, bool>> Database(RuleAsk ask)
    {
        List<string> sought = [.. Sought(ask)];
        return sought switch
        {
            [] => x => false,
            [var one] => CustomerFilterConditions.Folded(InList(ask.Operator), one),
            _ => x => sought.Contains(x!),
        };
    }

    public override bool Memory(string? seen, RuleAsk ask) => Sought(ask).Any(one => ask.Operator switch
    {
        RuleOperator.Is => seen == one,
        RuleOperator.StartsWith => seen!.StartsWith(one, StringComparison.Ordinal),
        RuleOperator.Contains => seen!.Contains(one, StringComparison.Ordinal),
        _ => throw Cannot(ask),
    });

    private IEnumerable<string> Sought(RuleAsk ask) => ask.Of<RuleValue.Text>().Select(value => normal(value.Typed, ask)).Where(text => text.Length > 0);
}

/// <summary>A country that is known is kept by its code, so it is asked for by its code, whichever way it is typed; any other is a text.</summary>
internal sealed class CountryMatch : TextMatch
{
    private static readonly PlainMatch Typed = new();

    public override Expression<Func<string?, bool>> Database(RuleAsk ask)
    {
        var values = ask.Of<RuleValue.Text>().ToLookup(value => Countries.TryFind(value.Typed, out _));
        List<string> codes = [.. values[true].Select(value => Code(value.Typed))];
        if (ask.Operator != RuleOperator.Is || codes.Count == 0) return Typed.Database(ask);
        var one = codes[0];
        Expression<Func<string?, bool>> known = codes.Count == 1 ? x => x == one : x => codes.Contains(x!);
        return values[false].Any() ? AnyOf([known, Typed.Database(ask with { Values = [.. values[false]] })]) : known;
    }

    public override bool Memory(string? seen, RuleAsk ask) => ask.Operator == RuleOperator.Is
        ? ask.Of<RuleValue.Text>().Any(value => Countries.TryFind(value.Typed, out var code) ? seen == code : Typed.Memory(seen, ask with { Values = [value] }))
        : Typed.Memory(seen, ask);

    private static string Code(string typed) => Countries.TryFind(typed, out var code) ? code : typed;
}

internal sealed class ChoiceMatch<T> : RuleMatch<T?> where T : struct, Enum
{
    public override Expression<Func<T?, bool>> Database(RuleAsk ask)
    {
        List<T?> chosen = [.. ask.Of<RuleValue.Word>().Select(value => (T?)RuleWords.Parse<T>(value.Name))];
        if (chosen.Count > 1) return x => chosen.Contains(x);
        // an equality: an index that has the column in its middle is used beyond it
        var one = chosen[0];
        Expression<Func<T?>> value = () => one;
        var seen = Expression.Parameter(typeof(T?), "x");
        return Expression.Lambda<Func<T?, bool>>(Expression.Equal(seen, value.Body), seen);
    }

    public override bool Memory(T? seen, RuleAsk ask) => ask.Of<RuleValue.Word>().Any(value => value.Name == RuleWords.Of(seen!.Value));

    public override RuleValue Show(T? seen, RuleMoment at) => new RuleValue.Word(RuleWords.Of(seen!.Value));
}

/// <summary>A row by its id.</summary>
internal sealed class RowMatch : RuleMatch<long?>
{
    public override Expression<Func<long?, bool>> Database(RuleAsk ask)
    {
        List<long?> ids = [.. ask.Of<RuleValue.Row>().Select(value => (long?)value.Id)];
        var one = ids[0];
        return ids.Count == 1 ? x => x == one : x => ids.Contains(x);
    }

    public override bool Memory(long? seen, RuleAsk ask) => ask.Of<RuleValue.Row>().Any(value => value.Id == seen);

    public override RuleValue Show(long? seen, RuleMoment at) => new RuleValue.Row(seen!.Value);
}

internal sealed class YesNoMatch : RuleMatch<bool?>
{
    public override Expression<Func<bool?, bool>> Database(RuleAsk ask)
    {
        var yes = ask.Of<RuleValue.YesNo>().First().IsYes;
        return x => x == yes;
    }

    public override bool Memory(bool? seen, RuleAsk ask) => ask.Of<RuleValue.YesNo>().Any(value => value.IsYes == seen);

    public override RuleValue Show(bool? seen, RuleMoment at) => new RuleValue.YesNo(seen!.Value);
}

/// <summary>Yes and no, kept as 1 and 0.</summary>
internal sealed class YesNumberMatch : RuleMatch<long?>
{
    public override Expression<Func<long?, bool>> Database(RuleAsk ask)
    {
        var yes = ask.Of<RuleValue.YesNo>().First().IsYes ? 1 : 0;
        return x => x == yes;
    }

    public override bool Memory(long? seen, RuleAsk ask) => ask.Of<RuleValue.YesNo>().Any(value => value.IsYes == (seen == 1));

    public override RuleValue Show(long? seen, RuleMoment at) => new RuleValue.YesNo(seen == 1);
}
