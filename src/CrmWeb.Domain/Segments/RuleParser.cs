using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace CrmWeb.Domain.Segments;

/// <summary>
/// The text of a rule. Words of the language and names of fields are read in any case, digits of any script.
/// <code>
/// rule       = all { "or" all }
/// all        = part { "and" part }
/// part       = "not" part | "(" rule ")" | clause
/// clause     = field test
///            | function "(" collection [ "." field ] [ "where" rule ] ")" test     within where: fields of the collection
///            | "has" "(" "tag" "," name { "," name } ")"                           one of them
///            | "in" "segment" name
/// function   = "count" | "sum" | "min" | "max" | "avg"                             all but count take a field
/// test       = ( "=" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" ) value
///            | [ "not" ] "in" "(" value { "," value } ")"
///            | "contains" text | "starts" "with" text
///            | "recurs" "in" season                                                a date: its day and month lie there, whatever its year
///            | "is" [ "not" ] "empty"
/// value      = text | 1234.5 | 1000 USD | 2026-01-31 | "today" [ ( "+" | "-" ) 90 ( "d" | "w" | "m" | "y" ) ] | "yes" | "no" | name
/// season     = "today" | ( "this" | "next" | "last" ) "month" | ( "next" | "last" ) 30 ( "d" | "w" | "m" ) | "january" | …
/// name       = text | #12                                                          a row by its name, or by its number
/// text       = "…" | “…” | «…»                                                     a backslash takes the next character as it is
/// </code>
/// A clause is true or false, never unknown. A field has no value, one, or several (mail addresses, products of an order); a clause holds when
/// one of them passes. So nothing is true of what is empty, but "is empty" and the opposites: <c>a != b</c> is <c>not a = b</c>, and <c>not</c>
/// turns true and false round. A count and a sum of nothing are 0; the least, the most and the average of nothing are empty. A day that an instant
/// is compared with is all of that day, in the tenant's time zone. Texts are compared without regard to case, names and custom texts in the form of
/// <see cref="Customers.SearchText"/>.
/// </summary>
internal sealed class RuleParser
{
    private readonly RuleReading reading;
    private readonly List<RuleToken> tokens;
    private readonly int mostDepth;
    private readonly Dictionary<RuleNode, int> places = new(ReferenceEqualityComparer.Instance);
    private RuleCollection? within;
    private RuleError? error;
    private int next;
    private int depth;
    private int clauses;

    private RuleParser(string text, RuleWorld world, bool isStored) => (reading, tokens, mostDepth) = (new(world, isStored), RuleTokens.Read(text), isStored ? SegmentRule.StoredDepth : SegmentRule.MostDepth);

    private RuleToken Here => tokens[next];

    public static bool TryParse(string text, RuleWorld world, bool isStored, [NotNullWhen(true)] out SegmentRule? rule, [NotNullWhen(false)] out RuleError? error)
    {
        rule = null;
        var most = isStored ? Segment.RuleLength : SegmentRule.TextLength;
        error = text.Length > most ? new(most, RuleExpected.Shorter, null, null) : null;
        if (error is not null) return false;
        var parser = new RuleParser(text, world, isStored);
        var root = parser.Rule();
        if (root is not null && parser.Here.Kind != RuleTokenKind.End) root = parser.Fail<RuleNode>(RuleExpected.And, suggestion: NearestName.Of(parser.Here.Text, ["and", "or"]));
        if (!isStored && root is not null && RuleDepth.TooDeep(root) is { } deep) root = parser.Fail<RuleNode>(RuleExpected.Shallower, at: deep.Walk().Where(parser.places.ContainsKey).Select(node => parser.places[node]).First());
        (rule, error) = (root is null ? null : new(root), parser.error);
        return rule is not null;
    }

    private RuleNode? Rule() => Joined("or", () => Joined("and", Part, parts => new RuleNode.All(parts)), parts => new RuleNode.Any(parts));

    private RuleNode? Joined(string word, Func<RuleNode?> part, Func<ImmutableArray<RuleNode>, RuleNode> join)
    {
        var parts = ImmutableArray.CreateBuilder<RuleNode>();
        do
        {
            if (part() is not { } one) return null;
            parts.Add(one);
        }
        while (Takes(word));
        return parts.Count == 1 ? parts[0] : join(parts.ToImmutable());
    }

    private RuleNode? Part()
    {
        if (depth == mostDepth) return Fail<RuleNode>(RuleExpected.Shallower);
        depth++;
        var start = next;
        var part = Takes("not") ? Part() is { } of ? new RuleNode.Not(of) : null : Takes("(") ? Bracketed() : Clause();
        if (part is not null) places.TryAdd(part, start);
        depth--;
        return part;
    }

    private RuleNode? Bracketed() => Rule() is { } rule && Expect(")", RuleExpected.Closing) ? rule : null;

    private RuleNode? Clause()
    {
        if (Here.Kind != RuleTokenKind.Word) return Fail<RuleNode>(Here.Kind == RuleTokenKind.Open ? RuleExpected.Quote : RuleExpected.Clause);
        if (++clauses > SegmentRule.MostClauses) return Fail<RuleNode>(RuleExpected.Shorter);
        if (within is null && Here.Is("in")) return InSegment();
        var isCall = tokens[next + 1].Is("(");
        if (within is null && isCall && Here.Is("has")) return HasTag();
        if (within is null && isCall && RuleReading.Function(Here.Text) is { } function) return Aggregate(function);
        var field = reading.Field(Here.Text, within, out var wrong);
        if (field is null) return Fail<RuleNode>(wrong.Expected, wrong.Suggestion ?? (isCall && within is null ? NearestName.Of(Here.Text, ["has", .. RuleWords.All<RuleFunction>()]) : null));
        next++;
        return Test(field, field.Operators, (op, values) => new RuleNode.Comparison(field, op, values));
    }

    private RuleNode? HasTag()
    {
        next += 2;
        if (!Expect("tag", RuleExpected.Tag) || !Expect(",", RuleExpected.Comma)) return null;
        return List(() => Row(RuleKind.Tag)) is { } ids ? new RuleNode.HasTag([.. ids.Select(id => id!.Value).Distinct()]) : null;
    }

    private RuleNode? InSegment()
    {
        next++;
        return Expect("segment", RuleExpected.Segment) && Row(RuleKind.Segment) is { } id ? new RuleNode.InSegment(id) : null;
    }

    private RuleNode? Aggregate(RuleFunction function)
    {
        next += 2;
        var (name, dot) = (Here.Text, Here.Text.IndexOf('.', StringComparison.Ordinal));
        var collection = RuleReading.Collection(dot < 0 ? name : name[..dot], out var wrong);
        if (Here.Kind != RuleTokenKind.Word || collection is null) return Fail<RuleNode>(wrong.Expected, wrong.Suggestion);
        RuleField? of = null;
        if (dot >= 0 || function != RuleFunction.Count)
        {
            of = reading.Field(dot < 0 ? "" : name[(dot + 1)..], collection, out wrong);
            if (of is null || !of.Functions.Contains(function))
                return Fail<RuleNode>(of is null ? wrong.Expected : RuleExpected.NumberField, of is null && wrong.Suggestion is { } near ? $"{collection.Name}.{near}" : null);
        }

        next++;
        RuleNode? where = null;
        if (Takes("where"))
        {
            within = collection;
            where = Rule();
            within = null;
            if (where is null) return null;
        }

        if (where is null && Here.Kind == RuleTokenKind.Word) return Fail<RuleNode>(RuleExpected.Where, NearestName.Of(Here.Text, ["where"]));
        if (!Expect(")", RuleExpected.Closing)) return null;
        return Test(of ?? RuleFields.Count, RuleOperators.Of(function, of), (op, values) => new RuleNode.Aggregate(function, collection, of, where, op, values));
    }

    private RuleNode? Test(RuleField field, IReadOnlyList<RuleOperator> allowed, Func<RuleOperator, ImmutableArray<RuleValue>, RuleNode> make)
    {
        var start = next;
        var isNot = Here.Is("not") && tokens[next + 1].Is("in") && Takes("not");
        if (Operator() is not { } op) return Fail<RuleNode>(RuleExpected.Operator, NearestName.Of(Here.Text, ["contains", "starts with", "recurs in", "is empty", "in"]));
        if (!allowed.Contains(op)) return Fail<RuleNode>(RuleExpected.OperatorOfField, at: start);
        if (!op.TakesValue()) return make(op, []);
        if (op != RuleOperator.In) return Value(field, op) is { } one ? make(op, [one]) : null;
        if (!Expect("(", RuleExpected.Opening) || List(() => Value(field, op)) is not { } several) return null;
        var node = make(op, [.. several.OfType<RuleValue>().Distinct()]);
        return isNot ? new RuleNode.Not(node) : node;
    }

    private RuleOperator? Operator()
    {
        if (Takes("is"))
        {
            var isNot = Takes("not");
            return Expect("empty", RuleExpected.Empty) ? isNot ? RuleOperator.Filled : RuleOperator.Empty : null;
        }

        if (Takes("starts")) return Expect("with", RuleExpected.With) ? RuleOperator.StartsWith : null;
        if (Takes("recurs")) return Expect("in", RuleExpected.In) ? RuleOperator.Recurs : null;
        var found = Enum.GetValues<RuleOperator>().Where(op => Here.Is(op.Write())).Select(op => (RuleOperator?)op).FirstOrDefault();
        if (found is not null) next++;
        return found;
    }

    private List<T>? List<T>(Func<T?> item)
    {
        var items = new List<T>();
        do
        {
            if (items.Count == SegmentRule.MostValues) return Fail<List<T>>(RuleExpected.FewerValues);
            if (item() is not { } one) return null;
            items.Add(one);
        }
        while (Takes(","));
        return Expect(")", RuleExpected.Comma) ? items : null;
    }

    private RuleValue? Value(RuleField field, RuleOperator op)
    {
        var typed = op == RuleOperator.Recurs ? Season() : Literal(field.Type == RuleType.Money);
        if (typed is not { } literal) return Fail<RuleValue>(Here.Kind == RuleTokenKind.Open ? RuleExpected.Quote : RuleReading.Expects(field, op));
        if (reading.Value(field, op, literal, out var wrong) is not { } value) return Fail<RuleValue>(wrong.Expected, wrong.Suggestion);
        next += literal.Tokens;
        return value;
    }

    private long? Row(RuleKind kind)
    {
        if (Literal() is not { } literal) return Fail(Here.Kind == RuleTokenKind.Open ? RuleExpected.Quote : RuleExpected.Name);
        if (reading.Row(kind, null, literal, out var wrong) is not { } id) return Fail(wrong.Expected, wrong.Suggestion);
        next++;
        return id;
    }

    // "this month" and "next 30 d" are one value
    private RuleLiteral? Season()
    {
        if (!Here.Is("this") && !Here.Is("next") && !Here.Is("last")) return Literal();
        var words = tokens.GetRange(next, Math.Min(tokens[next + 1].Kind == RuleTokenKind.Bare ? 3 : 2, tokens.Count - next));
        return new(string.Join(' ', words.Select(word => word.Text)), IsQuoted: false, IsId: false, Tokens: words.Count);
    }

    private RuleLiteral? Literal(bool isMoney = false) => Here.Kind switch
    {
        RuleTokenKind.Text => new(Here.Text, IsQuoted: true, IsId: false),
        RuleTokenKind.Id => new(Here.Text, IsQuoted: false, IsId: true),
        RuleTokenKind.Bare when isMoney && tokens[next + 1].Currency is { } currency => new(Here.Text, IsQuoted: false, IsId: false, currency, Tokens: 2),
        RuleTokenKind.Bare => new(Here.Text, IsQuoted: false, IsId: false),
        RuleTokenKind.Word => new(Here.Text, IsQuoted: false, IsId: false),
        _ => null,
    };

    private bool Takes(string word)
    {
        if (!Here.Is(word)) return false;
        next++;
        return true;
    }

    private bool Expect(string word, string expected)
    {
        if (Takes(word)) return true;
        Fail(expected);
        return false;
    }

    private T? Fail<T>(string expected, string? suggestion = null, int? at = null) where T : class
    {
        var token = tokens[at ?? next];
        error ??= new(token.Position, expected, token.Kind == RuleTokenKind.End ? null : token.Text, suggestion);
        return null;
    }

    private long? Fail(string expected, string? suggestion = null)
    {
        Fail<RuleNode>(expected, suggestion);
        return null;
    }
}
