using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Products.Dream;

/// <summary>The words of the dream sector, and what of it a member may read.</summary>
internal static class DreamWords
{
    public static string Of(this IStringLocalizer L, DreamMeasure measure) => measure switch
    {
        DreamMeasure.Margin => L["Margin, % of the revenue"],
        DreamMeasure.Revenue => L["Revenue of 12 months"],
        DreamMeasure.Growth => L["Growth against the 12 months before, %"],
        DreamMeasure.Buyers => L["Buyers"],
        DreamMeasure.Again => L["Buyers who bought again, %"],
        DreamMeasure.Returned => L["Orders that came back, %"],
        _ => L["Pieces"],
    };

    /// <summary>Where the value stands beside it, with its unit.</summary>
    public static string Short(this IStringLocalizer L, DreamMeasure measure) => measure switch
    {
        DreamMeasure.Margin => L["Margin"],
        DreamMeasure.Revenue => L["Revenue"],
        DreamMeasure.Growth => L["Growth"],
        DreamMeasure.Again => L["Bought again"],
        DreamMeasure.Returned => L["Came back"],
        _ => L.Of(measure),
    };

    /// <summary>A value of a measure as people read it.</summary>
    public static string Value(DreamMeasure measure, decimal value, string currency) => measure switch
    {
        DreamMeasure.Revenue => Currency.ToMinor(decimal.Round(value, Currency.MinorDigits(currency)), currency) is { } minor ? Digits.Money(minor, currency) : Digits.Number(value),
        DreamMeasure.Buyers or DreamMeasure.Pieces => Digits.Number(value),
        _ => Percent(value),
    };

    public static string Percent(decimal value) => (value < 0 ? "−" : "") + Digits.Number(Math.Abs(value), 1) + (Languages.Current == Languages.Persian ? "٪" : "%");

    /// <summary>A score of thousandths, from 0 to 100.</summary>
    public static string Score(int score) => Digits.Number(score / 10m, 1);

    /// <summary>The twelve whole months of days before today, and those before them, where the tenant is.</summary>
    public static DreamSpan Span(CurrentMember me)
    {
        var today = TenantDay.Today(me);
        return new(TenantDay.Start(me, today.AddYears(-2)), TenantDay.Start(me, today.AddYears(-1)), TenantDay.Start(me, today), me.Pass.Currency);
    }

    /// <summary>What the tenant said; null while nobody did.</summary>
    public static async Task<DreamSector?> DreamSector(this CrmDb db, CurrentMember me, CancellationToken stop) =>
        Domain.Sales.DreamSector.Read(await db.Tenants.Where(t => t.Id == me.Pass.TenantId).Select(t => t.DreamSector).SingleAsync(stop));
}
