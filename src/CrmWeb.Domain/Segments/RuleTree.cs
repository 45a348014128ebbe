using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmWeb.Domain.Segments;

/// <summary>
/// A rule as JSON, for the builder and the API. Values are written as in the text, without quotes; numbers and truth values of JSON are read too. A
/// list of values stands in the order in which it was typed.
/// <code>
/// {"all": [NODE, NODE …]}   {"any": [NODE, NODE …]}   {"not": NODE}
/// {"field": "country", "operator": "in", "values": ["DE", "FR"]}
/// {"tags": ["vip"]}   {"segment": "Newsletter"}
/// {"function": "sum", "collection": "orders", "of": "total", "where": NODE, "operator": ">", "values": ["500"]}
/// </code>
/// </summary>
public static class RuleTree
{
    public static JsonObject Write(SegmentRule rule, RuleWorld world) => Write(rule.Root, world);

    /// <summary>Whether that is the tree of the rule, as it is written.</summary>
    public static bool Is(JsonElement tree, SegmentRule rule, RuleWorld world)
    {
        try
        {
            return JsonElement.DeepEquals(tree, JsonSerializer.SerializeToElement(Write(rule, world)));
        }
        catch (InvalidOperationException)
        {
            // half of a surrogate pair is valid JSON and no text
            return false;
        }
    }

    /// <summary>Reads what a builder or a program made. Never throws, whatever the tree; the error says where in it.</summary>
    public static bool TryRead(JsonElement tree, RuleWorld world, [NotNullWhen(true)] out SegmentRule? rule, [NotNullWhen(false)] out RuleError? error)
    {
        rule = null;
        var reader = new RuleTreeReader(world);
        var root = reader.Root(tree);
        if (root is null)
        {
            error = reader.Error ?? new(0, RuleExpected.Tree, null, null);
            return false;
        }

        // what is too large as a text is too large as a tree
        var read = new SegmentRule(root);
        if (SegmentRule.TryParse(read.ToText(world), world, out rule, out error)) return true;
        error = error with { Position = 0, Path = "", Found = null };
        return false;
    }

    private static JsonObject Write(RuleNode node, RuleWorld world) => node switch
    {
        RuleNode.All all => new() { ["all"] = Array(all.Parts.Select(part => Write(part, world))) },
        RuleNode.Any any => new() { ["any"] = Array(any.Parts.Select(part => Write(part, world))) },
        RuleNode.Not not => new() { ["not"] = Write(not.Of, world) },
        RuleNode.HasTag has => new() { ["tags"] = Array(has.TagIds.Select(id => (JsonNode)RuleText.Write(RuleKind.Tag, id, world))) },
        RuleNode.InSegment member => new() { ["segment"] = RuleText.Write(RuleKind.Segment, member.SegmentId, world) },
        RuleNode.Comparison one => Test(new() { ["field"] = one.Field.Name }, one.Field, one.Operator, one.Values, world),
        RuleNode.Aggregate one => Test(Measure(one, world), one.Of ?? RuleFields.Count, one.Operator, one.Values, world),
        _ => throw new NotSupportedException(node.GetType().Name),
    };

    private static JsonObject Measure(RuleNode.Aggregate one, RuleWorld world)
    {
        var measure = new JsonObject { ["function"] = RuleWords.Of(one.Function), ["collection"] = one.Collection.Name };
        if (one.Of is not null) measure["of"] = one.Of.Name;
        if (one.Where is not null) measure["where"] = Write(one.Where, world);
        return measure;
    }

    private static JsonObject Test(JsonObject of, RuleField field, RuleOperator op, ImmutableArray<RuleValue> values, RuleWorld world)
    {
        of["operator"] = op.Write();
        if (op.TakesValue()) of["values"] = Array(values.Select(value => (JsonNode)RuleText.Write(value, field, world, quoted: false)));
        return of;
    }

    private static JsonArray Array(IEnumerable<JsonNode> items) => [.. items];
}
