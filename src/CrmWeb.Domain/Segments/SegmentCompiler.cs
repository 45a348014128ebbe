using System.Linq.Expressions;
using CrmWeb.Domain.Customers;

namespace CrmWeb.Domain.Segments;

/// <summary>
/// A rule as a condition on customers that the database answers. A negation goes down to the clauses it reaches, for each clause knows what its
/// opposite is, also where there is no value (see <see cref="RulePlace"/>).
/// </summary>
public static class SegmentCompiler
{
    public static Expression<Func<Customer, bool>> Compile(SegmentRule rule, RuleSources sources)
    {
        var customer = Expression.Parameter(typeof(Customer), "c");
        return Expression.Lambda<Func<Customer, bool>>(Node(rule.Root, customer, sources, isNot: false), customer);
    }

    private static Expression Node(RuleNode node, Expression row, RuleSources sources, bool isNot) => node switch
    {
        RuleNode.All all => Join(all.Parts, row, sources, isNot, isNot ? Expression.OrElse : Expression.AndAlso),
        RuleNode.Any any => Join(any.Parts, row, sources, isNot, isNot ? Expression.AndAlso : Expression.OrElse),
        RuleNode.Not not => Node(not.Of, row, sources, !isNot),
        RuleNode.Comparison one => Comparison(one, row, sources, isNot),
        RuleNode.HasTag has => Maybe(isNot, HasTag(has, row, sources)),
        RuleNode.InSegment member => Maybe(isNot, InSegment(member, row, sources)),
        RuleNode.Aggregate aggregate => Aggregate(aggregate, row, sources, isNot),
        _ => throw new NotSupportedException(node.GetType().Name),
    };

    private static Expression Join(IEnumerable<RuleNode> parts, Expression row, RuleSources sources, bool isNot, Func<Expression, Expression, Expression> how) =>
        parts.Select(part => Node(part, row, sources, isNot)).Aggregate(how);

    private static Expression Comparison(RuleNode.Comparison one, Expression row, RuleSources sources, bool isNot)
    {
        var (op, flips) = one.Operator.Plain();
        return one.Field.Compile(row, new(op, one.Values, sources), isNot ^ flips);
    }

    private static Expression HasTag(RuleNode.HasTag has, Expression row, RuleSources sources)
    {
        List<long> ids = [.. has.TagIds];
        var one = ids[0];
        var tagged = ids.Count == 1 ? sources.Tags.Where(t => t.TagId == one) : sources.Tags.Where(t => ids.Contains(t.TagId));
        return RuleAmong.Of(tagged.Select(t => t.CustomerId), row, sources);
    }

    private static Expression InSegment(RuleNode.InSegment member, Expression row, RuleSources sources) => RuleAmong.Of(sources.MembersOf(member.SegmentId), row, sources);

    private static Expression Aggregate(RuleNode.Aggregate one, Expression row, RuleSources sources, bool isNot)
    {
        Expression? Where(Expression item) => one.Where is null ? null : Node(one.Where, item, sources, isNot: false);
        var (op, flips) = one.Operator.Plain();
        var ask = new RuleAsk(op, one.Values, sources);
        // that there is one at all is found without counting them
        if (one.Of is null && Existence(one) is { } exists)
        {
            return Maybe(isNot ^ !exists, sources is { IsLiteral: true, OfFew: false } && one.Where is not null
                ? RuleAmong.Of(one.Collection.Having(sources, Where), row, sources)
                : one.Collection.Any(one.Collection.Rows(row, sources, Where)));
        }

        if (!sources.OfFew) return Maybe(isNot ^ flips, Grouped(one, ask, row, Where));
        var rows = one.Collection.Rows(row, sources, Where);
        return one.Of is { } field
            ? field.Places[0].Compile(one.Function, rows, ask, isNot ^ flips)
            : Maybe(isNot ^ flips, NumberMatch.Pieces.Database(ask).On(Expression.Convert(one.Collection.Count(rows), typeof(long?))));
    }

    /// <summary>Whoever has no row is in no group: where nothing passes, those are asked for who do not.</summary>
    private static Expression Grouped(RuleNode.Aggregate one, RuleAsk ask, Expression row, Func<Expression, Expression?> where)
    {
        var place = one.Of?.Places[0];
        var ofNone = one.Function is RuleFunction.Count or RuleFunction.Sum && NumberMatch.Money.Memory(0, ask);
        var ids = one.Collection.Grouped(ask.Sources, where, place, group =>
            Maybe(ofNone, place is null ? NumberMatch.Pieces.Database(ask).On(RuleGroups.Count(group)) : place.CompileGroup(one.Function, group, ask)));
        // as a table of its own, or the customer would be asked for within each group
        return Maybe(ofNone, RuleAmong.Of(ask.Sources.IsLiteral ? ids : ids.Distinct(), row, ask.Sources));
    }

    /// <summary>Whether a count asks only that there is a row, or that there is none; null when it asks for more.</summary>
    private static bool? Existence(RuleNode.Aggregate count) => (count.Operator, count.Values) switch
    {
        (RuleOperator.More or RuleOperator.IsNot, [RuleValue.Number { Amount: 0 }]) or (RuleOperator.AtLeast, [RuleValue.Number { Amount: 1 }]) => true,
        (RuleOperator.Is or RuleOperator.AtMost, [RuleValue.Number { Amount: 0 }]) or (RuleOperator.Less, [RuleValue.Number { Amount: 1 }]) => false,
        _ => null,
    };

    private static Expression Maybe(bool isNot, Expression condition) => isNot ? Expression.Not(condition) : condition;
}
