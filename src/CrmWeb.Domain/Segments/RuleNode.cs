using System.Collections.Immutable;

namespace CrmWeb.Domain.Segments;

/// <summary>What a clause asks of the values of a field, or of an aggregate.</summary>
public enum RuleOperator
{
    Is,
    IsNot,
    Less,
    AtMost,
    More,
    AtLeast,

    /// <summary>One of several.</summary>
    In,
    Contains,
    StartsWith,

    /// <summary>Of a date: its day and month lie in a part of the year, whatever its year.</summary>
    Recurs,
    Empty,
    Filled,
}

/// <summary>What is made of the rows of a collection.</summary>
public enum RuleFunction
{
    Count,
    Sum,
    Min,
    Max,
    Avg,
}

/// <summary>One part of a rule. Names are resolved: it holds fields and ids.</summary>
public abstract record RuleNode
{
    private RuleNode() { }

    /// <summary>All of at least two parts.</summary>
    public sealed record All(ImmutableArray<RuleNode> Parts) : RuleNode;

    /// <summary>At least one of at least two parts.</summary>
    public sealed record Any(ImmutableArray<RuleNode> Parts) : RuleNode;

    public sealed record Not(RuleNode Of) : RuleNode;

    /// <summary>A field of the customer or, within an aggregate, of a row of its collection.</summary>
    public sealed record Comparison(RuleField Field, RuleOperator Operator, ImmutableArray<RuleValue> Values) : RuleNode;

    /// <summary>Has one of the tags.</summary>
    public sealed record HasTag(ImmutableArray<long> TagIds) : RuleNode;

    public sealed record InSegment(long SegmentId) : RuleNode;

    /// <summary>What the function makes of the customer's rows of a collection that <paramref name="Where"/> means, compared.</summary>
    /// <param name="Function">Count, or one that takes a field.</param>
    /// <param name="Collection">Whose rows.</param>
    /// <param name="Of">What is summed up; null of a count.</param>
    /// <param name="Where">Of fields of the collection; null means every row.</param>
    /// <param name="Operator">How the result is compared.</param>
    /// <param name="Values">With what.</param>
    public sealed record Aggregate(
        RuleFunction Function, RuleCollection Collection, RuleField? Of, RuleNode? Where, RuleOperator Operator, ImmutableArray<RuleValue> Values) : RuleNode;

    /// <summary>It and everything in it, from the top.</summary>
    public IEnumerable<RuleNode> Walk()
    {
        IEnumerable<RuleNode> parts = this switch
        {
            All all => all.Parts,
            Any any => any.Parts,
            Not not => [not.Of],
            Aggregate { Where: { } where } => [where],
            _ => [],
        };
        return parts.SelectMany(part => part.Walk()).Prepend(this);
    }
}
