using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Kpis;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Api;
using CrmWeb.Web.Platform.Tenancy;
using FluentValidation;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers.Lifetime;

/// <summary>What a fit is made of, as it was typed; also the body of the API.</summary>
[Example("""{"calibrationEnd":"2026-06-30","unit":"week"}""")]
public sealed class ClvForm
{
    /// <summary>Null: yesterday, where the tenant is.</summary>
    [Display(Name = "Orders up to the day")] public DateOnly? CalibrationEnd { get; set; }

    [Display(Name = "Time is counted in")] public PurchaseUnit? Unit { get; set; }

    /// <summary>A day that is to come, where the tenant is, says nothing yet.</summary>
    public void CheckDay(ModelStateDictionary errors, CurrentMember me, IStringLocalizer L)
    {
        if (CalibrationEnd > TenantDay.Today(me)) errors.AddModelError(nameof(CalibrationEnd), L["This day has not come yet."]);
    }

    public ClvAsk Ask => new(CalibrationEnd, Unit ?? PurchaseUnit.Week);
}

public sealed class ClvFormValidator : AbstractValidator<ClvForm>
{
    private static readonly DateOnly First = new(1900, 1, 1);
    private static readonly DateOnly Last = new(2200, 1, 1);

    public ClvFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.CalibrationEnd).InclusiveBetween(First, Last).WithMessage(_ => L["This date is too far away."]);
        RuleFor(f => f.Unit).IsInEnum().WithMessage(_ => L["Choose one of the list."]);
    }
}
