using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Localisation;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Accounts;

public sealed class ProfileForm
{
    [Display(Name = "Name"), StringLength(Member.NameLength)]
    public string? Name { get; set; }

    [Display(Name = "Time zone")]
    public string? TimeZone { get; set; }

    [Display(Name = "Language")]
    public string? Language { get; set; }
}

public sealed class ChangePasswordForm
{
    [Display(Name = "Current password"), DataType(DataType.Password)]
    public string? Current { get; set; }

    [Display(Name = "New password"), DataType(DataType.Password)]
    public string? Password { get; set; }
}

public sealed class ChangeMailForm
{
    [Display(Name = "New mail address"), DataType(DataType.EmailAddress)]
    public string? Email { get; set; }

    [Display(Name = "Current password"), DataType(DataType.Password)]
    public string? Current { get; set; }
}

/// <summary>What a signed-in person confirms with their password.</summary>
public sealed class CurrentPasswordForm
{
    [Display(Name = "Current password"), DataType(DataType.Password)]
    public string? Current { get; set; }
}

public sealed class TurnOnForm
{
    /// <summary>The secret that the page showed, protected; it is kept only when the code proves that the app has it.</summary>
    public string? Setup { get; set; }

    [Display(Name = "Code of the app")]
    public string? Code { get; set; }

    [Display(Name = "Current password"), DataType(DataType.Password)]
    public string? Current { get; set; }
}

public sealed class ProfileFormValidator : AbstractValidator<ProfileForm>
{
    public ProfileFormValidator(IStringLocalizer L)
    {
        RuleFor(form => form.Name).Text(L, Member.NameLength);
        RuleFor(form => form.TimeZone).Must(zone => string.IsNullOrEmpty(zone) || TimeZones.Known(zone)).WithMessage(_ => L["This does not fit here."]);
        RuleFor(form => form.Language).Must(code => string.IsNullOrEmpty(code) || Languages.Known(code)).WithMessage(_ => L["This does not fit here."]);
    }
}

public sealed class ChangePasswordFormValidator : AbstractValidator<ChangePasswordForm>
{
    public ChangePasswordFormValidator(IStringLocalizer L)
    {
        RuleFor(form => form.Current).NotEmpty().WithMessage(_ => L["Please fill this in."]).Sendable(L);
        RuleFor(form => form.Password).NewPassword(L);
    }
}

public sealed class ChangeMailFormValidator : AbstractValidator<ChangeMailForm>
{
    public ChangeMailFormValidator(IStringLocalizer L)
    {
        RuleFor(form => form.Email).Email(L);
        RuleFor(form => form.Current).NotEmpty().WithMessage(_ => L["Please fill this in."]).Sendable(L);
    }
}

public sealed class CurrentPasswordFormValidator : AbstractValidator<CurrentPasswordForm>
{
    public CurrentPasswordFormValidator(IStringLocalizer L) => RuleFor(form => form.Current).NotEmpty().WithMessage(_ => L["Please fill this in."]).Sendable(L);
}

public sealed class TurnOnFormValidator : AbstractValidator<TurnOnForm>
{
    public TurnOnFormValidator(IStringLocalizer L)
    {
        RuleFor(form => form.Code).NotEmpty().WithMessage(_ => L["Please fill this in."]);
        RuleFor(form => form.Current).NotEmpty().WithMessage(_ => L["Please fill this in."]).Sendable(L);
    }
}
