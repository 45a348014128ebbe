using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Tenants;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Accounts;

public sealed class RegistrationForm
{
    [Display(Name = "Name of the organisation"), StringLength(Tenant.NameLength)]
    public string? Organisation { get; set; }

    /// <summary>Empty: proposed from the name.</summary>
    [Display(Name = "Address"), StringLength(Tenant.SlugLength)]
    public string? Slug { get; set; }

    [Display(Name = "Your name"), StringLength(Member.NameLength)]
    public string? Name { get; set; }

    [Display(Name = "Mail address"), DataType(DataType.EmailAddress)]
    public string? Email { get; set; }

    [Display(Name = "Password"), DataType(DataType.Password)]
    public string? Password { get; set; }
}

public sealed class ConfirmForm
{
    public string? Token { get; set; }

    [Display(Name = "Password"), DataType(DataType.Password)]
    public string? Password { get; set; }
}

/// <summary>A further organisation of somebody who has a login.</summary>
public sealed class OrganisationForm
{
    [Display(Name = "Name of the organisation"), StringLength(Tenant.NameLength)]
    public string? Organisation { get; set; }

    [Display(Name = "Address"), StringLength(Tenant.SlugLength)]
    public string? Slug { get; set; }

    [Display(Name = "Your name"), StringLength(Member.NameLength)]
    public string? Name { get; set; }
}

public sealed class RegistrationFormValidator : AbstractValidator<RegistrationForm>
{
    public RegistrationFormValidator(IStringLocalizer L)
    {
        RuleFor(form => form.Organisation).Text(L, Tenant.NameLength);
        RuleFor(form => form.Slug).Slug(L);
        RuleFor(form => form.Name).Text(L, Member.NameLength);
        RuleFor(form => form.Email).Email(L);
        RuleFor(form => form.Password).NewPassword(L);
    }
}

public sealed class ConfirmFormValidator : AbstractValidator<ConfirmForm>
{
    public ConfirmFormValidator(IStringLocalizer L) => RuleFor(form => form.Password).NotEmpty().WithMessage(_ => L["Please fill this in."]).Sendable(L);
}

public sealed class OrganisationFormValidator : AbstractValidator<OrganisationForm>
{
    public OrganisationFormValidator(IStringLocalizer L)
    {
        RuleFor(form => form.Organisation).Text(L, Tenant.NameLength);
        RuleFor(form => form.Slug).Slug(L);
        RuleFor(form => form.Name).Text(L, Member.NameLength);
    }
}
