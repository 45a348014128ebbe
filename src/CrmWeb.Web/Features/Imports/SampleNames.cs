using System.Collections.Immutable;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Imports;

/// <summary>The names behind the ids of some samples, and the values as people read them.</summary>
internal sealed record SampleNames(IReadOnlyDictionary<long, string> Customers, IReadOnlyDictionary<long, string> Members, IReadOnlyDictionary<long, string> Teams, IReadOnlyDictionary<long, string> Tiers, CustomFieldSet Custom, IStringLocalizer L)
{
    /// <summary>A custom field that is out of use since, or hidden from the reader, is not shown.</summary>
    public bool Knows(DetailField field) => !field.Name.StartsWith(CustomField.Prefix, StringComparison.Ordinal) || Custom.Named(field.Name) is not null;

    /// <summary>Nothing where the field is not known.</summary>
    public string Say(DetailField field, CustomerDetails details, bool known) => !known ? "" : field.Get(details) switch
    {
        null => "",
        ImmutableArray<string> values when Custom.Named(field.Name) is { } custom => string.Join(", ", values.Select(value => Say(custom, value))),
        ImmutableArray<string> many => string.Join(", ", many),
        long id => field.Name switch
        {
            "ownerId" => Members.GetValueOrDefault(id, "?"),
            "serviceTierId" => Tiers.GetValueOrDefault(id, "?"),
            "teamId" => Teams.GetValueOrDefault(id, "?"),
            // a dry run makes none
            _ => id < 0 ? L["to be made"] : Customers.GetValueOrDefault(id, "?"),
        },
        CustomerKind kind => L.Of(kind),
        LifecycleStage stage => L.Of(stage),
        Channel channel => L.Of(channel),
        var value => value.ToString() ?? "",
    };

    private string Say(CustomField field, string value) => field.Type switch
    {
        CustomFieldType.Choice or CustomFieldType.Choices => field.Option(CustomText.Id(value) ?? 0)?.Name ?? "?",
        CustomFieldType.Member => Members.GetValueOrDefault(CustomText.Id(value) ?? 0, "?"),
        CustomFieldType.Customer => Customers.GetValueOrDefault(CustomText.Id(value) ?? 0, "?"),
        CustomFieldType.YesNo => value == "true" ? L["Yes"] : L["No"],
        _ => value,
    };
}
