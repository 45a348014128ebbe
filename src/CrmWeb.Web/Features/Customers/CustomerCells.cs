using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>What a row says in a column.</summary>
public static class CustomerCells
{
    /// <summary>A row as the kit writes it; an archived one leads nowhere.</summary>
    public static ListRow Row(IStringLocalizer L, LocalTime time, CustomerRow row, Columns columns, CustomFieldSet custom, string pathBase) => new(
        row.DeletedAt is null ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{pathBase}/customers/{row.Id}") : null,
        [.. columns.Shown.Select(column => Of(L, time, row, column.Key, custom))])
    { Muted = row.DeletedAt is not null, Id = row.Id };

    public static Cell Of(IStringLocalizer L, LocalTime time, CustomerRow row, string column, CustomFieldSet custom) => column switch
    {
        _ when custom.Named(column) is { } field => Cell.Of(Text(L, time, row, column, custom), ltr: field.Type == CustomFieldType.Link),
        "name" => Cell.Name(row.Name, row.Kind == CustomerKind.Organisation),
        "stage" => Cell.Of(new Badge(L.Of(row.Stage), CustomerWords.ToneOf(row.Stage))),
        "email" or "phone" or "website" or "postalCode" => Cell.Of(Typed(row, column), ltr: true),
        _ when IsDate(column) => Cell.Of(At(row, column)),
        _ when CustomerWorth.Find(column)?.Of is { } worth => Cell.Of(Amount(row, column, worth), ltr: true),
        _ => Cell.Of(Text(L, time, row, column, custom)),
    };

    public static string? Text(IStringLocalizer L, LocalTime time, CustomerRow row, string column, CustomFieldSet custom) => column switch
    {
        _ when custom.Named(column) is { } field => CustomShown.Say(L, time, field, row.Custom),
        "kind" => L.Of(row.Kind),
        "stage" => L.Of(row.Stage),
        "channel" => row.PreferredChannel is { } channel ? L.Of(channel) : null,
        "country" => row.Country is { } country ? Countries.NameOf(country) : null,
        CustomerColumns.Tier => row.Tier,
        CustomerColumns.Tags => row.Tags.Count == 0 ? null : string.Join(L[", "], row.Tags),
        _ => Typed(row, column),
    };

    public static bool IsDate(string column) => column is "contact" or "created" or "updated" or "stageChanged" || CustomerWorth.Find(column)?.At is not null;

    private static string? Amount(CustomerRow row, string column, Func<CustomerWorth, long?> of) => row.Worth is not { } worth || of(worth) is not { } amount ? null
        : CustomerWorth.Find(column)!.IsMoney ? Digits.Money(amount, row.Currency) : Digits.Number(amount);

    public static DateTime? At(CustomerRow row, string column) => column switch
    {
        "contact" => row.LastInteractionAt,
        "created" => row.CreatedAt,
        "updated" => row.UpdatedAt,
        _ when CustomerWorth.Find(column)?.At is { } worth => row.Worth is { } its ? worth(its) : null,
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
