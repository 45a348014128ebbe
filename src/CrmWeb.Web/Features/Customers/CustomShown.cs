using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>A row of a custom value with the names behind its ids. A customer that the member may not see, or that is archived, has no name.</summary>
public sealed record CustomShown(CustomValue Row, string? Member, string? Reference, string? ExternalId = null)
{
    /// <summary>The values of some customers in some fields, in one question.</summary>
    public static async Task<ILookup<long, CustomShown>> Read(CrmDb db, IReadOnlyCollection<long> customers, IEnumerable<CustomField> fields, CancellationToken stop)
    {
        List<long> asked = [.. fields.Select(field => field.Id)];
        if (asked.Count == 0 || customers.Count == 0) return Enumerable.Empty<CustomShown>().ToLookup(_ => 0L);
        var rows = await db.Seen(db.CustomValues.IgnoreQueryFilters([TenantScoping.DeletedFilter]))
            .Where(v => customers.Contains(v.CustomerId) && asked.Contains(v.FieldId))
            .Select(v => new CustomShown(v, v.Member!.Name, db.Customers.Where(c => c.Id == v.ReferenceId && c.DeletedAt == null).Select(c => c.Name).FirstOrDefault(),
                db.Customers.Where(c => c.Id == v.ReferenceId && c.DeletedAt == null).Select(c => c.ExternalId).FirstOrDefault()))
            .AsNoTracking().ToListAsync(stop);
        return rows.ToLookup(row => row.Row.CustomerId);
    }

    /// <summary>Where a customer with these values stands in the order of a field.</summary>
    public static CustomerCursor Cursor(IEnumerable<CustomShown> values, CustomField field, long id)
    {
        var its = values.FirstOrDefault(value => value.Row.FieldId == field.Id);
        return field.Type switch
        {
            CustomFieldType.Member => CustomerCursor.OfNamed(its?.Member, its?.Row.MemberId, id),
            CustomFieldType.Customer => CustomerCursor.OfNamed(its?.Reference is { } name ? SearchText.Fold(name) : null, its?.Row.ReferenceId, id),
            _ => CustomerCursor.OfCustom(its?.Row, id),
        };
    }

    /// <summary>The value as people read it; null when there is nothing to be read.</summary>
    public string? Say(IStringLocalizer L, LocalTime time, CustomField field) => field.Type switch
    {
        CustomFieldType.Number => Row.Number is { } number ? Number(number) : null,
        CustomFieldType.Money => Row.Number is { } amount ? Money(amount, Row.Currency!) : null,
        CustomFieldType.YesNo => Row.Number is { } yes ? (yes == 0 ? L["No"] : L["Yes"]).Value : null,
        CustomFieldType.Date => Row.Date is { } day ? time.Date(day) : null,
        CustomFieldType.Choice or CustomFieldType.Choices => Row.OptionId is { } option ? field.Option(option)?.Name : null,
        CustomFieldType.Member => Member,
        CustomFieldType.Customer => Reference,
        _ => Row.Text,
    };

    /// <summary>All values of a field as one text.</summary>
    public static string? Say(IStringLocalizer L, LocalTime time, CustomField field, IEnumerable<CustomShown> rows)
    {
        var its = rows.Where(row => row.Row.FieldId == field.Id);
        if (field.Type == CustomFieldType.Choices) its = its.OrderBy(row => row.Row.OptionId is { } id ? field.Option(id)?.Position : null);
        var said = its.Select(row => row.Say(L, time, field)).OfType<string>().ToList();
        return said.Count == 0 ? null : string.Join(L[", "], said);
    }

    private static string Number(long scaled)
    {
        var number = scaled / (decimal)TypedNumber.Scale;
        return Digits.Number(number, Decimals(number));
    }

    private static string Money(long scaled, string currency)
    {
        var amount = scaled / (decimal)TypedNumber.Scale;
        return $"{Digits.Number(amount, amount == decimal.Truncate(amount) ? 0 : Domain.Tenants.Currency.MinorDigits(currency))} {currency}";
    }

    private static int Decimals(decimal number) => Enumerable.Range(0, TypedNumber.Decimals + 1).First(decimals => decimal.Round(number, decimals) == number);
}
