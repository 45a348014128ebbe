using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Sales;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Pipelines;

public sealed class PipelineForm
{
    [Display(Name = "Name")] public string? Name { get; set; }

    /// <summary>The stages in the order they are to stand.</summary>
    public List<long> StageIds { get; set; } = [];

    public int Version { get; set; }
}

public sealed class PipelineFormValidator : AbstractValidator<PipelineForm>
{
    public PipelineFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage(_ => L["Please fill this in."]);
        RuleFor(f => f.Name).Must(name => name is null || name.Trim().Length <= Pipeline.NameLength).WithMessage(_ => L["At most {0} characters fit here.", Pipeline.NameLength]);
    }
}

public sealed class StageForm
{
    [Display(Name = "Name")] public string? Name { get; set; }
    [Display(Name = "Probability in percent")] public int? Probability { get; set; }
    [Display(Name = "Forecast as")] public ForecastCategory Category { get; set; }
    [Display(Name = "What a deal must have to come here")] public List<DealNeeds> Needs { get; set; } = [];
    [Display(Name = "Exit criteria")] public string? ExitCriteria { get; set; }
    [Display(Name = "Playbook")] public string? Playbook { get; set; }
    [Display(Name = "Rotten after days")] public int? RottenAfterDays { get; set; }
    public int Version { get; set; }

    public StageDetails Details => new(
        Name ?? "", Probability ?? 0, Category, Needs.Aggregate(DealNeeds.None, (all, need) => all | need), ExitCriteria, Playbook, RottenAfterDays);

    public static StageForm Of(Stage stage) => new()
    {
        Name = stage.Name,
        Probability = stage.Probability,
        Category = stage.Category,
        Needs = [.. Enum.GetValues<DealNeeds>().Where(need => need != DealNeeds.None && stage.Needs.HasFlag(need))],
        ExitCriteria = stage.ExitCriteria,
        Playbook = stage.Playbook,
        RottenAfterDays = stage.RottenAfterDays,
        Version = stage.Version,
    };
}

public sealed class StageFormValidator : AbstractValidator<StageForm>
{
    public StageFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage(_ => L["Please fill this in."]);
        RuleFor(f => f.Name).Must(name => name is null || name.Trim().Length <= Stage.NameLength).WithMessage(_ => L["At most {0} characters fit here.", Stage.NameLength]);
        RuleFor(f => f.Probability).NotNull().WithMessage(_ => L["Please fill this in."]);
        RuleFor(f => f.Probability).InclusiveBetween(0, 100).WithMessage(_ => L["Between {0} and {1}.", 0, 100]);
        RuleFor(f => f.Category).IsInEnum().WithMessage(_ => L["This choice is not there any more."]);
        RuleFor(f => f.Needs).Must(needs => needs.TrueForAll(need => Enum.IsDefined(need))).WithMessage(_ => L["This choice is not there any more."]);
        RuleFor(f => f.ExitCriteria).MaximumLength(Stage.CriteriaLength).WithMessage(_ => L["At most {0} characters fit here.", Stage.CriteriaLength]);
        RuleFor(f => f.Playbook).MaximumLength(Stage.PlaybookLength).WithMessage(_ => L["At most {0} characters fit here.", Stage.PlaybookLength]);
        RuleFor(f => f.RottenAfterDays).InclusiveBetween(1, Stage.MostRottenDays).WithMessage(_ => L["Between {0} and {1}.", 1, Stage.MostRottenDays]);
    }
}

/// <summary>Where the deals of a stage go that is to be deleted.</summary>
public sealed class StageDeletionForm
{
    [Display(Name = "Move its deals to")] public long? MoveToId { get; set; }
}
