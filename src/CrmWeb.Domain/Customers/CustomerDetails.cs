using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CrmWeb.Domain.Customers.CustomFields;

namespace CrmWeb.Domain.Customers;

/// <summary>Everything about a customer that a person, an import or the API may set, as one value: forms fill it, imports compare it, a revert puts it back.</summary>
public sealed record CustomerDetails
{
    public const int NameLength = 200;
    public const int EmailLength = 254;
    public const int PhoneLength = 60;
    public const int WebsiteLength = 500;
    public const int StreetLength = 400;
    public const int PlaceLength = 120;
    public const int PostalCodeLength = 20;
    public const int WordLength = 120;
    public const int DescriptionLength = 32_000;
    public const int ExternalIdLength = 120;
    public const int MaxOtherContacts = 20;

    public static readonly ImmutableDictionary<string, ImmutableArray<string>> NoCustom = ImmutableDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal);

    public CustomerKind Kind { get; init; }
    public required string Name { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public ImmutableArray<string> OtherEmails { get; init; } = [];
    public ImmutableArray<string> OtherPhones { get; init; } = [];
    public string? Website { get; init; }
    public string? Street { get; init; }
    public string? City { get; init; }
    public string? Region { get; init; }
    public string? PostalCode { get; init; }
    public string? Country { get; init; }
    public string? Industry { get; init; }
    public string? Language { get; init; }
    public Channel? PreferredChannel { get; init; }
    public LifecycleStage Stage { get; init; }
    public string? Source { get; init; }
    public string? Description { get; init; }
    public string? ExternalId { get; init; }
    public long? OwnerId { get; init; }
    public long? TeamId { get; init; }
    public long? OrganisationId { get; init; }
    public long? ServiceTierId { get; init; }

    /// <summary>Values of custom fields by their keys, each in the form of <see cref="CustomText"/>; a field that has none is not in it.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Custom { get; init; } = NoCustom;

    /// <summary>The custom fields that <see cref="Custom"/> speaks of; values of others stay as they are. Not stored.</summary>
    [JsonIgnore]
    public CustomFieldSet CustomFields { get; init; } = CustomFieldSet.None;

    /// <summary>Country that phone numbers without a country code are read in: the tenant's, unless the caller knows better. Not stored.</summary>
    public string? PhoneCountry { get; init; }

    /// <summary>What the row of a customer says now. Contact points must be loaded, and with <paramref name="fields"/> the values of custom fields.</summary>
    public static CustomerDetails Of(Customer c, CustomFieldSet? fields = null) => new()
    {
        Custom = fields is null ? NoCustom : CustomValue.Typed(c.CustomValues, fields),
        CustomFields = fields ?? CustomFieldSet.None,
        Kind = c.Kind,
        Name = c.Name,
        Email = c.Email,
        Phone = c.Phone,
        OtherEmails = ContactPoint.Typed(c.ContactPoints, ContactPointKind.Email),
        OtherPhones = ContactPoint.Typed(c.ContactPoints, ContactPointKind.Phone),
        Website = c.Website,
        Street = c.Street,
        City = c.City,
        Region = c.Region,
        PostalCode = c.PostalCode,
        Country = c.Country,
        Industry = c.Industry,
        Language = c.Language,
        PreferredChannel = c.PreferredChannel,
        Stage = c.Stage,
        Source = c.Source,
        Description = c.Description,
        ExternalId = c.ExternalId,
        OwnerId = c.OwnerId,
        TeamId = c.TeamId,
        OrganisationId = c.OrganisationId,
        ServiceTierId = c.ServiceTierId,
    };

    /// <summary>The same with blank texts as null. Only the edges of single-line fields are trimmed; what stands inside is kept as typed.</summary>
    public CustomerDetails Tidy() => this with
    {
        Name = Name.Trim(),
        Email = Blank(Email),
        Phone = Blank(Phone),
        OtherEmails = Blank(OtherEmails),
        OtherPhones = Blank(OtherPhones),
        Website = Blank(Website),
        Street = Blank(Street),
        City = Blank(City),
        Region = Blank(Region),
        PostalCode = Blank(PostalCode),
        Country = Blank(Country),
        Industry = Blank(Industry),
        Language = Blank(Language),
        Source = Blank(Source),
        Description = string.IsNullOrWhiteSpace(Description) ? null : Description,
        ExternalId = Blank(ExternalId),
    };

    /// <summary>The same with these values in a custom field; none takes it away.</summary>
    public CustomerDetails With(string key, ImmutableArray<string> values) => this with { Custom = values.IsDefaultOrEmpty ? Custom.Remove(key) : Custom.SetItem(key, values) };

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static ImmutableArray<string> Blank(ImmutableArray<string> texts) =>
        texts.IsDefaultOrEmpty ? [] : [.. texts.Select(Blank).OfType<string>().Distinct(StringComparer.Ordinal)];
}
