using System.Collections.Immutable;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Web.Features.Customers.Bulk;

/// <summary>The fields that many customers can share a value of. Names and addresses of one customer are not among them.</summary>
internal static class BulkFields
{
    public static IReadOnlyList<string> Own { get; } =
        ["stage", "ownerId", "teamId", "serviceTierId", "organisationId", "source", "industry", "preferredChannel", "language", "website", "description", "street", "postalCode", "city", "region", "country"];

    /// <summary>Those that stand in the texts customers are found by.</summary>
    public static bool IsSought(string field) => field is not ("stage" or "ownerId" or "teamId" or "serviceTierId" or "preferredChannel" or "description") && !IsCustom(field);

    public static bool IsCustom(string field) => field.StartsWith(CustomField.Prefix, StringComparison.Ordinal);

    public static bool MayBeEmpty(string field) => field != "stage";

    /// <summary>The name of the property of customer and form.</summary>
    public static string Property(string field) => char.ToUpperInvariant(field[0]) + field[1..];

    /// <summary>The columns that a change of the field writes.</summary>
    public static IReadOnlyCollection<string> Columns(string field) => field switch
    {
        _ when IsCustom(field) => [nameof(Customer.UpdatedAt), nameof(Customer.ChangedAt)],
        "stage" => [nameof(Customer.Stage), nameof(Customer.StageChangedAt), nameof(Customer.UpdatedAt), nameof(Customer.ChangedAt)],
        _ => [Property(field), nameof(Customer.UpdatedAt), nameof(Customer.ChangedAt)],
    };

    public static CustomerDetails Put(this CustomerDetails d, string field, string? text) => field switch
    {
        "stage" => d with { Stage = ChangeText.Enum<LifecycleStage>(text) ?? d.Stage },
        "ownerId" => d with { OwnerId = ChangeText.Id(text) },
        "teamId" => d with { TeamId = ChangeText.Id(text) },
        "serviceTierId" => d with { ServiceTierId = ChangeText.Id(text) },
        "organisationId" => d with { OrganisationId = ChangeText.Id(text) },
        "preferredChannel" => d with { PreferredChannel = ChangeText.Enum<Channel>(text) },
        "source" => d with { Source = text },
        "industry" => d with { Industry = text },
        "language" => d with { Language = text },
        "website" => d with { Website = text },
        "description" => d with { Description = text },
        "street" => d with { Street = text },
        "postalCode" => d with { PostalCode = text },
        "city" => d with { City = text },
        "region" => d with { Region = text },
        "country" => d with { Country = text },
        _ => throw new KeyNotFoundException($"{field} is no field of many."),
    };

    /// <summary>What the details say in the field, as texts.</summary>
    public static ImmutableArray<string> Said(this CustomerDetails d, string field) =>
        IsCustom(field) ? d.Custom.GetValueOrDefault(field[CustomField.Prefix.Length..], []) : ChangeText.Of(DetailField.Of(field).Get(d)) is { } text ? [text] : [];

    /// <summary>The details with these texts in the field.</summary>
    public static CustomerDetails Saying(this CustomerDetails d, string field, ImmutableArray<string> texts) =>
        IsCustom(field) ? d.With(field[CustomField.Prefix.Length..], texts) : d.Put(field, texts.IsEmpty ? null : texts[0]);

    /// <summary>Texts are the same however they are written; ids, words and numbers are themselves.</summary>
    public static bool IsSame(string one, string other) => one == other || SearchText.Fold(one) == SearchText.Fold(other);
}
