using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Service;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Cases;

/// <summary>What a person may say about a case; nothing else is bound (T11).</summary>
public sealed record CaseForm
{
    [Display(Name = "Customer")] public long? CustomerId { get; set; }
    [Display(Name = "Kind")] public CaseKind Kind { get; set; }
    [Display(Name = "Subject")] public string? Subject { get; set; }
    [Display(Name = "Description"), DataType(DataType.MultilineText)] public string? Description { get; set; }
    [Display(Name = "Channel")] public Channel Channel { get; set; }
    [Display(Name = "Priority")] public Priority Priority { get; set; } = Priority.Normal;
    [Display(Name = "Owner")] public long? OwnerId { get; set; }
    [Display(Name = "Team")] public long? TeamId { get; set; }
    [Display(Name = "Product")] public long? ProductId { get; set; }
    [Display(Name = "Order")] public long? OrderId { get; set; }
    public int Version { get; set; }
    public string? ReturnUrl { get; set; }

    public static CaseForm Of(Case its) => new()
    {
        CustomerId = its.CustomerId,
        Kind = its.Kind,
        Subject = its.Subject,
        Description = its.Description,
        Channel = its.Channel,
        Priority = its.Priority,
        OwnerId = its.OwnerId,
        TeamId = its.TeamId,
        ProductId = its.ProductId,
        OrderId = its.OrderId,
        Version = its.Version,
    };

    public CaseDetails ToDetails() => new()
    {
        Kind = Kind,
        Subject = Subject!,
        Description = Description,
        Channel = Channel,
        Priority = Priority,
        OwnerId = OwnerId,
        TeamId = TeamId,
        ProductId = ProductId,
        OrderId = OrderId,
    };
}

public sealed class CaseFormValidator : AbstractValidator<CaseForm>
{
    public CaseFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.CustomerId).NotNull().WithMessage(_ => L["Choose a customer."]);
        RuleFor(f => f.Subject).NotEmpty().WithMessage(_ => L["Say what it is about."]);
        RuleFor(f => f.Subject).MaximumLength(Case.SubjectLength).WithMessage(_ => L["At most {0} characters.", Case.SubjectLength]);
        RuleFor(f => f.Description).MaximumLength(Case.DescriptionLength).WithMessage(_ => L["At most {0} characters.", Case.DescriptionLength]);
        RuleFor(f => f.Kind).IsInEnum().WithMessage(_ => L["This choice is not there any more."]);
        RuleFor(f => f.Channel).IsInEnum().WithMessage(_ => L["This choice is not there any more."]);
        RuleFor(f => f.Priority).IsInEnum().WithMessage(_ => L["This choice is not there any more."]);
    }
}

/// <summary>How a case ended.</summary>
public sealed record ResolutionForm
{
    [Display(Name = "What was done"), DataType(DataType.MultilineText)] public string? Resolution { get; set; }
    [Display(Name = "Root cause")] public long? RootCauseId { get; set; }
    [Display(Name = "More about the cause"), DataType(DataType.MultilineText)] public string? RootCauseNote { get; set; }
    public int Version { get; set; }
}

public sealed class ResolutionFormValidator : AbstractValidator<ResolutionForm>
{
    public ResolutionFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.Resolution).MaximumLength(Case.DescriptionLength).WithMessage(_ => L["At most {0} characters.", Case.DescriptionLength]);
        RuleFor(f => f.RootCauseNote).MaximumLength(Reason.NoteLength).WithMessage(_ => L["At most {0} characters.", Reason.NoteLength]);
    }
}
