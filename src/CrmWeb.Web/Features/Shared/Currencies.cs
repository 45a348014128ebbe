using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Shared;

/// <summary>Currencies to choose from, and amounts as people type them.</summary>
public static class Currencies
{
    /// <summary>Every currency that some country has.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        .. CultureInfo.GetCultures(CultureTypes.SpecificCultures).Where(culture => culture.Name.Length > 0).Select(culture => new RegionInfo(culture.Name))
            .Select(region => region.ISOCurrencySymbol).Where(code => Currency.IsCode(code) && code != "XXX")
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    public static IEnumerable<SelectListItem> Choices => All.Select(code => new SelectListItem(code, code));

    /// <summary>The tenant's own, and those whose worth it knows.</summary>
    public static async Task<List<SelectListItem>> CurrencyChoices(this CrmDb db, string own, CancellationToken stop, params IEnumerable<string?> held)
    {
        var known = await db.ExchangeRates.Select(rate => rate.Currency).Distinct().ToListAsync(stop);
        return [.. known.Append(own).Concat(held.OfType<string>().Where(Currency.IsCode)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(code => new SelectListItem(code, code))];
    }

    /// <summary>An amount as a person typed it, in minor units; null when it is none, or finer than the currency.</summary>
    public static long? Read(string? typed, string currency) => TypedNumber.TryParse(typed, out var amount) ? Currency.ToMinor(amount, currency) : null;

    /// <summary>An amount as a field shows it and takes it back.</summary>
    public static string? Write(long? minor, string currency) => minor is { } amount ? Currency.ToMajor(amount, currency).ToString("0.###", CultureInfo.InvariantCulture) : null;

    /// <summary>What people write of a currency: its code, whatever its case.</summary>
    public static string? Code(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim().ToUpperInvariant();
}
