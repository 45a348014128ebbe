using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Accounts;

public sealed class SignInForm
{
    [Display(Name = "Mail address"), DataType(DataType.EmailAddress)]
    public string? Email { get; set; }

    [Display(Name = "Password"), DataType(DataType.Password)]
    public string? Password { get; set; }

    [Display(Name = "Keep me signed in")]
    public bool Remember { get; set; }

    public string? ReturnUrl { get; set; }
}

public sealed class CodeForm
{
    [Display(Name = "Code")]
    public string? Code { get; set; }
}

/// <summary>A page that asks for nothing but a mail address.</summary>
public sealed class EmailForm
{
    [Display(Name = "Mail address"), DataType(DataType.EmailAddress)]
    public string? Email { get; set; }
}

/// <summary>A new password, set through a link in a mail.</summary>
public sealed class NewPasswordForm
{
    [Display(Name = "New password"), DataType(DataType.Password)]
    public string? Password { get; set; }

    public string? Token { get; set; }
}

public sealed class SignInFormValidator : AbstractValidator<SignInForm>
{
    public SignInFormValidator(IStringLocalizer L)
    {
        RuleFor(form => form.Email).NotEmpty().WithMessage(_ => L["Please fill this in."]);
        RuleFor(form => form.Password).NotEmpty().WithMessage(_ => L["Please fill this in."]).Sendable(L);
    }
}

public sealed class CodeFormValidator : AbstractValidator<CodeForm>
{
    public CodeFormValidator(IStringLocalizer L) => RuleFor(form => form.Code).NotEmpty().WithMessage(_ => L["Please fill this in."]);
}

public sealed class EmailFormValidator : AbstractValidator<EmailForm>
{
    public EmailFormValidator(IStringLocalizer L) => RuleFor(form => form.Email).Email(L);
}

public sealed class NewPasswordFormValidator : AbstractValidator<NewPasswordForm>
{
    public NewPasswordFormValidator(IStringLocalizer L) => RuleFor(form => form.Password).NewPassword(L);
}
