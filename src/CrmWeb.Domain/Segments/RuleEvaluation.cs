namespace CrmWeb.Domain.Segments;

/// <summary>What a rule says of one customer, clause by clause: the same as the database, which a property test compares.</summary>
/// <param name="Node">The part of the rule.</param>
/// <param name="IsTrue">Whether it holds.</param>
/// <param name="Seen">The values that were compared; none where there is none, and of parts that compare nothing.</param>
/// <param name="Parts">The same of what all, any and not join.</param>
public sealed record RuleEvaluation(RuleNode Node, bool IsTrue, IReadOnlyList<RuleValue> Seen, IReadOnlyList<RuleEvaluation> Parts)
{
    public static RuleEvaluation Of(SegmentRule rule, RuleSubject subject, RuleMoment at) => Of(rule.Root, subject, at);

    private static RuleEvaluation Of(RuleNode node, RuleSubject subject, RuleMoment at)
    {
        List<RuleEvaluation> Each(IEnumerable<RuleNode> parts) => [.. parts.Select(part => Of(part, subject, at))];
        switch (node)
        {
            case RuleNode.All all:
                var every = Each(all.Parts);
                return new(node, every.TrueForAll(part => part.IsTrue), [], every);
            case RuleNode.Any any:
                var some = Each(any.Parts);
                return new(node, some.Exists(part => part.IsTrue), [], some);
            case RuleNode.Not not:
                var of = Each([not.Of]);
                return new(node, !of[0].IsTrue, [], of);
            case RuleNode.HasTag has:
                var tags = subject.Customer.Tags.Select(tag => tag.TagId).ToList();
                return new(node, has.TagIds.Any(tags.Contains), [.. tags.Select(id => new RuleValue.Row(id))], []);
            case RuleNode.InSegment member:
                return new(node, subject.Segments.Contains(member.SegmentId), [], []);
            case RuleNode.Comparison one:
                return new(node, Passes(one, subject.Customer, at), one.Field.Read(subject.Customer, at), []);
            default:
                var (isTrue, seen) = Measure((RuleNode.Aggregate)node, subject, at);
                return new(node, isTrue, seen is null ? [] : [seen], []);
        }
    }

    private static bool Passes(RuleNode.Comparison one, object row, RuleMoment at)
    {
        var (op, flips) = one.Operator.Plain();
        return one.Field.Evaluate(row, new(op, one.Values, at)) ^ flips;
    }

    private static (bool IsTrue, RuleValue? Seen) Measure(RuleNode.Aggregate one, RuleSubject subject, RuleMoment at)
    {
        var rows = one.Collection.Read(subject).Where(row => one.Where is null || Holds(one.Where, row, at)).ToList();
        var (op, flips) = one.Operator.Plain();
        var ask = new RuleAsk(op, one.Values, at);
        var (isTrue, seen) = one.Of is null
            ? (NumberMatch.Pieces.Memory(rows.Count, ask), new RuleValue.Number(rows.Count))
            : one.Of.Places[0].Evaluate(one.Function, rows, ask);
        return (isTrue ^ flips, seen);
    }

    /// <summary>Whether the condition of an aggregate holds of a row.</summary>
    private static bool Holds(RuleNode where, object row, RuleMoment at) => where switch
    {
        RuleNode.All all => all.Parts.All(part => Holds(part, row, at)),
        RuleNode.Any any => any.Parts.Any(part => Holds(part, row, at)),
        RuleNode.Not not => !Holds(not.Of, row, at),
        _ => Passes((RuleNode.Comparison)where, row, at),
    };
}
