using System.Text.Json;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Platform.Api;

namespace CrmWeb.Web.Features.Customers;

/// <summary>What a program may say about a customer. It becomes the form of the page, and is judged like it.</summary>
[Example("""{"kind":"person","name":"Ava Stern","email":"ava@bluedoor.example","phone":"+49 30 1234567","externalId":"C-1001","stage":"lead","tags":["VIP"],"custom":{"favourite_roast":"Dark"}}""")]
public sealed record CustomerInput
{
    public CustomerKind Kind { get; init; }
    public string? Name { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public IReadOnlyList<string>? OtherEmails { get; init; }
    public IReadOnlyList<string>? OtherPhones { get; init; }
    public string? Website { get; init; }
    public string? Street { get; init; }
    public string? City { get; init; }
    public string? Region { get; init; }
    public string? PostalCode { get; init; }

    /// <summary>ISO 3166 alpha-2, or the name of the country.</summary>
    public string? Country { get; init; }

    public string? Industry { get; init; }
    public string? Language { get; init; }
    public Channel? PreferredChannel { get; init; }
    public LifecycleStage Stage { get; init; }
    public string? Source { get; init; }
    public string? Description { get; init; }

    /// <summary>The id in the system the customer came from; unique when set.</summary>
    public string? ExternalId { get; init; }

    public long? OwnerId { get; init; }
    public long? TeamId { get; init; }
    public long? OrganisationId { get; init; }

    /// <summary>What service is promised to them.</summary>
    public long? ServiceTierId { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Values of your own fields by their keys.</summary>
    public JsonElement? Custom { get; init; }

    /// <summary>Contact points and tags must be loaded.</summary>
    public static CustomerInput Of(Customer customer)
    {
        var d = CustomerDetails.Of(customer);
        return new CustomerInput
        {
            Kind = d.Kind,
            Name = d.Name,
            Email = d.Email,
            Phone = d.Phone,
            OtherEmails = d.OtherEmails,
            OtherPhones = d.OtherPhones,
            Website = d.Website,
            Street = d.Street,
            City = d.City,
            Region = d.Region,
            PostalCode = d.PostalCode,
            Country = d.Country,
            Industry = d.Industry,
            Language = d.Language,
            PreferredChannel = d.PreferredChannel,
            Stage = d.Stage,
            Source = d.Source,
            Description = d.Description,
            ExternalId = d.ExternalId,
            OwnerId = d.OwnerId,
            TeamId = d.TeamId,
            OrganisationId = d.OrganisationId,
            ServiceTierId = d.ServiceTierId,
            Tags = [.. customer.Tags.Select(t => t.Tag!.Name).Order(StringComparer.Ordinal)],
        };
    }

    /// <param name="before">What is changed, with the custom fields that the member sees: what an import brought in as it was, and nobody touches now, is no reason to refuse the rest.</param>
    public CustomerForm ToForm(CustomerForm? before = null, CustomFieldSet? fields = null) => new()
    {
        Kind = Kind,
        Name = Name,
        Email = Email,
        Phone = Phone,
        OtherEmails = Lines(OtherEmails),
        OtherPhones = Lines(OtherPhones),
        Website = Website,
        Street = Street,
        City = City,
        Region = Region,
        PostalCode = PostalCode,
        Country = Country,
        Industry = Industry,
        Language = Language,
        PreferredChannel = PreferredChannel,
        Stage = Stage,
        Source = Source,
        Description = Description,
        ExternalId = ExternalId,
        OwnerId = OwnerId,
        TeamId = TeamId,
        OrganisationId = OrganisationId,
        ServiceTierId = ServiceTierId,
        Tags = Lines(Tags),
        Version = before?.Version ?? 0,
        Seen = before is null ? null : CustomerSeen.Write(before, fields ?? CustomFieldSet.None),
    };

    /// <summary>The lists in which something takes more than a line, or is nothing: one would become two.</summary>
    public IEnumerable<string> Broken()
    {
        if (IsBroken(OtherEmails)) yield return nameof(OtherEmails);
        if (IsBroken(OtherPhones)) yield return nameof(OtherPhones);
        if (IsBroken(Tags)) yield return nameof(Tags);
    }

    private static bool IsBroken(IReadOnlyList<string>? values) => values?.Any(value => string.IsNullOrWhiteSpace(value) || value.AsSpan().IndexOfAny('\n', '\r') >= 0) == true;

    private static string? Lines(IReadOnlyList<string>? values) => values is { Count: > 0 } ? string.Join('\n', values) : null;
}
