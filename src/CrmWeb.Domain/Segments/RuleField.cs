using System.Linq.Expressions;
using CrmWeb.Domain.Customers.CustomFields;

namespace CrmWeb.Domain.Segments;

public enum RuleType
{
    Text,
    Number,

    /// <summary>An amount, in major units.</summary>
    Money,

    /// <summary>A day, or an instant that is asked for by days.</summary>
    Date,
    Choice,

    /// <summary>A row of the tenant, by its name.</summary>
    Row,
    YesNo,
}

/// <summary>One field that rules may ask for. The fields that exist are <see cref="RuleFields"/>; nothing else reaches a query.</summary>
public sealed class RuleField
{
    internal RuleField(string name, RuleType type, params IReadOnlyList<RulePlace> places) => (Name, Type, Places, Operators) = (name, type, places, RuleOperators.Of(type));

    /// <summary>As rules write it: <c>totalSpent</c>, <c>organisation.country</c>, <c>custom.tier</c>, <c>organisation.custom.tier</c>; within a collection without its name.</summary>
    public string Name { get; }

    public RuleType Type { get; }

    /// <summary>Whose rows it names; null when it names none.</summary>
    public RuleKind? Kind { get; init; }

    /// <summary>The words of a choice, in their order.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The custom field that it is; null for the fields that every tenant has.</summary>
    public CustomField? Custom { get; init; }

    /// <summary>The name of the collection whose rows have it; null of the customer's own.</summary>
    public string? Collection { get; internal set; }

    /// <summary>Whether it is that of another one behind it: of the organisation, the owner, a product.</summary>
    public bool IsOfAnother { get; private init; }

    public IReadOnlyList<RuleOperator> Operators { get; init; }

    /// <summary>What can be made of it in an aggregate.</summary>
    public IReadOnlyList<RuleFunction> Functions => Places is not [{ IsColumn: true }] ? [] : Type switch
    {
        RuleType.Number or RuleType.Money => [RuleFunction.Sum, RuleFunction.Min, RuleFunction.Max, RuleFunction.Avg],
        RuleType.Date => [RuleFunction.Min, RuleFunction.Max],
        _ => [],
    };

    /// <summary>All of them count: a customer has several mail addresses.</summary>
    internal IReadOnlyList<RulePlace> Places { get; }

    internal Expression Compile(Expression row, RuleAsk ask, bool isNot) => Places
        .Select(place => place.Compile(row, ask, isNot))
        .Aggregate(isNot ? Expression.AndAlso : Expression.OrElse);

    internal bool Evaluate(object row, RuleAsk ask) => Places.Any(place => place.Evaluate(row, ask));

    internal IReadOnlyList<RuleValue> Read(object row, RuleMoment at) => [.. Places.SelectMany(place => place.Read(row, at)).Distinct()];

    /// <summary>The same field of what a reference leads to.</summary>
    internal RuleField Behind<TRow, TOther>(string? name, Expression<Func<TRow, TOther?>> reference) where TOther : class =>
        Under(name, place => new ReferencePlace<TRow, TOther>(reference, place), isOfAnother: true);

    /// <summary>The same field of whatever rows belong to it.</summary>
    internal RuleField OfEach<TRow, TItem>(string? name, Expression<Func<TRow, IEnumerable<TItem>>> items, RuleRowsOf<TRow, TItem>? all = null) where TItem : class =>
        Under(name, place => new RowsPlace<TRow, TItem>(items, place, all));

    /// <summary>The same field under another name: <c>category</c> is <c>product.category</c>.</summary>
    internal RuleField Of(string name) => Under(name, place => place);

    private RuleField Under(string? name, Func<RulePlace, RulePlace> where, bool isOfAnother = false) =>
        new(name is null ? Name : Name.Length == 0 ? name : $"{name}.{Name}", Type, [.. Places.Select(where)])
        {
            Kind = Kind,
            Choices = Choices,
            Custom = Custom,
            Operators = Operators,
            IsOfAnother = isOfAnother || IsOfAnother,
        };
}

/// <summary>The operators of each type, and how rules write them.</summary>
public static class RuleOperators
{
    private static readonly RuleOperator[] Ordered =
        [RuleOperator.Is, RuleOperator.IsNot, RuleOperator.Less, RuleOperator.AtMost, RuleOperator.More, RuleOperator.AtLeast, RuleOperator.In, RuleOperator.Empty, RuleOperator.Filled];

    public static IReadOnlyList<RuleOperator> Of(RuleType type) => type switch
    {
        RuleType.Text => [RuleOperator.Is, RuleOperator.IsNot, RuleOperator.In, RuleOperator.Contains, RuleOperator.StartsWith, RuleOperator.Empty, RuleOperator.Filled],
        RuleType.Number or RuleType.Money => Ordered,
        RuleType.Date => [.. Ordered[..^2], RuleOperator.Recurs, .. Ordered[^2..]],
        RuleType.YesNo => [RuleOperator.Is, RuleOperator.IsNot, RuleOperator.Empty, RuleOperator.Filled],
        _ => [RuleOperator.Is, RuleOperator.IsNot, RuleOperator.In, RuleOperator.Empty, RuleOperator.Filled],
    };

    /// <summary>Of what a function makes: a count and a sum are never empty. The first and the last day are no more than that: they recur as the fields of the customer do.</summary>
    public static IReadOnlyList<RuleOperator> Of(RuleFunction function, RuleField? field) => function is RuleFunction.Count or RuleFunction.Sum
        ? [.. Ordered.Where(TakesValue)]
        : [.. Of(field!.Type).Where(op => op != RuleOperator.Recurs)];

    public static bool TakesValue(this RuleOperator op) => op is not (RuleOperator.Empty or RuleOperator.Filled);

    public static string Write(this RuleOperator op) => op switch
    {
        RuleOperator.Is => "=",
        RuleOperator.IsNot => "!=",
        RuleOperator.Less => "<",
        RuleOperator.AtMost => "<=",
        RuleOperator.More => ">",
        RuleOperator.AtLeast => ">=",
        RuleOperator.In => "in",
        RuleOperator.Contains => "contains",
        RuleOperator.StartsWith => "starts with",
        RuleOperator.Recurs => "recurs in",
        RuleOperator.Empty => "is empty",
        _ => "is not empty",
    };

    /// <summary>What must be instead, and whether it must not: of <c>!=</c> and <c>is empty</c> the opposite is meant.</summary>
    internal static (RuleOperator Operator, bool IsNot) Plain(this RuleOperator op) => op switch
    {
        RuleOperator.IsNot => (RuleOperator.Is, true),
        RuleOperator.In => (RuleOperator.Is, false),
        RuleOperator.Empty => (RuleOperator.Filled, true),
        _ => (op, false),
    };
}
