using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrmWeb.Domain.Customers.Dates;
using CrmWeb.Domain.Segments;
using CrmWeb.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Segments.Building;

/// <summary>Makes the tree of a rule (<see cref="RuleTree"/>) of what the builder's form holds; <see cref="RuleAsParts"/> goes the other way.</summary>
public sealed class RuleParts
{
    /// <summary>What is expected of a condition whose value is not filled in yet.</summary>
    public const string Value = "a value";

    internal const string Not = "not ";
    private readonly List<(string Tree, string Path)> places = [];
    private readonly RuleWorld world;

    private RuleParts(RuleWorld world) => this.world = world;

    /// <summary>Reads the rule; where it is none, says at which part.</summary>
    public static bool TryRead(RulePart root, RuleWorld world, out SegmentRule? rule, out RuleError? error, out string path)
    {
        var parts = new RuleParts(world);
        path = "";
        JsonNode? tree;
        try
        {
            tree = parts.Write(root, "", "", null);
        }
        catch (UnfinishedException unfinished)
        {
            (rule, error, path) = (null, new RuleError(0, unfinished.Expected, null, null) { Path = "" }, unfinished.Path);
            return false;
        }

        if (tree is null)
        {
            (rule, error) = (null, new RuleError(0, RuleExpected.Clause, null, null) { Path = "" });
            return false;
        }

        if (RuleTree.TryRead(JsonSerializer.SerializeToElement(tree), world, out rule, out error)) return true;
        var at = error.Path ?? "";
        path = parts.places.Where(place => place.Tree.Length == 0 || at == place.Tree || at.StartsWith(place.Tree + "/", StringComparison.Ordinal)).OrderBy(place => place.Tree.Length).LastOrDefault().Path ?? "";
        return false;
    }

    /// <summary>Whether two forms say the same, be it a rule or not.</summary>
    public static bool AreSame(RulePart one, RulePart other, RuleWorld world)
    {
        try
        {
            return JsonNode.DeepEquals(new RuleParts(world).Write(one.Sorted(), "", "", null), new RuleParts(world).Write(other.Sorted(), "", "", null));
        }
        catch (UnfinishedException)
        {
            return false;
        }
    }

    /// <summary>What is wrong, in the language of the reader.</summary>
    public static string Say(RuleError error, IStringLocalizer L) => error.Expected == Value ? L["A value is missing here."] : RuleSentence.Of(error, L);

    /// <summary>Whether a rule has more brackets in brackets than conditions can show: it is kept as a text.</summary>
    public static bool IsTooDeep(SegmentRule rule, RuleWorld world) => !TryRead(RuleAsParts.Of(rule), world, out _, out var error, out _) && error!.Expected == RuleExpected.Shallower;

    private JsonNode? Write(RulePart part, string path, string tree, RuleCollection? within)
    {
        if (RulePart.Steps(path).Count > RulePart.MostDepth) throw new UnfinishedException(path, RuleExpected.Shallower);
        places.Add((tree, path));
        if (part.IsGroup) return Group(part, path, tree, within);
        if (string.IsNullOrEmpty(part.What)) throw new UnfinishedException(path, within is null ? RuleExpected.Field : RuleExpected.FieldOfCollection);
        var values = Lines(part);
        var (op, negated) = Plain(part.Operator);
        JsonObject node;
        if (part.What == RulePart.Tags) node = new() { ["tags"] = Array(values, path) };
        else if (part.What == RulePart.Segments) node = new() { ["segment"] = values is [var one, ..] ? one : throw new UnfinishedException(path, RuleExpected.Segment) };
        else if (part.Collection is { } name) node = Rows(part, path, tree + (negated ? "/not" : ""), name);
        else node = Compared(new() { ["field"] = part.What }, part, within is null ? RuleFields.Find(part.What, world) : within.Find(part.What), op, path);
        if (!negated) return node;
        places.Add((Under(tree, "not"), path));
        return new JsonObject { ["not"] = node };
    }

    private JsonNode? Group(RulePart part, string path, string tree, RuleCollection? within)
    {
        var negated = part.Join is RulePart.None or RulePart.NotAll;
        var inner = negated ? Under(tree, "not") : tree;
        if (part.Parts.Count == 0) return null;
        var key = part.Join is RulePart.Any or RulePart.None ? RulePart.Any : RulePart.All;
        JsonNode? joined;
        if (part.Parts is [var only])
        {
            joined = Write(only, RulePart.Under(path, 0), inner, within);
        }
        else
        {
            var parts = part.Parts.Select((each, i) => Write(each, RulePart.Under(path, i), Under(inner, string.Create(CultureInfo.InvariantCulture, $"{key}/{i}")), within))
                .Select((node, i) => node ?? throw new UnfinishedException(RulePart.Under(path, i), RuleExpected.Clause)).ToArray();
            joined = new JsonObject { [key] = new JsonArray(parts) };
        }

        return joined is not null && negated ? new JsonObject { ["not"] = joined } : joined;
    }

    private JsonObject Rows(RulePart part, string path, string tree, string name)
    {
        var collection = RuleFields.Collections.FirstOrDefault(each => each.Name == name) ?? throw new UnfinishedException(path, RuleExpected.Collection);
        var measure = (part.Measure ?? "count").Split(':', 2);
        var node = new JsonObject { ["function"] = measure[0], ["collection"] = name };
        var of = measure.Length == 2 ? collection.Find(measure[1]) : null;
        if (measure.Length == 2) node["of"] = measure[1];
        if (part.Parts is [var where, ..] && Write(where, RulePart.Under(path, 0), Under(tree, "where"), collection) is { } written) node["where"] = written;
        return Compared(node, part, of, Plain(part.Operator).Operator ?? ">=", path);
    }

    private static JsonObject Compared(JsonObject node, RulePart part, RuleField? field, string? op, string path)
    {
        var values = Lines(part);
        op ??= field?.Type is RuleType.Number or RuleType.Money or RuleType.Date ? ">=" : field?.Type == RuleType.YesNo ? "=" : "in";
        if (op is "is empty" or "is not empty")
        {
            node["operator"] = op;
            return node;
        }

        if (field?.Type == RuleType.Date && op != "in") values = [op == RuleOperator.Recurs.Write() ? Season(part, values, path) : Day(part, values, path)];
        if (field?.Type == RuleType.Text) values = values.ConvertAll(value => RuleText.Unquoted(value) ?? value);
        // one of one is that one: so a rule comes back as it was
        if (op == "in" && values.Count == 1) op = "=";
        node["operator"] = op;
        node["values"] = Array(op == "in" ? values : [.. values.Take(1)], path);
        return node;
    }

    private static string Day(RulePart part, List<string> values, string path)
    {
        var typed = values.Count > 0 ? values[0] : "";
        if (part.Unit == "today") return "today";
        if (part.Unit is not [var unit, ('-' or '+') and var sign])
        {
            if (typed.StartsWith("today", StringComparison.Ordinal)) return typed;
            return TypedDate.TryParse(typed, DateOrder.Unambiguous, out var date) ? date.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                : throw new UnfinishedException(path, RuleExpected.Date);
        }

        return string.Create(CultureInfo.InvariantCulture, $"today{sign}{Count(typed, path)}{unit}");
    }

    private static string Season(RulePart part, List<string> values, string path) => part.Unit switch
    {
        // the operator was chosen just now, and the unit is that of the one before
        null or "" or "on" or [_, '-' or '+'] => "this month",
        var unit when RulePart.TakesNumber(unit) => string.Create(CultureInfo.InvariantCulture, $"{unit[..5]}{Count(values.Count > 0 ? values[0] : "", path)}{unit[^1]}"),
        var unit => unit,
    };

    private static int Count(string typed, string path) =>
        int.TryParse(Latin(typed), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : throw new UnfinishedException(path, RuleExpected.Number);

    private static string Latin(string typed) => CrmWeb.Domain.Customers.SearchText.Fold(typed);

    private static JsonArray Array(List<string> values, string path) =>
        values.Count == 0 ? throw new UnfinishedException(path, Value) : new JsonArray([.. values.Select(value => JsonValue.Create(value))]);

    private static List<string> Lines(RulePart part) =>
        [.. part.Values.SelectMany(value => (value ?? "").Split('\n')).Select(value => value.Trim()).Where(value => value.Length > 0).Distinct(StringComparer.Ordinal)];

    private static (string? Operator, bool Negated) Plain(string? op) => op?.StartsWith(Not, StringComparison.Ordinal) == true ? (op[Not.Length..], true) : (op.OrNull(), false);

    private static string Under(string tree, string step) => tree.Length == 0 ? step : $"{tree}/{step}";

    /// <summary>What is not filled in yet cannot be written as a tree.</summary>
    private sealed class UnfinishedException(string path, string expected) : Exception
    {
        public string Path { get; } = path;

        public string Expected { get; } = expected;
    }
}
