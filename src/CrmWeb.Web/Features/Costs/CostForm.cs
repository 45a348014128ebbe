using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Costs;

/// <summary>What an hour of a role or a contact by a channel costs from a day on, as it was typed.</summary>
public sealed class CostForm
{
    /// <summary>As <see cref="CostWords.Key"/> writes it.</summary>
    [Display(Name = "Of")] public string? Of { get; set; }

    /// <summary>Null: since ever.</summary>
    [Display(Name = "From the day")] public DateOnly? Day { get; set; }

    [Display(Name = "Cost")] public string? Amount { get; set; }

    public int Version { get; set; }

    public static CostForm From(CostRate rate, string currency) => new()
    {
        Of = CostWords.Key(rate.Kind, rate.Which),
        Day = rate.Day == CostRate.Always ? null : rate.Day,
        Amount = Currencies.Write(rate.Amount, currency),
        Version = rate.Version,
    };

    /// <summary>In minor units of the currency; null when it is no cost.</summary>
    public long? Minor(string currency) => Currencies.Read(Amount, currency) is { } minor and >= 0 and <= CostRate.MostAmount ? minor : null;
}

public sealed class CostFormValidator : AbstractValidator<CostForm>
{
    private static readonly DateOnly First = new(1900, 1, 1);
    private static readonly DateOnly Last = new(2200, 1, 1);

    public CostFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.Of).Must(key => CostWords.Parse(key) is not null).WithMessage(_ => L["Choose one of the list."]);
        RuleFor(f => f.Day).InclusiveBetween(First, Last).WithMessage(_ => L["This date is too far away."]);
        RuleFor(f => f.Amount).NotEmpty().WithMessage(_ => L["Please fill this in."]);
    }
}
