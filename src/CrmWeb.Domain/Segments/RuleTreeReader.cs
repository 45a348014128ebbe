using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace CrmWeb.Domain.Segments;

/// <summary>Reads the nodes of a tree; the first error is the one that is told.</summary>
internal sealed class RuleTreeReader(RuleWorld world)
{
    private readonly RuleReading reading = new(world, isStored: false);
    private readonly Dictionary<RuleNode, string> places = new(ReferenceEqualityComparer.Instance);
    private int depth;
    private int nodes;

    public RuleError? Error { get; private set; }

    /// <summary>The rule of a whole tree.</summary>
    public RuleNode? Root(JsonElement tree) => Node(tree, "", null) switch
    {
        { } root when RuleDepth.TooDeep(root) is { } deep => Fail<RuleNode>(places[deep], RuleExpected.Shallower),
        var root => root,
    };

    private RuleNode? Node(JsonElement tree, string path, RuleCollection? within)
    {
        if (tree.ValueKind != JsonValueKind.Object) return Fail<RuleNode>(path, RuleExpected.Tree);
        if (depth > SegmentRule.MostDepth) return Fail<RuleNode>(path, RuleExpected.Shallower);
        if (++nodes > SegmentRule.MostClauses * 2) return Fail<RuleNode>(path, RuleExpected.Shorter);
        depth++;
        var node = Kind(tree, path, within);
        depth--;
        if (node is not null) places.TryAdd(node, path);
        return node;
    }

    private RuleNode? Kind(JsonElement tree, string path, RuleCollection? within)
    {
        if (tree.TryGetProperty("all", out var all)) return Parts(all, $"{path}/all", within, parts => new RuleNode.All(parts));
        if (tree.TryGetProperty("any", out var any)) return Parts(any, $"{path}/any", within, parts => new RuleNode.Any(parts));
        if (tree.TryGetProperty("not", out var not)) return Node(not, $"{path}/not", within) is { } of ? new RuleNode.Not(of) : null;
        if (tree.TryGetProperty("field", out var field)) return Comparison(tree, field, path, within);
        if (within is not null) return Fail<RuleNode>(path, RuleExpected.FieldOfCollection);
        if (tree.TryGetProperty("tags", out var tags))
            return List(tags, $"{path}/tags", (tag, at) => Row(RuleKind.Tag, tag, at)) is { } ids ? new RuleNode.HasTag([.. ids.Select(id => id!.Value).Distinct()]) : null;
        if (tree.TryGetProperty("segment", out var segment)) return Row(RuleKind.Segment, segment, $"{path}/segment") is { } member ? new RuleNode.InSegment(member) : null;
        return tree.TryGetProperty("function", out var function) ? Aggregate(tree, function, path) : Fail<RuleNode>(path, RuleExpected.Tree);
    }

    /// <summary>One part is that part.</summary>
    private RuleNode? Parts(JsonElement parts, string path, RuleCollection? within, Func<ImmutableArray<RuleNode>, RuleNode> join) =>
        List(parts, path, (part, at) => Node(part, at, within)) is not { } read ? null : read.Count == 1 ? read[0] : join([.. read.OfType<RuleNode>()]);

    private RuleNode? Comparison(JsonElement tree, JsonElement name, string path, RuleCollection? within)
    {
        if (reading.Field(Text(name) ?? "", within, out var wrong) is not { } field) return Fail<RuleNode>($"{path}/field", wrong, Text(name));
        return Test(tree, path, field, field.Operators, (op, values) => new RuleNode.Comparison(field, op, values));
    }

    private RuleNode? Aggregate(JsonElement tree, JsonElement name, string path)
    {
        if (RuleReading.Function(Text(name) ?? "") is not { } function) return Fail<RuleNode>($"{path}/function", RuleExpected.Tree, Text(name));
        var (asked, of) = (Text(tree, "collection"), Text(tree, "of"));
        if (RuleReading.Collection(asked ?? "", out var wrong) is not { } collection) return Fail<RuleNode>($"{path}/collection", wrong, asked);
        RuleField? field = null;
        if (of is not null || function != RuleFunction.Count)
        {
            field = reading.Field(of ?? "", collection, out wrong);
            if (field is null) return Fail<RuleNode>($"{path}/of", wrong, of);
            if (!field.Functions.Contains(function)) return Fail<RuleNode>($"{path}/of", RuleExpected.NumberField, of);
        }

        RuleNode? where = null;
        if (tree.TryGetProperty("where", out var condition) && condition.ValueKind != JsonValueKind.Null && (where = Node(condition, $"{path}/where", collection)) is null) return null;
        return Test(tree, path, field ?? RuleFields.Count, RuleOperators.Of(function, field), (op, values) => new RuleNode.Aggregate(function, collection, field, where, op, values));
    }

    private RuleNode? Test(JsonElement tree, string path, RuleField field, IReadOnlyList<RuleOperator> allowed, Func<RuleOperator, ImmutableArray<RuleValue>, RuleNode> make)
    {
        var asked = Text(tree, "operator");
        var known = Enum.GetValues<RuleOperator>().Where(op => op.Write() == asked).ToList();
        if (known is not [var op]) return Fail<RuleNode>($"{path}/operator", RuleExpected.Operator, asked);
        if (!allowed.Contains(op)) return Fail<RuleNode>($"{path}/operator", RuleExpected.OperatorOfField, asked);
        if (!op.TakesValue()) return make(op, []);
        if (!tree.TryGetProperty("values", out var values)) return Fail<RuleNode>($"{path}/values", RuleReading.Expects(field, op));
        if (List(values, $"{path}/values", (value, at) => Value(field, op, value, at)) is not { } read) return null;
        return op == RuleOperator.In || read.Count == 1 ? make(op, [.. read.OfType<RuleValue>().Distinct()]) : Fail<RuleNode>($"{path}/values", RuleExpected.FewerValues);
    }

    private RuleValue? Value(RuleField field, RuleOperator op, JsonElement value, string path)
    {
        if (Text(value) is not { } text) return Fail<RuleValue>(path, RuleReading.Expects(field, op));
        return reading.Value(field, op, RuleLiteral.OfTree(text), out var wrong) ?? Fail<RuleValue>(path, wrong, text);
    }

    private long? Row(RuleKind kind, JsonElement name, string path)
    {
        var id = reading.Row(kind, null, RuleLiteral.OfTree(Text(name) ?? ""), out var wrong);
        if (id is null) Fail<RuleNode>(path, wrong, Text(name));
        return id;
    }

    private List<T>? List<T>(JsonElement items, string path, Func<JsonElement, string, T?> read)
    {
        if (items.ValueKind != JsonValueKind.Array || items.GetArrayLength() == 0) return Fail<List<T>>(path, RuleExpected.Tree);
        if (items.GetArrayLength() > SegmentRule.MostValues) return Fail<List<T>>(path, RuleExpected.FewerValues);
        var list = new List<T>();
        foreach (var item in items.EnumerateArray())
        {
            if (read(item, string.Create(CultureInfo.InvariantCulture, $"{path}/{list.Count}")) is not { } one) return null;
            list.Add(one);
        }

        return list;
    }

    private static string? Text(JsonElement tree, string name) => tree.TryGetProperty(name, out var value) ? Text(value) : null;

    internal static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Said(value),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        _ => null,
    };

    // half of a surrogate pair is valid JSON and no text
    private static string? Said(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private T? Fail<T>(string path, RuleWrong wrong, string? found) where T : class => Fail<T>(path, wrong.Expected, found, wrong.Suggestion?.Trim('"'));

    private T? Fail<T>(string path, string expected, string? found = null, string? suggestion = null) where T : class
    {
        Error ??= new(0, expected, found, suggestion) { Path = path.TrimStart('/') };
        return null;
    }
}
