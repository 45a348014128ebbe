using CrmWeb.Domain.Segments;

namespace CrmWeb.Web.Features.Segments.Building;

/// <summary>A rule as the form of the builder holds it.</summary>
public static class RuleAsParts
{
    /// <summary>The form of a rule; the root is a group.</summary>
    public static RulePart Of(SegmentRule rule)
    {
        var root = Of(rule.Root);
        return root.IsGroup ? root : RulePart.Group(RulePart.All, root);
    }

    private static RulePart Of(RuleNode node) => node switch
    {
        RuleNode.All all => RulePart.Group(RulePart.All, all.Parts.Select(Of)),
        RuleNode.Any any => RulePart.Group(RulePart.Any, any.Parts.Select(Of)),
        RuleNode.Not { Of: RuleNode.All all } => RulePart.Group(RulePart.NotAll, all.Parts.Select(Of)),
        RuleNode.Not { Of: RuleNode.Any any } => RulePart.Group(RulePart.None, any.Parts.Select(Of)),
        RuleNode.Not not => Of(not.Of) is { IsGroup: false } part && CanNegate(part) ? Negated(part) : RulePart.Group(RulePart.None, Of(not.Of)),
        RuleNode.HasTag has => new() { What = RulePart.Tags, Operator = "in", Values = [.. has.TagIds.Select(RuleText.Id)] },
        RuleNode.InSegment member => new() { What = RulePart.Segments, Operator = "in", Values = [RuleText.Id(member.SegmentId)] },
        RuleNode.Comparison one => Compared(new() { What = one.Field.Name }, one.Field, one.Operator, one.Values),
        RuleNode.Aggregate one => Aggregate(one),
        _ => throw new NotSupportedException(node.GetType().Name),
    };

    private static RulePart Aggregate(RuleNode.Aggregate one)
    {
        var function = RuleWords.Of(one.Function);
        var part = new RulePart { What = RulePart.Rows + one.Collection.Name, Measure = one.Of is null ? function : $"{function}:{one.Of.Name}" };
        var where = one.Where is null ? null : Of(one.Where);
        part.Parts.Add(where is null ? RulePart.Group() : where.IsGroup ? where : RulePart.Group(RulePart.All, where));
        return Compared(part, one.Of ?? RuleFields.Count, one.Operator, one.Values);
    }

    private static RulePart Compared(RulePart part, RuleField field, RuleOperator op, IReadOnlyList<RuleValue> values)
    {
        var several = field.Type is RuleType.Text or RuleType.Choice or RuleType.Row;
        part.Operator = op switch
        {
            RuleOperator.Is when several => "in",
            RuleOperator.IsNot when several => "not in",
            _ => op.Write(),
        };
        part.Values = [.. values.Select(value => RuleText.Write(value, field, null, quoted: value is RuleValue.Text { Typed: var typed } && NeedsQuotes(typed)))];
        if (field.Type == RuleType.Date && op != RuleOperator.In && part.Values is [var day]) (part.Unit, part.Values) = op == RuleOperator.Recurs ? Season(day) : Day(day);
        return part;
    }

    // spaces around what is typed into a form mean nothing
    private static bool NeedsQuotes(string typed) => typed.Trim() != typed || RuleText.Unquoted(typed) is not null;

    // today-90d is 90 of d-
    private static (string Unit, List<string> Values) Day(string day) => day switch
    {
        "today" => (day, [""]),
        _ when day.StartsWith("today", StringComparison.Ordinal) => ($"{day[^1]}{day[5]}", [day[6..^1]]),
        _ => ("on", [day]),
    };

    // next 30d is 30 of next d
    private static (string Unit, List<string> Values) Season(string season) =>
        char.IsDigit(season[^2]) ? ($"{season[..5]}{season[^1]}", [season[5..^1]]) : (season, [""]);

    private static bool CanNegate(RulePart part) => part.Operator is "in" or "contains" or "starts with" or "recurs in" && part.Collection is null;

    private static RulePart Negated(RulePart part)
    {
        part.Operator = RuleParts.Not + part.Operator;
        return part;
    }
}
