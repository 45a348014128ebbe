using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Rates;

/// <summary>What one unit of a currency is worth from a day on, as it was typed.</summary>
public sealed class RateForm
{
    [Display(Name = "Currency")] public string? Currency { get; set; }
    [Display(Name = "From the day")] public DateOnly? Day { get; set; }
    [Display(Name = "Worth")] public string? Rate { get; set; }
    public int Version { get; set; }

    public static RateForm Of(ExchangeRate rate) => new() { Currency = rate.Currency, Day = rate.Day, Rate = Write(rate.Rate), Version = rate.Version };

    public static string Write(long rate) => ExchangeRate.Unscaled(rate).ToString("0.##########", CultureInfo.InvariantCulture);

    /// <summary>Null when it is no rate. Rates have more decimals than amounts do: one comma or point is always the decimal one.</summary>
    public decimal? Value
    {
        get
        {
            if (Rate is null || Rate.Length > 40) return null;
            var text = SearchText.Fold(Rate).Replace('٫', '.').Replace(',', '.');
            return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate > 0 && ExchangeRate.IsRate(rate) && decimal.Round(rate, 10) == rate ? rate : null;
        }
    }
}

public sealed class RateFormValidator : AbstractValidator<RateForm>
{
    private static readonly DateOnly First = new(1900, 1, 1);
    private static readonly DateOnly Last = new(2200, 1, 1);

    public RateFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.Currency).Must(code => Currencies.All.Contains(code, StringComparer.Ordinal)).WithMessage(_ => L["Choose one of the list."]);
        RuleFor(f => f.Day).NotNull().WithMessage(_ => L["Please fill this in."]);
        RuleFor(f => f.Day).InclusiveBetween(First, Last).WithMessage(_ => L["This date is too far away."]);
        RuleFor(f => f.Rate).Must((form, _) => form.Value is not null).WithMessage(_ => L["Write a number above 0 like 0.9215, with at most ten decimals."]);
    }
}
