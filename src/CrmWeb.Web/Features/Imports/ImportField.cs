namespace CrmWeb.Web.Features.Imports;

/// <summary>What a column of a customer import may mean; the names are those of the API and are kept in saved mappings.</summary>
public static class ImportField
{
    public const string ExternalId = "externalId";
    public const string Kind = "kind";
    public const string Name = "name";
    public const string FirstName = "firstName";
    public const string LastName = "lastName";
    public const string Organisation = "organisation";
    public const string Email = "email";
    public const string Phone = "phone";
    public const string OtherEmails = "otherEmails";
    public const string OtherPhones = "otherPhones";
    public const string Website = "website";
    public const string Street = "street";
    public const string City = "city";
    public const string Region = "region";
    public const string PostalCode = "postalCode";
    public const string Country = "country";
    public const string Industry = "industry";
    public const string Language = "language";
    public const string PreferredChannel = "preferredChannel";
    public const string Stage = "stage";
    public const string Source = "source";
    public const string Owner = "owner";
    public const string Team = "team";
    public const string ServiceTier = "serviceTier";
    public const string Tags = "tags";
    public const string Description = "description";
    public const string CreatedAt = "createdAt";
    public const string Ignore = "ignore";

    /// <summary>All of them, in the order in which a form offers them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        ExternalId, Kind, Name, FirstName, LastName, Organisation, Email, Phone, OtherEmails, OtherPhones, Website, Street, City, Region, PostalCode, Country, Industry,
        Language, PreferredChannel, Stage, Source, Owner, Team, ServiceTier, Tags, Description, CreatedAt, Ignore,
    ];

    /// <summary>Whether several columns may mean the field; their values are then joined.</summary>
    public static bool MayRepeat(string field) => field is OtherEmails or OtherPhones or Tags or Ignore;
}
