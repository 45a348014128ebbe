using System.Collections.Immutable;
using CrmWeb.Domain.Segments;

namespace CrmWeb.Tests.Support;

/// <summary>Rules of every shape over every field, with values that some customers of a <see cref="RuleScene"/> have.</summary>
public sealed class RandomRule(Random chance, RuleWorld world)
{
    private static readonly string[] Texts = ["Ana", "an", "Berlin", "ber", "DE", "Germany", "Iran", "Books", "books", "Q\"x\\", "کتاب‌ها", "ana@example.org", "example", "+49 30 123456", "30 1234", "a", "نوشته", "E-1"];
    private static readonly decimal[] Numbers = [0, 1, 2, 3, 5, 10, 10.5m, 12.34m, 20, 100, 250, -1, 1000];

    private readonly IReadOnlyList<RuleField> fields = RuleFields.Of(world);

    public SegmentRule Next() => new(Node(3, null));

    public SegmentRule Of(RuleField field, RuleOperator op) => new(new RuleNode.Comparison(field, op, Values(field, op)));

    private RuleNode Node(int depth, RuleCollection? within) => (depth == 0 ? 4 : chance.Next(9)) switch
    {
        0 or 1 => new RuleNode.All([.. Enumerable.Range(0, chance.Next(2, 4)).Select(_ => Node(depth - 1, within))]),
        2 => new RuleNode.Any([.. Enumerable.Range(0, chance.Next(2, 4)).Select(_ => Node(depth - 1, within))]),
        3 => new RuleNode.Not(Node(depth - 1, within)),
        5 when within is null => new RuleNode.HasTag([.. Ids(RuleKind.Tag)]),
        6 when within is null => new RuleNode.InSegment(Ids(RuleKind.Segment)[0]),
        7 or 8 when within is null => Aggregate(),
        _ => Comparison(One(within?.Fields ?? fields)),
    };

    private RuleNode.Comparison Comparison(RuleField field)
    {
        var op = One(field.Operators);
        return new RuleNode.Comparison(field, op, Values(field, op));
    }

    private RuleNode.Aggregate Aggregate()
    {
        var collection = One(RuleFields.Collections);
        var function = One(Enum.GetValues<RuleFunction>());
        var summed = collection.Fields.Where(field => field.Functions.Contains(function)).ToList();
        var of = summed.Count == 0 ? null : One(summed);
        if (of is null) function = RuleFunction.Count;
        var op = One(RuleOperators.Of(function, of));
        return new RuleNode.Aggregate(function, collection, of, chance.Next(3) == 0 ? null : Node(chance.Next(2), collection), op, Values(of ?? RuleFields.Count, op));
    }

    private ImmutableArray<RuleValue> Values(RuleField field, RuleOperator op) => !op.TakesValue()
        ? []
        : [.. Enumerable.Range(0, op == RuleOperator.In ? chance.Next(1, 4) : 1).Select(_ => op == RuleOperator.Recurs ? Season() : Value(field)).Distinct()];

    private RuleValue Season() => chance.Next(4) switch
    {
        0 => new RuleValue.Month(chance.Next(1, 13)),
        1 => new RuleValue.ThisMonth(chance.Next(-1, 2)),
        2 => new RuleValue.Span(0, RuleUnit.Days),
        _ => new RuleValue.Span(chance.Next(1, 12) * (chance.Next(2) == 0 ? 1 : -1), One([RuleUnit.Days, RuleUnit.Weeks, RuleUnit.Months])),
    };

    private RuleValue Value(RuleField field) => field.Type switch
    {
        RuleType.Text => new RuleValue.Text(One(Texts)),
        RuleType.Number => new RuleValue.Number(One(Numbers)),
        RuleType.Money => new RuleValue.Number(One(Numbers), field.Custom is not null && chance.Next(3) == 0 ? "USD" : null),
        RuleType.Date when chance.Next(3) == 0 => new RuleValue.Day(RuleScene.Today.AddDays(chance.Next(-60, 20))),
        RuleType.Date => chance.Next(6) is var n && n == 0 ? new RuleValue.Today(0, RuleUnit.Days) : new RuleValue.Today(chance.Next(1, 9) * (chance.Next(4) == 0 ? 1 : -1), One(Enum.GetValues<RuleUnit>())),
        RuleType.Choice => new RuleValue.Word(One(field.Choices)),
        RuleType.YesNo => new RuleValue.YesNo(chance.Next(2) == 0),
        _ when field.Kind == RuleKind.Option => new RuleValue.Row(One(field.Custom!.Options).Id),
        _ => new RuleValue.Row(Ids(field.Kind!.Value)[0]),
    };

    private List<long> Ids(RuleKind kind)
    {
        var ids = world.Names(kind).SelectMany(name => world.Find(kind, name)).Distinct().ToList();
        return ids.Count == 0 ? [987_654_321] : [.. Enumerable.Range(0, chance.Next(1, 3)).Select(_ => One(ids)).Distinct()];
    }

    private T One<T>(IReadOnlyList<T> all) => all[chance.Next(all.Count)];
}
