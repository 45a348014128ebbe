namespace CrmWeb.Domain.Segments;

/// <summary>What a rule says of one customer, clause by clause.</summary>
/// <param name="Node">The part of the rule.</param>
/// <param name="IsTrue">Whether it holds.</param>
/// <param name="Seen">The values that were compared; none where there is none, and of parts that compare nothing.</param>
/// <param name="Parts">Of all, any and not: the same of what they join.</param>
public sealed record RuleEvaluation(RuleNode Node, bool IsTrue, IReadOnlyList<RuleValue> Seen, IReadOnlyList<RuleEvaluation> Parts)
{
    public static RuleEvaluation Of(SegmentRule rule, RuleSubject subject, RuleMoment at) => throw new NotImplementedException();
}
