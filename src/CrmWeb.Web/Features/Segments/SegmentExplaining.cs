using System.Text.Json.Nodes;
using CrmWeb.Data;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Segments;
using CrmWeb.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Segments;

/// <summary>What a stored rule says of one customer, clause by clause, as the member sees both.</summary>
internal static class SegmentExplaining
{
    /// <summary>Null where the customer is not there for the member, or the rule not theirs to read.</summary>
    public static async Task<(RuleEvaluation Of, SegmentRule Rule, RuleWorld World)?> Explain(CrmDb db, MemberRules rules, string stored, long customerId, CancellationToken stop)
    {
        if (await rules.Open(stored, stop) is not var (rule, world)) return null;
        if (await db.RuleSubjects([customerId], rule.Uses, segment => db.MembersOf(segment), stop) is not [var subject]) return null;
        return (RuleEvaluation.Of(rule, subject, rules.Sources), rule, world);
    }

    /// <summary>Since when the customer is in the segment; null when it is not.</summary>
    public static Task<DateTime?> Since(CrmDb db, long segmentId, long customerId, CancellationToken stop) =>
        db.Memberships.Where(m => m.SegmentId == segmentId && m.CustomerId == customerId && m.LeftAt == null).Select(m => (DateTime?)m.EnteredAt).SingleOrDefaultAsync(stop);

    /// <param name="evaluated">What was found.</param>
    /// <param name="tree">The same part of the rule, as a tree.</param>
    /// <param name="world">For names.</param>
    public static ExplainedJson Write(RuleEvaluation evaluated, JsonObject tree, RuleWorld world)
    {
        if (evaluated.Parts.Count == 0) return new(tree.DeepClone(), evaluated.IsTrue, [.. evaluated.Seen.Select(value => Text(value, evaluated.Node, world))], null);
        var (word, inner) = tree.Single();
        JsonObject[] parts = inner is JsonArray array ? [.. array.Select(part => part!.AsObject())] : [inner!.AsObject()];
        return new(JsonValue.Create(word), evaluated.IsTrue, null, [.. evaluated.Parts.Select((part, i) => Write(part, parts[i], world))]);
    }

    private static string Text(RuleValue value, RuleNode node, RuleWorld world) => node switch
    {
        RuleNode.HasTag => RuleText.Write(RuleKind.Tag, ((RuleValue.Row)value).Id, world),
        RuleNode.Comparison one => RuleText.Write(value, one.Field, world, quoted: false),
        _ => RuleText.Write(value, ((RuleNode.Aggregate)node).Of ?? RuleFields.Count, world, quoted: false),
    };
}
