using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>What a row says in a column.</summary>
public static class CustomerCells
{
    public static string? Text(IStringLocalizer L, CustomerRow row, string column) => column switch
    {
        "kind" => L.Of(row.Kind),
        "stage" => L.Of(row.Stage),
        "channel" => row.PreferredChannel is { } channel ? L.Of(channel) : null,
        "country" => row.Country is { } country ? Countries.NameOf(country) : null,
        CustomerColumns.Tags => row.Tags.Count == 0 ? null : string.Join(L[", "], row.Tags),
        _ => Typed(row, column),
    };

    public static DateTime? At(CustomerRow row, string column) => column switch
    {
        "contact" => row.LastInteractionAt,
        "created" => row.CreatedAt,
        "updated" => row.UpdatedAt,
        _ => row.StageChangedAt,
    };

    private static string? Typed(CustomerRow row, string column) => column switch
    {
        "name" => row.Name,
        "organisation" => row.Organisation,
        "email" => row.Email,
        "phone" => row.Phone,
        "owner" => row.Owner,
        "team" => row.Team,
        "website" => row.Website,
        "street" => row.Street,
        "city" => row.City,
        "region" => row.Region,
        "postalCode" => row.PostalCode,
        "country" => row.Country,
        "industry" => row.Industry,
        "language" => row.Language,
        "source" => row.Source,
        "externalId" => row.ExternalId,
        _ => null,
    };
}
