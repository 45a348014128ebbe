using System.Diagnostics.CodeAnalysis;

namespace CrmWeb.Domain.Segments;

/// <summary>Whom a segment means. One rule is a text (<see cref="RuleParser"/> has the grammar), a tree (<see cref="RuleTree"/>), and what is stored.</summary>
public sealed class SegmentRule : IEquatable<SegmentRule>
{
    /// <summary>Of the text of a rule as it is typed; what is stored of it may be longer (<see cref="Segment.RuleLength"/>).</summary>
    public const int TextLength = 8_000;

    /// <summary>How deep brackets and "not" may stand in each other, both in what is typed and in the one form in which it is written then (<see cref="RuleDepth"/>).</summary>
    public const int MostDepth = 12;

    /// <summary>Of what was stored while only the typed ones were counted: in the written form each joining within another has brackets of its own, and "not in" is a "not" of an "in".</summary>
    internal const int StoredDepth = (2 * MostDepth) + 1;

    public const int MostClauses = 100;

    /// <summary>In one clause.</summary>
    public const int MostValues = 200;

    private readonly Lazy<string> stored;

    /// <summary>A rule of parts that somebody built. Fields come from <see cref="RuleFields"/>, so there is no other in it.</summary>
    public SegmentRule(RuleNode root)
    {
        (Root, Uses) = (root, RuleUses.Of(root));
        stored = new(() => RuleText.Write(root, null));
    }

    public RuleNode Root { get; }

    public RuleUses Uses { get; }

    /// <summary>Reads what a person typed, with names. Never throws, whatever the text.</summary>
    public static bool TryParse(string text, RuleWorld world, [NotNullWhen(true)] out SegmentRule? rule, [NotNullWhen(false)] out RuleError? error) =>
        RuleParser.TryParse(text, world, isStored: false, out rule, out error);

    /// <summary>Reads what <see cref="ToStored"/> wrote; false where the world does not know one of its custom fields: the reader may not see it.</summary>
    public static bool TryStored(string stored, RuleWorld world, [NotNullWhen(true)] out SegmentRule? rule) =>
        RuleParser.TryParse(stored, world, isStored: true, out rule, out _);

    /// <exception cref="FormatException">It is not what <see cref="ToStored"/> wrote, or the world does not know one of its custom fields.</exception>
    public static SegmentRule Stored(string stored, RuleWorld world) =>
        RuleParser.TryParse(stored, world, isStored: true, out var rule, out var error) ? rule : throw new FormatException(error.ToString());

    /// <summary>As people write it: parsing it gives the same rule. A row that the world does not know, or that shares its name, stands there by its number.</summary>
    public string ToText(RuleWorld world) => RuleText.Write(Root, world);

    /// <summary>The same with ids instead of names, so that no other name changes it.</summary>
    public string ToStored() => stored.Value;

    public override string ToString() => ToStored();

    public bool Equals(SegmentRule? other) => other is not null && other.ToStored() == ToStored();

    public override bool Equals(object? obj) => Equals(obj as SegmentRule);

    public override int GetHashCode() => ToStored().GetHashCode(StringComparison.Ordinal);
}
