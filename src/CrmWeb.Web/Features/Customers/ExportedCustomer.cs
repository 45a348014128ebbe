using System.Collections.Immutable;
using System.Globalization;
using System.Linq.Expressions;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Features.Shared.Csv;

namespace CrmWeb.Web.Features.Customers;

/// <summary>A customer as a file says it: what stands in the database, in the form in which an import reads it, the same in every language.</summary>
public sealed record ExportedCustomer(Customer Row, string? Organisation, string? Team)
{
    /// <summary>An organisation that the member may not see, or that is archived, is not named.</summary>
    public static readonly Expression<Func<Customer, ExportedCustomer>> Of = c => new ExportedCustomer(c, c.Organisation!.Name, c.Team!.Name);

    public string? Owner { get; init; }

    /// <summary>Their own, as an import gives it back.</summary>
    public ServiceTier? Tier { get; init; }

    /// <summary>The one that counts: what the list shows and orders by.</summary>
    public ServiceTier? Counts { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public ImmutableArray<string> OtherEmails { get; init; } = [];

    public ImmutableArray<string> OtherPhones { get; init; } = [];

    public IReadOnlyList<CustomShown> Custom { get; init; } = [];

    public CustomerCursor Cursor(CustomerSort sort) => sort.Field is { } field ? CustomShown.Cursor(Custom, field, Row.Id) :
        CustomerCursor.Of(sort.By, Row.NameNormal, Row.CreatedAt, Row.LastInteractionAt, CustomerWorth.Of(Row), Counts is { DeletedAt: null } tier ? tier.Position : null, Row.Id);

    /// <param name="column">A key of <see cref="CustomerColumns"/> or of <see cref="CustomerExport.AllFields"/>.</param>
    /// <param name="currency">The tenant's, of what is kept of orders and deals.</param>
    public string? Cell(string column, string currency) => column switch
    {
        "name" => Row.Name,
        "kind" => Row.Kind.ToString().ToLowerInvariant(),
        "organisation" => Organisation,
        "stage" => Row.Stage.ToString().ToLowerInvariant(),
        "channel" => Row.PreferredChannel?.ToString().ToLowerInvariant(),
        "owner" => Owner,
        "team" => Team,
        CustomerColumns.Tier => Tier?.Name,
        "tags" => ManyValues.Join(Tags),
        "otherEmails" => ManyValues.Join(OtherEmails),
        "otherPhones" => ManyValues.Join(OtherPhones),
        "contact" => Instant(Row.LastInteractionAt),
        "created" => Instant(Row.CreatedAt),
        "updated" => Instant(Row.UpdatedAt),
        "stageChanged" => Instant(Row.StageChangedAt),
        _ when CustomerWorth.Find(column) is { } fact => Worth(fact, currency),
        _ => Typed(column),
    };

    /// <summary>A custom field: options and customers by their names, members as <paramref name="members"/> tells them apart, the rest as it is compared.</summary>
    public string? Cell(CustomField field, IReadOnlyDictionary<long, string> members)
    {
        var its = Custom.Where(value => value.Row.FieldId == field.Id).ToList();
        return field.Type switch
        {
            CustomFieldType.Choices => its.Count == 0 ? null : ManyValues.Join(its.Select(value => field.Option(value.Row.OptionId ?? 0)).OfType<CustomFieldOption>().OrderBy(option => option.Position).Select(option => option.Name)),
            CustomFieldType.Choice => its.Select(value => field.Option(value.Row.OptionId ?? 0)?.Name).FirstOrDefault(),
            CustomFieldType.Member => its.Select(value => value.Row.MemberId is { } id ? members.GetValueOrDefault(id) : null).FirstOrDefault(),
            CustomFieldType.Customer => its.Select(value => value.ExternalId ?? value.Reference).FirstOrDefault(),
            _ => its.Select(value => value.Row.Read(field.Type)).FirstOrDefault(),
        };
    }

    private string? Worth(WorthFact fact, string currency)
    {
        var worth = CustomerWorth.Of(Row);
        if (fact.At is { } at) return Instant(at(worth));
        return fact.Of!(worth) is not { } amount ? null
            : fact.IsMoney ? Domain.Tenants.Currency.ToMajor(amount, currency).ToString(CultureInfo.InvariantCulture)
            : amount.ToString(CultureInfo.InvariantCulture);
    }

    private string? Typed(string column) => column switch
    {
        "email" => Row.Email,
        "phone" => Row.Phone,
        "website" => Row.Website,
        "street" => Row.Street,
        "city" => Row.City,
        "region" => Row.Region,
        "postalCode" => Row.PostalCode,
        "country" => Row.Country,
        "industry" => Row.Industry,
        "language" => Row.Language,
        "source" => Row.Source,
        "externalId" => Row.ExternalId,
        "description" => Row.Description,
        _ => null,
    };

    private static string? Instant(DateTime? at) => at?.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
