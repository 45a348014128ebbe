using System.Collections.Immutable;
using CrmWeb.Domain.Customers.CustomFields;

namespace CrmWeb.Domain.Customers.Imports;

/// <summary>
/// One field of <see cref="CustomerDetails"/>, so that an import can take over, compare and put back single fields.
/// </summary>
/// <param name="Name">As in the API.</param>
/// <param name="Get">The value: text, enum, id or several texts.</param>
/// <param name="Take">The first details with the field of the second.</param>
public sealed record DetailField(string Name, Func<CustomerDetails, object?> Get, Func<CustomerDetails, CustomerDetails, CustomerDetails> Take)
{
    /// <summary>All that is stored of the details.</summary>
    public static IReadOnlyList<DetailField> All { get; } =
    [
        new("kind", d => d.Kind, (d, from) => d with { Kind = from.Kind }),
        new("name", d => d.Name, (d, from) => d with { Name = from.Name }),
        new("email", d => d.Email, (d, from) => d with { Email = from.Email }),
        new("otherEmails", d => d.OtherEmails, (d, from) => d with { OtherEmails = from.OtherEmails }),
        new("phone", d => d.Phone, (d, from) => d with { Phone = from.Phone }),
        new("otherPhones", d => d.OtherPhones, (d, from) => d with { OtherPhones = from.OtherPhones }),
        new("website", d => d.Website, (d, from) => d with { Website = from.Website }),
        new("street", d => d.Street, (d, from) => d with { Street = from.Street }),
        new("city", d => d.City, (d, from) => d with { City = from.City }),
        new("region", d => d.Region, (d, from) => d with { Region = from.Region }),
        new("postalCode", d => d.PostalCode, (d, from) => d with { PostalCode = from.PostalCode }),
        new("country", d => d.Country, (d, from) => d with { Country = from.Country }),
        new("industry", d => d.Industry, (d, from) => d with { Industry = from.Industry }),
        new("language", d => d.Language, (d, from) => d with { Language = from.Language }),
        new("preferredChannel", d => d.PreferredChannel, (d, from) => d with { PreferredChannel = from.PreferredChannel }),
        new("stage", d => d.Stage, (d, from) => d with { Stage = from.Stage }),
        new("source", d => d.Source, (d, from) => d with { Source = from.Source }),
        new("description", d => d.Description, (d, from) => d with { Description = from.Description }),
        new("externalId", d => d.ExternalId, (d, from) => d with { ExternalId = from.ExternalId }),
        new("ownerId", d => d.OwnerId, (d, from) => d with { OwnerId = from.OwnerId }),
        new("teamId", d => d.TeamId, (d, from) => d with { TeamId = from.TeamId }),
        new("serviceTierId", d => d.ServiceTierId, (d, from) => d with { ServiceTierId = from.ServiceTierId }),
        new("organisationId", d => d.OrganisationId, (d, from) => d with { OrganisationId = from.OrganisationId }),
    ];

    private static readonly Dictionary<string, DetailField> ByName = All.ToDictionary(field => field.Name, StringComparer.Ordinal);

    public static DetailField Of(string name) => Find(name) ?? throw new KeyNotFoundException($"There is no field {name}.");

    public static DetailField? Find(string name) =>
        name.StartsWith(CustomField.Prefix, StringComparison.Ordinal) ? OfCustom(name[CustomField.Prefix.Length..]) : ByName.GetValueOrDefault(name);

    /// <summary>A custom field by its key: its values, none where it has none.</summary>
    public static DetailField OfCustom(string key) => new(
        CustomField.Prefix + key, d => d.Custom.GetValueOrDefault(key, []), (d, from) => d.With(key, from.Custom.GetValueOrDefault(key, [])));

    // what a field does follows from its name
    public bool Equals(DetailField? other) => other?.Name == Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>Nothing is there. Kind and stage always say something.</summary>
    public bool IsEmpty(CustomerDetails details) => Get(details) switch
    {
        null => true,
        string text => text.Length == 0,
        ImmutableArray<string> many => many.IsDefaultOrEmpty,
        _ => false,
    };

    public bool IsSame(CustomerDetails one, CustomerDetails other) => (Get(one), Get(other)) switch
    {
        (ImmutableArray<string> a, ImmutableArray<string> b) => a.AsSpan().SequenceEqual(b.AsSpan()),
        var (a, b) => Equals(a, b),
    };

    /// <summary>The fields that say something.</summary>
    public static IEnumerable<DetailField> In(CustomerDetails details) =>
        All.Where(field => !field.IsEmpty(details)).Concat(details.Custom.Keys.Order(StringComparer.Ordinal).Select(OfCustom));

    /// <summary>The fields in which the two differ.</summary>
    public static List<DetailField> Between(CustomerDetails one, CustomerDetails other) =>
        [.. All.Concat(one.Custom.Keys.Union(other.Custom.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(OfCustom)).Where(field => !field.IsSame(one, other))];
}
