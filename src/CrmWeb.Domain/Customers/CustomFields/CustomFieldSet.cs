using System.Collections.Immutable;
using CrmWeb.Domain.Customers.Quality;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers.CustomFields;

/// <summary>The custom fields that are in use, in the order of the page; all of them, or those that somebody sees. What is not in the set is not there for them.</summary>
public sealed class CustomFieldSet
{
    public static readonly CustomFieldSet None = new([], []);

    private readonly Dictionary<string, CustomField> byKey;
    private readonly Dictionary<long, CustomField> byId;

    /// <param name="fields">With their options; retired ones are left out.</param>
    /// <param name="groups">All of them.</param>
    public CustomFieldSet(IEnumerable<CustomField> fields, IEnumerable<CustomFieldGroup> groups)
    {
        Groups = [.. groups.OrderBy(group => group.Position).ThenBy(group => group.Id)];
        var places = Groups.Select((group, i) => (group.Id, i)).ToDictionary(place => place.Id, place => place.i);
        All = [.. fields.Where(field => field.RetiredAt is null)
            .OrderBy(field => field.GroupId is { } group ? places.GetValueOrDefault(group, -1) : -1).ThenBy(field => field.Position).ThenBy(field => field.Id)];
        byKey = All.ToDictionary(field => field.Key, StringComparer.Ordinal);
        byId = All.ToDictionary(field => field.Id);
    }

    public IReadOnlyList<CustomField> All { get; }

    public IReadOnlyList<CustomFieldGroup> Groups { get; }

    /// <summary>What the tenant holds for good data: it is remembered together with the fields.</summary>
    public QualityRules Quality { get; init; } = QualityRules.Usual;

    public bool IsEmpty => All.Count == 0;

    public CustomField? Find(string key) => byKey.GetValueOrDefault(key);

    public CustomField? ById(long id) => byId.GetValueOrDefault(id);

    /// <summary>By the name among other fields: <c>custom.KEY</c>.</summary>
    public CustomField? Named(string name) => name.StartsWith(CustomField.Prefix, StringComparison.Ordinal) ? Find(name[CustomField.Prefix.Length..]) : null;

    public CustomFieldSet SeenBy(Role roles) => All.All(field => field.IsSeenBy(roles)) ? this : new(All.Where(field => field.IsSeenBy(roles)), Groups) { Quality = Quality };

    /// <summary>The fields under their headings; those without one come first, under null.</summary>
    public IEnumerable<(CustomFieldGroup? Group, IReadOnlyList<CustomField> Fields)> InGroups() =>
        All.GroupBy(field => Groups.FirstOrDefault(group => group.Id == field.GroupId)).Select(group => (group.Key, (IReadOnlyList<CustomField>)[.. group]));

    /// <summary>The values of a field in one order, so that the same choice is equal to itself.</summary>
    public ImmutableArray<string> Ordered(CustomField field, IEnumerable<string> values) => field.Type != CustomFieldType.Choices
        ? [.. values.Take(1)]
        : [.. values.Distinct(StringComparer.Ordinal).OrderBy(value => CustomText.Id(value) is { } id && field.Option(id) is { } option ? option.Position : int.MaxValue).ThenBy(value => value, StringComparer.Ordinal)];

    /// <summary>What a new customer has in the fields that have a default.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Defaults() =>
        CustomerDetails.NoCustom.AddRange(All.Where(field => field.Default is not null).Select(field => KeyValuePair.Create(field.Key, ImmutableArray.Create(field.Default!))));

    /// <summary>Fields that must be filled in at the stage and are not.</summary>
    public IEnumerable<CustomField> Missing(ImmutableDictionary<string, ImmutableArray<string>> values, LifecycleStage stage) =>
        All.Where(field => field.IsRequiredAt(stage) && values.GetValueOrDefault(field.Key, []).IsEmpty);
}
