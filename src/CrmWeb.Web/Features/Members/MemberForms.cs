using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Members;

/// <summary>What an admin may change of a member; nothing else is bound (T11).</summary>
public sealed class MemberForm
{
    [Display(Name = "Roles")] public List<Role> Roles { get; set; } = [];
    [Display(Name = "Teams")] public List<long> Teams { get; set; } = [];
    public int Version { get; set; }

    public Role Wanted => Roles.Aggregate(Role.None, (all, role) => all | role);
}

public sealed class MemberFormValidator : AbstractValidator<MemberForm>
{
    public MemberFormValidator(IStringLocalizer L) => RuleFor(f => f.Roles).Known(L);
}

public sealed class InviteForm
{
    public const int MostAddresses = 50;

    [Display(Name = "E-mail addresses"), DataType(DataType.MultilineText)] public string? Emails { get; set; }
    [Display(Name = "Roles")] public List<Role> Roles { get; set; } = [];
    [Display(Name = "Team")] public long? TeamId { get; set; }

    public Role Wanted => Roles.Aggregate(Role.None, (all, role) => all | role);

    /// <summary>What was typed, parted at line ends, commas, semicolons and spaces, each address once.</summary>
    public IReadOnlyList<string> Addresses() =>
        [.. (Emails ?? "").Split(['\n', '\r', ',', ';', ' ', '\t', '،', '؛'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(text => EmailAddress.TryNormalise(text, out var address) ? address : text).Distinct(StringComparer.OrdinalIgnoreCase)];
}

public sealed class InviteFormValidator : AbstractValidator<InviteForm>
{
    public InviteFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.Roles).Known(L);
        RuleFor(f => f.Emails).Custom((_, context) =>
        {
            var addresses = context.InstanceToValidate.Addresses();
            if (addresses.Count == 0) context.AddFailure(L["Please fill this in."]);
            if (addresses.Count > InviteForm.MostAddresses) context.AddFailure(L["At most {0} at once.", InviteForm.MostAddresses]);
            if (addresses.FirstOrDefault(text => text.Length > Invitation.EmailLength || !EmailAddress.TryNormalise(text, out _)) is { } wrong)
                context.AddFailure(L["“{0}” is not an e-mail address.", wrong]);
        });
    }
}

internal static class RoleRules
{
    public static void Known<T>(this IRuleBuilder<T, List<Role>> rule, IStringLocalizer L) =>
        rule.Must(roles => roles.Count > 0 && roles.TrueForAll(role => Roles.Each.Contains(role))).WithMessage(_ => L["Choose at least one role."]);
}
