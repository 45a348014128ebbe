using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;

namespace CrmWeb.Domain.Segments;

/// <summary>Whose rows a rule may name.</summary>
public enum RuleKind
{
    Member,
    Team,
    Tag,
    Tier,
    Segment,
    Customer,
    Product,
    Pipeline,
    Stage,
    Reason,

    /// <summary>Of a custom field, which has them with it.</summary>
    Option,
}

/// <summary>A row by its name, which need not be its alone.</summary>
public sealed record RuleName(long Id, string Name);

/// <summary>What the names in a rule mean to whoever writes or reads it. What it does not know does not exist for them.</summary>
/// <param name="Currency">Of the tenant.</param>
/// <param name="Custom">The custom fields that they see.</param>
public sealed record RuleWorld(string Currency, CustomFieldSet Custom)
{
    /// <summary>A world without a name, for rules that have none.</summary>
    public static readonly RuleWorld Bare = new("EUR", CustomFieldSet.None);

    /// <summary>Custom fields that are out of use: a rule that was stored before may read them still.</summary>
    public IReadOnlyList<CustomField> Retired { get; init; } = [];

    /// <summary>How often customers should hear from the tenant, for rules that ask when the next contact is due.</summary>
    public ContactRhythm Rhythm { get; init; } = ContactRhythm.None;

    private readonly Dictionary<RuleKind, Dictionary<long, string>> byId = [];
    private readonly Dictionary<RuleKind, ILookup<string, long>> byName = [];

    /// <summary>The same with the rows of a kind: all of them, or those that a rule names.</summary>
    public RuleWorld With(RuleKind kind, IEnumerable<RuleName> rows)
    {
        var names = rows.DistinctBy(row => row.Id).ToList();
        byId[kind] = names.ToDictionary(row => row.Id, row => row.Name);
        byName[kind] = names.ToLookup(row => SearchText.Fold(row.Name), row => row.Id, StringComparer.Ordinal);
        return this;
    }

    /// <summary>The rows of a name, however it is written; more than one where it is not unique.</summary>
    public IReadOnlyList<long> Find(RuleKind kind, string name) => byName.TryGetValue(kind, out var ids) ? [.. ids[SearchText.Fold(name)].Distinct()] : [];

    public string? NameOf(RuleKind kind, long id) => byId.TryGetValue(kind, out var names) ? names.GetValueOrDefault(id) : null;

    public IEnumerable<string> Names(RuleKind kind) => byId.TryGetValue(kind, out var names) ? names.Values : [];
}
