namespace CrmWeb.Domain.Segments;

/// <summary>Why a text is no rule.</summary>
/// <param name="Position">Of the first character that cannot be right, from 0; the length of the text where something is missing at its end.</param>
/// <param name="Expected">One of <see cref="RuleExpected"/>.</param>
/// <param name="Found">What stands there instead; null at the end.</param>
/// <param name="Suggestion">What was probably meant, in the form in which a rule writes it.</param>
public sealed record RuleError(int Position, string Expected, string? Found, string? Suggestion)
{
    /// <summary>Where it is in a tree, from its root: <c>all/1/values/0</c>. Null of a text.</summary>
    public string? Path { get; init; }

    /// <summary>In English; pages say it in the language of the reader.</summary>
    public override string ToString() =>
        $"Expected {Expected} at {Path ?? (Position + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)}"
        + (Found is null ? "" : $", found '{Found}'") + (Suggestion is null ? "" : $". Did you mean '{Suggestion}'?");
}

/// <summary>What can be missing in a rule.</summary>
public static class RuleExpected
{
    public const string Clause = "a condition";
    public const string Field = "a field";
    public const string Collection = "a collection";
    public const string FieldOfCollection = "a field of the collection";
    public const string NumberField = "a field with numbers";
    public const string Operator = "an operator";
    public const string OperatorOfField = "an operator of the field";
    public const string Text = "a text in quotes";
    public const string Number = "a number";
    public const string Amount = "an amount";
    public const string Currency = "the currency of the field";
    public const string Date = "a date";
    public const string Season = "today, this month, next 30d, last 30d or the name of a month";
    public const string YesNo = "yes or no";
    public const string Choice = "one of the choices";
    public const string Name = "a name that exists";
    public const string UniqueName = "a name that means only one, or its number";
    public const string Tag = "tag";
    public const string Segment = "segment";
    public const string Opening = "an opening bracket";
    public const string Closing = "a closing bracket";
    public const string Comma = "a comma or a closing bracket";
    public const string Quote = "a closing quote";
    public const string Empty = "empty";
    public const string With = "with";
    public const string In = "in";
    public const string Where = "where";
    public const string And = "and, or, or the end";
    public const string Shorter = "a shorter rule";
    public const string Shallower = "fewer brackets in brackets";
    public const string FewerValues = "fewer values";
    public const string Tree = "a tree of conditions";
}
