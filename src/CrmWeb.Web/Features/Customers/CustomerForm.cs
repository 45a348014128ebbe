using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;

namespace CrmWeb.Web.Features.Customers;

/// <summary>What a person may say about a customer; nothing else is bound (T11).</summary>
public sealed record CustomerForm
{
    [Display(Name = "Kind")] public CustomerKind Kind { get; set; }
    [Display(Name = "Name")] public string? Name { get; set; }
    [Display(Name = "E-mail"), DataType(DataType.EmailAddress)] public string? Email { get; set; }
    [Display(Name = "Phone"), DataType(DataType.PhoneNumber)] public string? Phone { get; set; }
    [Display(Name = "Other e-mails"), DataType(DataType.MultilineText)] public string? OtherEmails { get; set; }
    [Display(Name = "Other phones"), DataType(DataType.MultilineText)] public string? OtherPhones { get; set; }
    [Display(Name = "Website"), DataType(DataType.Url)] public string? Website { get; set; }
    [Display(Name = "Street")] public string? Street { get; set; }
    [Display(Name = "City")] public string? City { get; set; }
    [Display(Name = "Region")] public string? Region { get; set; }
    [Display(Name = "Postal code")] public string? PostalCode { get; set; }
    [Display(Name = "Country")] public string? Country { get; set; }
    [Display(Name = "Industry")] public string? Industry { get; set; }
    [Display(Name = "Language")] public string? Language { get; set; }
    [Display(Name = "Preferred channel")] public Channel? PreferredChannel { get; set; }
    [Display(Name = "Stage")] public LifecycleStage Stage { get; set; }
    [Display(Name = "Source")] public string? Source { get; set; }
    [Display(Name = "External id")] public string? ExternalId { get; set; }
    [Display(Name = "Description"), DataType(DataType.MultilineText)] public string? Description { get; set; }
    [Display(Name = "Owner")] public long? OwnerId { get; set; }
    [Display(Name = "Team")] public long? TeamId { get; set; }
    [Display(Name = "Organisation")] public long? OrganisationId { get; set; }
    [Display(Name = "Service tier")] public long? ServiceTierId { get; set; }
    [Display(Name = "Tags")] public string? Tags { get; set; }

    /// <summary>Values of custom fields by their keys, as typed or in the form of <see cref="CustomText"/>. A field that is not here was not in the form, and stays as it is.</summary>
    public Dictionary<string, List<string?>> Custom { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The version that the person saw, and what it said.</summary>
    public int Version { get; set; }

    public string? Seen { get; set; }

    /// <summary>After a conflict: the fields in which the colleague's value is taken over.</summary>
    public List<string> Take { get; set; } = [];

    /// <summary>Contact points, custom values and tags must be loaded.</summary>
    /// <param name="customer">As it stands.</param>
    /// <param name="custom">The custom fields that the member sees.</param>
    public static CustomerForm Of(Customer customer, CustomFieldSet custom)
    {
        var form = Of(CustomerDetails.Of(customer, custom), custom);
        form.Tags = Lines(customer.Tags.Select(t => t.Tag!.Name).Order(StringComparer.CurrentCulture));
        form.Version = customer.Version;
        return form;
    }

    public static CustomerForm Of(CustomerDetails d, CustomFieldSet custom) => new()
    {
        Custom = CustomOf(custom, d.Custom),
        Kind = d.Kind,
        Name = d.Name,
        Email = d.Email,
        Phone = d.Phone,
        OtherEmails = Lines(d.OtherEmails),
        OtherPhones = Lines(d.OtherPhones),
        Website = d.Website,
        Street = d.Street,
        City = d.City,
        Region = d.Region,
        PostalCode = d.PostalCode,
        Country = d.Country is null ? null : Countries.NameOf(d.Country),
        Industry = d.Industry,
        Language = d.Language,
        PreferredChannel = d.PreferredChannel,
        Stage = d.Stage,
        Source = d.Source,
        ExternalId = d.ExternalId,
        Description = d.Description,
        OwnerId = d.OwnerId,
        TeamId = d.TeamId,
        OrganisationId = d.OrganisationId,
        ServiceTierId = d.ServiceTierId,
    };

    public static Dictionary<string, List<string?>> CustomOf(CustomFieldSet custom, ImmutableDictionary<string, ImmutableArray<string>> values) =>
        custom.All.ToDictionary(field => field.Key, field => values.GetValueOrDefault(field.Key, []).ToList<string?>(), StringComparer.Ordinal);

    /// <param name="phoneCountry">Of the tenant.</param>
    /// <param name="fields">The custom fields that <paramref name="custom"/> speaks of.</param>
    /// <param name="custom">What <see cref="CustomerFormFields"/> read.</param>
    public CustomerDetails ToDetails(string? phoneCountry, CustomFieldSet fields, ImmutableDictionary<string, ImmutableArray<string>> custom) => new()
    {
        Custom = custom,
        CustomFields = fields,
        Kind = Kind,
        Name = Name ?? "",
        Email = Email,
        Phone = Phone,
        OtherEmails = [.. Lines(OtherEmails)],
        OtherPhones = [.. Lines(OtherPhones)],
        Website = Website,
        Street = Street,
        City = City,
        Region = Region,
        PostalCode = PostalCode,
        Country = Countries.TryFind(Country, out var code) ? code : Country,
        Industry = Industry,
        Language = Language,
        PreferredChannel = PreferredChannel,
        Stage = Stage,
        Source = Source,
        ExternalId = ExternalId,
        Description = Description,
        OwnerId = OwnerId,
        TeamId = TeamId,
        OrganisationId = OrganisationId,
        ServiceTierId = ServiceTierId,
        PhoneCountry = phoneCountry,
    };

    public static string[] Lines(string? text) => (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Names of tags, one on each line, each once by its folded form.</summary>
    public IEnumerable<string> TagNames() => Lines(Tags).Where(name => SearchText.Fold(name).Length > 0).DistinctBy(SearchText.Fold, StringComparer.Ordinal);

    private static string? Lines(IEnumerable<string> values) => string.Join('\n', values) is { Length: > 0 } text ? text : null;
}
