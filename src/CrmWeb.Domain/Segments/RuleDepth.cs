namespace CrmWeb.Domain.Segments;

/// <summary>How deep the parts of a rule stand in its one written form: what is shown can be typed, built and posted again.</summary>
internal static class RuleDepth
{
    /// <summary>The first part that stands deeper than <see cref="SegmentRule.MostDepth"/>; null where none does.</summary>
    public static RuleNode? TooDeep(RuleNode root) => Rule(root, 1);

    // around a whole rule there are no brackets, and around what is joined within it there are
    private static RuleNode? Rule(RuleNode rule, int depth) => rule switch
    {
        RuleNode.All all => First(all.Parts, depth),
        RuleNode.Any any => First(any.Parts, depth),
        _ => Part(rule, depth),
    };

    private static RuleNode? Part(RuleNode part, int depth) => depth > SegmentRule.MostDepth ? part : part switch
    {
        RuleNode.All or RuleNode.Any => Rule(part, depth + 1),
        RuleNode.Not not => Part(not.Of, depth + 1),
        RuleNode.Aggregate { Where: { } where } => Rule(where, depth + 1),
        _ => null,
    };

    private static RuleNode? First(IEnumerable<RuleNode> parts, int depth) => parts.Select(part => Part(part, depth)).FirstOrDefault(deep => deep is not null);
}
