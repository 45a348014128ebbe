using System.Globalization;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Segments;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Shared;

/// <summary>A segment rule as a sentence for people, in their language.</summary>
/// <param name="L">Of the reader.</param>
/// <param name="world">What the reader may see of what it names.</param>
public sealed class RuleSentence(IStringLocalizer L, RuleWorld world)
{
    public string Of(SegmentRule rule) => Of(rule.Root);

    /// <summary>Of one part: a line of the builder, or of an explanation.</summary>
    public string Of(RuleNode node) => node switch
    {
        RuleNode.All all => string.Join(L[" and "], all.Parts.Select(Part)),
        RuleNode.Any any => string.Join(L[" or "], any.Parts.Select(Part)),
        RuleNode.Not not => L["not ({0})", Of(not.Of)],
        RuleNode.HasTag { TagIds: [var one] } => L["has the tag {0}", Row(RuleKind.Tag, null, one)],
        RuleNode.HasTag has => L["has one of the tags {0}", List(has.TagIds.Select(id => Row(RuleKind.Tag, null, id)))],
        RuleNode.InSegment member => L["is in the segment {0}", Row(RuleKind.Segment, null, member.SegmentId)],
        RuleNode.Comparison one => Test(L.Of(one.Field), one.Field, one.Operator, one.Values),
        RuleNode.Aggregate one => Test(Measure(one), one.Of ?? RuleFields.Count, one.Operator, one.Values),
        _ => throw new NotSupportedException(node.GetType().Name),
    };

    /// <summary>A value of a field, typed or seen.</summary>
    public string Of(RuleValue value, RuleField field) => value switch
    {
        RuleValue.Text text => $"“{text.Typed}”",
        RuleValue.Number number when field.Type == RuleType.Money => Money(number),
        RuleValue.Number number => Number(number.Amount),
        RuleValue.Day day => LocalTime.Field(day.Date),
        RuleValue.Today { Count: 0 } => L["today"],
        RuleValue.Today from => Away(from),
        RuleValue.Span { Count: 0 } => L["today"],
        RuleValue.Span span => Within(span),
        RuleValue.Month month => L["in {0}", L.OfMonth(month.Of)],
        RuleValue.ThisMonth { Away: var away } => L.OfMonthAway(away),
        RuleValue.Word word => L.ChoiceOf(word.Name),
        RuleValue.YesNo { IsYes: var yes } => yes ? L["Yes"] : L["No"],
        RuleValue.Row row => Row(field.Kind!.Value, field.Custom, row.Id),
        _ => throw new NotSupportedException(value.GetType().Name),
    };

    /// <summary>What is wrong with a rule that somebody typed or built.</summary>
    public static string Of(RuleError error, IStringLocalizer L)
    {
        var expected = L.Expected(error.Expected);
        var said = error.Path is not null ? L["Expected {0}.", expected] : L["Expected {0} at character {1}.", expected, Digits.Shape((error.Position + 1).ToString(CultureInfo.InvariantCulture))];
        if (error.Found is { Length: > 0 } found) said = L["{0} Found: {1}.", said, found];
        return error.Suggestion is { } suggestion ? L["{0} Did you mean {1}?", said, suggestion] : said;
    }

    private string Part(RuleNode part) => part is RuleNode.All or RuleNode.Any ? $"({Of(part)})" : Of(part);

    private string Test(string what, RuleField field, RuleOperator op, IReadOnlyList<RuleValue> values)
    {
        var value = List(values.Select(one => Of(one, field)));
        return (op, field.Type) switch
        {
            (RuleOperator.Is, _) => L["{0} is {1}", what, value],
            (RuleOperator.IsNot, _) => L["{0} is not {1}", what, value],
            (RuleOperator.In, _) => L["{0} is one of {1}", what, value],
            (RuleOperator.Less, RuleType.Date) => L["{0} is before {1}", what, value],
            (RuleOperator.AtMost, RuleType.Date) => L["{0} is on or before {1}", what, value],
            (RuleOperator.More, RuleType.Date) => L["{0} is after {1}", what, value],
            (RuleOperator.AtLeast, RuleType.Date) => L["{0} is on or after {1}", what, value],
            (RuleOperator.Less, _) => L["{0} is less than {1}", what, value],
            (RuleOperator.AtMost, _) => L["{0} is at most {1}", what, value],
            (RuleOperator.More, _) => L["{0} is more than {1}", what, value],
            (RuleOperator.AtLeast, _) => L["{0} is at least {1}", what, value],
            (RuleOperator.Recurs, _) => L["{0} comes round {1}", what, value],
            (RuleOperator.Contains, _) => L["{0} contains {1}", what, value],
            (RuleOperator.StartsWith, _) => L["{0} starts with {1}", what, value],
            (RuleOperator.Empty, _) => L["{0} is empty", what],
            _ => L["{0} is filled in", what],
        };
    }

    private string Measure(RuleNode.Aggregate one)
    {
        var rows = one.Where is null ? L.Of(one.Collection) : L["{0} ({1})", L.Of(one.Collection), Of(one.Where)].Value;
        return one.Function switch
        {
            RuleFunction.Count => L["number of {0}", rows],
            RuleFunction.Sum => L["sum of {0} of {1}", L.Of(one.Of!), rows],
            RuleFunction.Min when one.Of!.Type == RuleType.Date => L["earliest {0} of {1}", L.Of(one.Of), rows],
            RuleFunction.Max when one.Of!.Type == RuleType.Date => L["latest {0} of {1}", L.Of(one.Of), rows],
            RuleFunction.Min => L["least {0} of {1}", L.Of(one.Of!), rows],
            RuleFunction.Max => L["most {0} of {1}", L.Of(one.Of!), rows],
            _ => L["average {0} of {1}", L.Of(one.Of!), rows],
        };
    }

    private string Away(RuleValue.Today from)
    {
        var count = Digits.Shape(Math.Abs(from.Count).ToString(CultureInfo.InvariantCulture));
        return (from.Unit, from.Count < 0) switch
        {
            (RuleUnit.Days, true) => L["{0} days ago", count],
            (RuleUnit.Weeks, true) => L["{0} weeks ago", count],
            (RuleUnit.Months, true) => L["{0} months ago", count],
            (RuleUnit.Years, true) => L["{0} years ago", count],
            (RuleUnit.Days, _) => L["in {0} days", count],
            (RuleUnit.Weeks, _) => L["in {0} weeks", count],
            (RuleUnit.Months, _) => L["in {0} months", count],
            _ => L["in {0} years", count],
        };
    }

    private string Within(RuleValue.Span span)
    {
        var count = Digits.Shape(Math.Abs(span.Count).ToString(CultureInfo.InvariantCulture));
        return (span.Unit, span.Count < 0) switch
        {
            (RuleUnit.Days, true) => L["in the last {0} days", count],
            (RuleUnit.Weeks, true) => L["in the last {0} weeks", count],
            (_, true) => L["in the last {0} months", count],
            (RuleUnit.Days, _) => L["in the next {0} days", count],
            (RuleUnit.Weeks, _) => L["in the next {0} weeks", count],
            _ => L["in the next {0} months", count],
        };
    }

    // without the zeros that say nothing
    private static string Number(decimal amount)
    {
        var plain = amount / 1.0000000000m;
        return Digits.Number(plain, plain.Scale);
    }

    private string Money(RuleValue.Number number) => $"{Number(number.Amount)} {number.Currency ?? world.Currency}";

    private string Row(RuleKind kind, CustomField? custom, long id) =>
        (kind == RuleKind.Option ? custom!.Option(id)?.Name : world.NameOf(kind, id)) is { } name ? $"“{name}”" : L["No. {0}", Digits.Shape(CustomText.Id(id))];

    private string List(IEnumerable<string> items) => string.Join(L[", "], items);
}
