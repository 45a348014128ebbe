using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Tenants;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers.Quality;

public sealed class FreshForm
{
    [Display(Name = "Days a record stays fresh")] public int? Days { get; set; }
    public int Version { get; set; }
}

public sealed class FreshFormValidator : AbstractValidator<FreshForm>
{
    public FreshFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.Days).NotNull().WithMessage(_ => L["Please fill this in."]);
        RuleFor(f => f.Days).InclusiveBetween(1, Tenant.MostFreshDays).WithMessage(_ => L["Between {0} and {1}.", 1, Tenant.MostFreshDays]);
    }
}
