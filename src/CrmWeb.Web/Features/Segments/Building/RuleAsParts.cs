using System.Globalization;
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
        RuleNode.HasTag has => new() { What = RulePart.Tags, Operator = "in", Values = [.. has.TagIds.Select(Id)] },
        RuleNode.InSegment member => new() { What = RulePart.Segments, Operator = "in", Values = [Id(member.SegmentId)] },
        RuleNode.Comparison one => Compared(new() { What = one.Field.Name }, one.Field.Type, one.Operator, one.Values),
        RuleNode.Aggregate one => Aggregate(one),
        _ => throw new NotSupportedException(node.GetType().Name),
    };

    private static RulePart Aggregate(RuleNode.Aggregate one)
    {
        var function = RuleWords.Of(one.Function);
        var part = new RulePart { What = RulePart.Rows + one.Collection.Name, Measure = one.Of is null ? function : $"{function}:{one.Of.Name}" };
        var where = one.Where is null ? null : Of(one.Where);
        part.Parts.Add(where is null ? RulePart.Group() : where.IsGroup ? where : RulePart.Group(RulePart.All, where));
        return Compared(part, one.Of?.Type ?? RuleType.Number, one.Operator, one.Values);
    }

    private static RulePart Compared(RulePart part, RuleType type, RuleOperator op, IReadOnlyList<RuleValue> values)
    {
        var several = type is RuleType.Text or RuleType.Choice or RuleType.Row;
        part.Operator = op switch
        {
            RuleOperator.Is when several => "in",
            RuleOperator.IsNot when several => "not in",
            _ => op.Write(),
        };
        if (type == RuleType.Date && op != RuleOperator.In && values is [var day])
        {
            (part.Unit, var typed) = day switch
            {
                RuleValue.Today { Count: 0 } => ("today", ""),
                RuleValue.Today { Count: var count, Unit: var unit } => ($"{(unit switch { RuleUnit.Days => 'd', RuleUnit.Weeks => 'w', RuleUnit.Months => 'm', _ => 'y' })}{(count < 0 ? '-' : '+')}", Math.Abs(count).ToString(CultureInfo.InvariantCulture)),
                RuleValue.Day { Date: var date } => ("on", date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                _ => ("on", ""),
            };
            part.Values = [typed];
            return part;
        }

        part.Values = [.. values.Select(Text)];
        return part;
    }

    private static string Text(RuleValue value) => value switch
    {
        RuleValue.Text text => text.Typed,
        RuleValue.Number number => number.Amount.ToString("0.############", CultureInfo.InvariantCulture) + (number.Currency is null ? "" : " " + number.Currency),
        RuleValue.Day day => day.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        RuleValue.Today { Count: 0 } => "today",
        RuleValue.Today from => string.Create(CultureInfo.InvariantCulture, $"today{from.Count:+0;-0}{(from.Unit switch { RuleUnit.Days => 'd', RuleUnit.Weeks => 'w', RuleUnit.Months => 'm', _ => 'y' })}"),
        RuleValue.Word word => word.Name,
        RuleValue.YesNo yes => yes.IsYes ? "yes" : "no",
        RuleValue.Row row => Id(row.Id),
        _ => "",
    };

    /// <summary>A row by its number, as rules write it.</summary>
    public static string Id(long id) => "#" + id.ToString(CultureInfo.InvariantCulture);

    private static bool CanNegate(RulePart part) => part.Operator is "in" or "contains" or "starts with" && part.Collection is null;

    private static RulePart Negated(RulePart part)
    {
        part.Operator = RuleParts.Not + part.Operator;
        return part;
    }
}
