using CrmWeb.Domain.Customers.CustomFields;

namespace CrmWeb.Domain.Segments;

/// <summary>What a rule depends on.</summary>
/// <param name="Segments">Ids of the segments that it names.</param>
/// <param name="CustomFields">Ids of the custom fields that it reads.</param>
/// <param name="Fields">Names of the fields of the customer that it reads, without the custom ones.</param>
/// <param name="Collections">Names of the collections that it aggregates.</param>
/// <param name="Tags">Whether it asks for tags.</param>
/// <param name="Today">Whether its answer may change by the day alone.</param>
public sealed record RuleUses(
    IReadOnlySet<long> Segments, IReadOnlySet<long> CustomFields, IReadOnlySet<string> Fields, IReadOnlySet<string> Collections, bool Tags, bool Today)
{
    /// <summary>Whether it asks for what follows from the service tiers that segments give: whoever asks so gives none.</summary>
    public bool Tiers => Fields.Any(name => RuleFields.OfTiers.Contains(name[(name.LastIndexOf('.') + 1)..], StringComparer.Ordinal));

    internal static RuleUses Of(RuleNode root)
    {
        var nodes = root.Walk().ToList();
        var compared = nodes.OfType<RuleNode.Comparison>().Select(one => one.Field).Concat(nodes.OfType<RuleNode.Aggregate>().Select(one => one.Of).OfType<RuleField>()).ToList();
        var values = nodes.SelectMany(node => node switch
        {
            RuleNode.Comparison one => one.Values,
            RuleNode.Aggregate one => one.Values,
            _ => [],
        });
        return new(
            nodes.OfType<RuleNode.InSegment>().Select(one => one.SegmentId).ToHashSet(),
            compared.Select(field => field.Custom).OfType<CustomField>().Select(field => field.Id).ToHashSet(),
            compared.Where(field => field.Custom is null && field.Collection is null).Select(field => field.Name).ToHashSet(StringComparer.Ordinal),
            nodes.OfType<RuleNode.Aggregate>().Select(one => one.Collection.Name).ToHashSet(StringComparer.Ordinal),
            nodes.OfType<RuleNode.HasTag>().Any(),
            values.Any(value => value is RuleValue.Today or RuleValue.Span or RuleValue.ThisMonth));
    }
}
