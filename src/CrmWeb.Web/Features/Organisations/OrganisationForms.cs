using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Localisation;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Organisations;

/// <summary>What an admin may set of the organisation. The slug is not part of it: links that were sent must go on working.</summary>
public sealed class OrganisationForm
{
    [Display(Name = "Name")] public string? Name { get; set; }
    [Display(Name = "Time zone")] public string? TimeZone { get; set; }
    [Display(Name = "Language")] public string? Language { get; set; }
    [Display(Name = "Country")] public string? Country { get; set; }
    [Display(Name = "Currency")] public string? Currency { get; set; }
    public int Version { get; set; }
}

public sealed class OrganisationFormValidator : AbstractValidator<OrganisationForm>
{
    public OrganisationFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage(_ => L["Please fill this in."]);
        RuleFor(f => f.Name).Must(name => name is null || name.Trim().Length <= Tenant.NameLength).WithMessage(_ => L["At most {0} characters fit here.", Tenant.NameLength]);
        RuleFor(f => f.TimeZone).Must(zone => TimeZones.Known(zone)).WithMessage(_ => L["Choose one of the list."]);
        RuleFor(f => f.Language).Must(code => Languages.Known(code)).WithMessage(_ => L["Choose one of the list."]);
        RuleFor(f => f.Country).Must(code => string.IsNullOrEmpty(code) || Countries.All.Contains(code, StringComparer.Ordinal)).WithMessage(_ => L["Choose one of the list."]);
        RuleFor(f => f.Currency).Must(code => Shared.Currencies.All.Contains(code, StringComparer.Ordinal)).WithMessage(_ => L["Choose one of the list."]);
    }
}

/// <summary>What each role sees; the admin sees everything, always.</summary>
public sealed class VisibilityForm
{
    public static readonly IReadOnlyList<Role> Settable = [.. Roles.Each.Where(role => role != Role.Admin)];

    [Display(Name = "Manager")] public Visibility? Manager { get; set; }
    [Display(Name = "Marketer")] public Visibility? Marketer { get; set; }
    [Display(Name = "Sales")] public Visibility? Sales { get; set; }
    [Display(Name = "Service")] public Visibility? Service { get; set; }
    [Display(Name = "Viewer")] public Visibility? Viewer { get; set; }

    public static VisibilityForm Of(IEnumerable<RoleVisibility> chosen)
    {
        var rows = chosen.ToList();
        Visibility Sees(Role role) => RoleVisibility.Of(role, rows);
        return new() { Manager = Sees(Role.Manager), Marketer = Sees(Role.Marketer), Sales = Sees(Role.Sales), Service = Sees(Role.Service), Viewer = Sees(Role.Viewer) };
    }

    public Visibility For(Role role) => role switch
    {
        Role.Manager => Manager,
        Role.Marketer => Marketer,
        Role.Sales => Sales,
        Role.Service => Service,
        _ => Viewer,
    } ?? role.DefaultVisibility();
}

public sealed class VisibilityFormValidator : AbstractValidator<VisibilityForm>
{
    public VisibilityFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.Manager).Must(sees => sees is { } value && Enum.IsDefined(value)).WithMessage(_ => L["Choose one of the list."]);
        RuleFor(f => f.Marketer).Must(sees => sees is { } value && Enum.IsDefined(value)).WithMessage(_ => L["Choose one of the list."]);
        RuleFor(f => f.Sales).Must(sees => sees is { } value && Enum.IsDefined(value)).WithMessage(_ => L["Choose one of the list."]);
        RuleFor(f => f.Service).Must(sees => sees is { } value && Enum.IsDefined(value)).WithMessage(_ => L["Choose one of the list."]);
        RuleFor(f => f.Viewer).Must(sees => sees is { } value && Enum.IsDefined(value)).WithMessage(_ => L["Choose one of the list."]);
    }
}

/// <summary>Days between contacts, for each lifecycle stage; empty is no cadence.</summary>
public sealed class CadenceForm
{
    [Display(Name = "Lead")] public int? Lead { get; set; }
    [Display(Name = "Prospect")] public int? Prospect { get; set; }
    [Display(Name = "Customer")] public int? Customer { get; set; }
    [Display(Name = "Loyal")] public int? Loyal { get; set; }
    [Display(Name = "Dormant")] public int? Dormant { get; set; }
    [Display(Name = "Churned")] public int? Churned { get; set; }

    public static CadenceForm Of(IEnumerable<ContactCadence> rows)
    {
        var days = rows.ToDictionary(row => row.Stage, row => (int?)row.Days);
        int? Days(LifecycleStage stage) => days.GetValueOrDefault(stage);
        return new()
        {
            Lead = Days(LifecycleStage.Lead),
            Prospect = Days(LifecycleStage.Prospect),
            Customer = Days(LifecycleStage.Customer),
            Loyal = Days(LifecycleStage.Loyal),
            Dormant = Days(LifecycleStage.Dormant),
            Churned = Days(LifecycleStage.Churned),
        };
    }

    public int? For(LifecycleStage stage) => stage switch
    {
        LifecycleStage.Lead => Lead,
        LifecycleStage.Prospect => Prospect,
        LifecycleStage.Customer => Customer,
        LifecycleStage.Loyal => Loyal,
        LifecycleStage.Dormant => Dormant,
        _ => Churned,
    };
}

public sealed class CadenceFormValidator : AbstractValidator<CadenceForm>
{
    public CadenceFormValidator(IStringLocalizer L)
    {
        var message = L["Between 1 and {0} days, or empty.", ContactCadence.MaxDays];
        foreach (var field in new System.Linq.Expressions.Expression<Func<CadenceForm, int?>>[] { f => f.Lead, f => f.Prospect, f => f.Customer, f => f.Loyal, f => f.Dormant, f => f.Churned })
            RuleFor(field).Must(days => days is null or (>= 1 and <= ContactCadence.MaxDays)).WithMessage(_ => message);
    }
}
