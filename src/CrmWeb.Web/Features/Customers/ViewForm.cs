using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Customers;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

public sealed class ViewForm
{
    [Display(Name = "Name")] public string? Name { get; set; }
    [Display(Name = "Shared with")] public Sharing SharedWith { get; set; }
    [Display(Name = "Team")] public long? TeamId { get; set; }
    [Display(Name = "Pin in the navigation")] public bool IsPinned { get; set; }
    [Display(Name = "Begin the list of customers with it")] public bool IsDefault { get; set; }

    /// <summary>The parameters of the list's address. Null keeps those that are there.</summary>
    public string? Query { get; set; }

    public int Version { get; set; }

    public static ViewForm Of(SavedView view, ViewMark? mark) => new()
    {
        Name = view.Name,
        SharedWith = view.SharedWith,
        TeamId = view.TeamId,
        IsPinned = mark?.IsPinned ?? false,
        IsDefault = mark?.IsDefault ?? false,
        Version = view.Version,
    };
}

public sealed class ViewFormValidator : AbstractValidator<ViewForm>
{
    public ViewFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage(_ => L["Please fill this in."]);
        RuleFor(f => f.Name).Must(name => name is null || name.Trim().Length <= SavedView.NameLength).WithMessage(_ => L["At most {0} characters fit here.", SavedView.NameLength]);
        RuleFor(f => f.SharedWith).IsInEnum().WithMessage(_ => L["This choice is not there any more."]);
        RuleFor(f => f.TeamId).NotNull().When(f => f.SharedWith == Sharing.Team).WithMessage(_ => L["Please fill this in."]);
        RuleFor(f => f.Query).Must(query => query is null || query.Length <= SavedView.QueryLength).WithMessage(_ => L["This list has more filters than a view can keep."]);
    }
}
