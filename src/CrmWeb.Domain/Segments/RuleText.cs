using System.Collections.Immutable;
using System.Globalization;
using CrmWeb.Domain.Customers.CustomFields;

namespace CrmWeb.Domain.Segments;

/// <summary>A rule in its one written form, with names, or with ids where there is no world of names.</summary>
public sealed class RuleText
{
    private readonly RuleWorld? world;

    private RuleText(RuleWorld? world) => this.world = world;

    internal static string Write(RuleNode root, RuleWorld? world) => new RuleText(world).Node(root);

    public static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>What stands in quotes; null where that is not all of it.</summary>
    public static string? Unquoted(string typed) => typed.StartsWith('"') && RuleTokens.Read(typed) is [{ Kind: RuleTokenKind.Text } text, _] ? text.Text : null;

    /// <summary>A value as the text of a rule has it; the tree, the form and an explanation have the same without quotes.</summary>
    public static string Write(RuleValue value, RuleField field, RuleWorld? world, bool quoted)
    {
        string Quoted(string text) => quoted ? Quote(text) : text;
        return value switch
        {
            RuleValue.Text text => Quoted(text.Typed),
            RuleValue.Number number => TypedNumber.Write(number.Amount) + (number.Currency is null ? "" : " " + number.Currency),
            RuleValue.Day day => CustomText.Day(day.Date),
            RuleValue.Today { Count: 0 } => "today",
            RuleValue.Today from => string.Create(CultureInfo.InvariantCulture, $"today{from.Count:+0;-0}{Unit(from.Unit)}"),
            RuleValue.Span { Count: 0 } => "today",
            RuleValue.Span span => string.Create(CultureInfo.InvariantCulture, $"{(span.Count < 0 ? "last" : "next")} {Math.Abs(span.Count)}{Unit(span.Unit)}"),
            RuleValue.Month month => RuleWords.Months[month.Of - 1],
            RuleValue.ThisMonth { Away: var away } => away switch { < 0 => "last month", 0 => "this month", _ => "next month" },
            RuleValue.Word word => Quoted(word.Name),
            RuleValue.YesNo { IsYes: var yes } => yes ? "yes" : "no",
            RuleValue.Row row => Named(field.Kind!.Value, field.Custom, row.Id, world) is { } name ? Quoted(name) : Id(row.Id),
            _ => throw new NotSupportedException(value.GetType().Name),
        };
    }

    /// <summary>A row by its name where it is the only one of that name, else by its number.</summary>
    public static string Write(RuleKind kind, long id, RuleWorld? world) => Named(kind, null, id, world) ?? Id(id);

    /// <summary>A row by its number.</summary>
    public static string Id(long id) => "#" + CustomText.Id(id);

    private static string? Named(RuleKind kind, CustomField? custom, long id, RuleWorld? world)
    {
        if (world is null) return null;
        if (kind == RuleKind.Option) return custom!.Option(id) is { } option && custom.OptionNamed(option.Name)?.Id == id ? option.Name : null;
        return world.NameOf(kind, id) is { } name && world.Find(kind, name) is [var one] && one == id ? name : null;
    }

    private string Node(RuleNode node) => node switch
    {
        RuleNode.All all => string.Join(" and ", all.Parts.Select(Part)),
        RuleNode.Any any => string.Join(" or ", any.Parts.Select(Part)),
        RuleNode.Not not => "not " + Part(not.Of),
        RuleNode.HasTag has => $"has(tag, {string.Join(", ", has.TagIds.Select(id => Row(RuleKind.Tag, id)))})",
        RuleNode.InSegment member => "in segment " + Row(RuleKind.Segment, member.SegmentId),
        RuleNode.Comparison one => $"{one.Field.Name} {Test(one.Field, one.Operator, one.Values)}",
        RuleNode.Aggregate one => $"{Measure(one)} {Test(one.Of ?? RuleFields.Count, one.Operator, one.Values)}",
        _ => throw new NotSupportedException(node.GetType().Name),
    };

    // brackets wherever one kind of joining stands in another, so that nobody needs to know what binds more
    private string Part(RuleNode part) => part is RuleNode.All or RuleNode.Any ? $"({Node(part)})" : Node(part);

    private string Measure(RuleNode.Aggregate one)
    {
        var of = one.Of is null ? one.Collection.Name : $"{one.Collection.Name}.{one.Of.Name}";
        return $"{RuleWords.Of(one.Function)}({of}{(one.Where is null ? "" : " where " + Node(one.Where))})";
    }

    private string Test(RuleField field, RuleOperator op, ImmutableArray<RuleValue> values) => op switch
    {
        RuleOperator.Empty or RuleOperator.Filled => op.Write(),
        RuleOperator.In => $"in ({string.Join(", ", values.Select(value => Write(value, field, world, quoted: true)))})",
        _ => $"{op.Write()} {Write(values[0], field, world, quoted: true)}",
    };

    private string Row(RuleKind kind, long id) => Named(kind, null, id, world) is { } name ? Quote(name) : Id(id);

    private static char Unit(RuleUnit unit) => unit switch { RuleUnit.Days => 'd', RuleUnit.Weeks => 'w', RuleUnit.Months => 'm', _ => 'y' };
}
