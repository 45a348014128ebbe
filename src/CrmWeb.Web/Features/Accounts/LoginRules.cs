using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Localisation;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Accounts;

/// <summary>What the forms around a login ask of mail addresses, passwords and names.</summary>
internal static class LoginRules
{
    public const int ShortestPassword = 10;

    // hashing a megabyte is work that a stranger could order
    public const int LongestPassword = 256;

    public static IRuleBuilderOptions<T, string?> Email<T>(this IRuleBuilder<T, string?> rule, IStringLocalizer L) => rule
        .NotEmpty().WithMessage(_ => L["Please fill this in."])
        .Must(text => string.IsNullOrEmpty(text) || EmailAddress.TryNormalise(text, out var _)).WithMessage(_ => L["This is no mail address."]);

    public static IRuleBuilderOptions<T, string?> NewPassword<T>(this IRuleBuilder<T, string?> rule, IStringLocalizer L) => rule
        .Must(text => text?.Length >= ShortestPassword).WithMessage(_ => L["A password has at least {0} characters.", Digits.Number(ShortestPassword)])
        .Must(text => !IsEasy(text)).WithMessage(_ => L["This password is among the first that anybody would try."])
        .Sendable(L);

    public static IRuleBuilderOptions<T, string?> Sendable<T>(this IRuleBuilder<T, string?> rule, IStringLocalizer L) =>
        rule.Must(text => text is null || text.Length <= LongestPassword).WithMessage(_ => L["A password has at most {0} characters.", Digits.Number(LongestPassword)]);

    public static IRuleBuilderOptions<T, string?> Text<T>(this IRuleBuilder<T, string?> rule, IStringLocalizer L, int max) => rule
        .Must(text => !string.IsNullOrWhiteSpace(text)).WithMessage(_ => L["Please fill this in."])
        .Must(text => text is null || text.Trim().Length <= max).WithMessage(_ => L["This may have {0} characters at most.", Digits.Number(max)]);

    public static IRuleBuilderOptions<T, string?> Slug<T>(this IRuleBuilder<T, string?> rule, IStringLocalizer L) =>
        rule.Must(text => string.IsNullOrEmpty(text) || Tenant.IsSlug(text)).WithMessage(_ => L["An address has small letters, digits and hyphens: acme-shop."]);

    // length alone lets through one letter ten times, and the keyboard from left to right
    private static bool IsEasy(string? text) => text is not null
        && (text.Distinct().Count() < 4 || Sequences.Any(sequence => sequence.Contains(text, StringComparison.OrdinalIgnoreCase)) || Common.Contains(text, StringComparer.OrdinalIgnoreCase));

    private static readonly string[] Sequences = ["12345678901234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "1q2w3e4r5t6y7u8i9o0p", "98765432109876543210"];

    private static readonly string[] Common =
        ["password12", "password123", "password1234", "passwordpassword", "iloveyou12", "qwerty12345", "qwertyqwerty", "administrator", "letmeinletmein", "welcome123", "changeme123", "1234567890qwe"];
}
