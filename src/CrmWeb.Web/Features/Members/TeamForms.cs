using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Tenants;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Members;

public sealed class TeamForm
{
    [Display(Name = "Name")] public string? Name { get; set; }
    [Display(Name = "Members")] public List<long> Members { get; set; } = [];
    public int Version { get; set; }
}

public sealed class TeamFormValidator : AbstractValidator<TeamForm>
{
    public TeamFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage(_ => L["Please fill this in."]);
        RuleFor(f => f.Name).Must(name => name is null || name.Trim().Length <= Team.NameLength).WithMessage(_ => L["At most {0} characters fit here.", Team.NameLength]);
    }
}

/// <summary>Where the deals and cases of a team go that is to be deleted.</summary>
public sealed class TeamDeletionForm
{
    /// <summary>The choice of no team at all.</summary>
    public const long Nobody = 0;

    [Display(Name = "Move them to")] public long? MoveToId { get; set; }
}

public sealed record TeamRow(long Id, string Name, List<string> Members, int Customers);
