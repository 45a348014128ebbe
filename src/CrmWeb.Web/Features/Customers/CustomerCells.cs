using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>What a row says in a column.</summary>
public static class CustomerCells
{
    /// <summary>Rows as the kit writes them; an archived one leads nowhere. What a column shows is looked up once for all of them.</summary>
    public static IEnumerable<ListRow> Rows(IStringLocalizer L, LocalTime time, IEnumerable<CustomerRow> rows, Columns columns, CustomFieldSet custom, string pathBase)
    {
        Func<CustomerRow, Cell>[] cells = [.. columns.Shown.Select(column => Of(L, time, column.Key, custom))];
        return rows.Select(row => new ListRow(
            row.DeletedAt is null ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{pathBase}/customers/{row.Id}") : null,
            Array.ConvertAll(cells, cell => cell(row)))
        { Muted = row.DeletedAt is not null, Id = row.Id });
    }

    public static Cell Of(IStringLocalizer L, LocalTime time, CustomerRow row, string column, CustomFieldSet custom) => Of(L, time, column, custom)(row);

    private static Func<CustomerRow, Cell> Of(IStringLocalizer L, LocalTime time, string column, CustomFieldSet custom)
    {
        if (custom.Named(column) is { } field) return row => Cell.Of(CustomShown.Say(L, time, field, row.Custom), ltr: field.Type == CustomFieldType.Link);
        if (IsDate(column)) return row => Cell.Of(At(row, column));
        if (CustomerWorth.Find(column) is { Of: { } worth } fact) return row => Cell.Of(Amount(row, fact, worth), ltr: true);
        return column switch
        {
            "name" => row => Cell.Name(row.Name, row.Kind == CustomerKind.Organisation),
            "stage" => row => Cell.Of(new Badge(L.Of(row.Stage), CustomerWords.ToneOf(row.Stage))),
            "email" or "phone" or "website" or "postalCode" => row => Cell.Of(Typed(row, column), ltr: true),
            _ => row => Cell.Of(Text(L, time, row, column, custom)),
        };
    }

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

    private static string? Amount(CustomerRow row, WorthFact fact, Func<CustomerWorth, long?> of) => row.Worth is not { } worth || of(worth) is not { } amount ? null
        : fact.IsMoney ? Digits.Money(amount, row.Currency) : Digits.Number(amount);

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
