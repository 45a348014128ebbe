using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Quality;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers.Quality;

public sealed class StaleRuleForm
{
    [Display(Name = "Name")] public string? Name { get; set; }
    [Display(Name = "Stages")] public List<LifecycleStage> Stages { get; set; } = [];
    [Display(Name = "Saved view")] public long? ViewId { get; set; }
    [Display(Name = "What lies back")] public StaleSince Since { get; set; }
    [Display(Name = "Days")] public int? Days { get; set; }
    [Display(Name = "To do")] public string? TaskTitle { get; set; }
    [Display(Name = "Who gets the task")] public long? MemberId { get; set; }
    [Display(Name = "Due in days")] public int? DueInDays { get; set; }
    [Display(Name = "Tasks a day and member")] public int? MostPerNight { get; set; }
    public int Version { get; set; }

    public StaleRuleDetails Details => new(
        Name ?? "", Stages.Aggregate(StageSet.None, (set, stage) => set | (StageSet)(1 << (int)stage)), ViewId, Since, Days ?? 0, TaskTitle ?? "", MemberId, DueInDays ?? 0, MostPerNight ?? 0);

    public static StaleRuleForm Of(StaleRule rule) => new()
    {
        Name = rule.Name,
        Stages = [.. Enum.GetValues<LifecycleStage>().Where(stage => rule.Stages.HasFlag((StageSet)(1 << (int)stage)))],
        ViewId = rule.ViewId,
        Since = rule.Since,
        Days = rule.Days,
        TaskTitle = rule.TaskTitle,
        MemberId = rule.MemberId,
        DueInDays = rule.DueInDays,
        MostPerNight = rule.MostPerNight,
        Version = rule.Version,
    };
}

public sealed class StaleRuleFormValidator : AbstractValidator<StaleRuleForm>
{
    public StaleRuleFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage(_ => L["Please fill this in."]);
        RuleFor(f => f.Name).Must(name => name is null || name.Trim().Length <= StaleRule.NameLength).WithMessage(_ => L["At most {0} characters fit here.", StaleRule.NameLength]);
        RuleFor(f => f.Stages).Must(stages => stages.TrueForAll(Enum.IsDefined)).WithMessage(_ => L["This choice is not there any more."]);
        RuleFor(f => f.Since).IsInEnum().WithMessage(_ => L["This choice is not there any more."]);
        RuleFor(f => f.Days).NotNull().WithMessage(_ => L["Please fill this in."]);
        RuleFor(f => f.Days).InclusiveBetween(1, StaleRule.MostDays).WithMessage(_ => L["Between {0} and {1}.", 1, StaleRule.MostDays]);
        RuleFor(f => f.TaskTitle).Must(title => !string.IsNullOrWhiteSpace(title)).WithMessage(_ => L["Please fill this in."]);
        RuleFor(f => f.TaskTitle).Must(title => title is null || title.Trim().Length <= CrmTask.TitleLength).WithMessage(_ => L["At most {0} characters fit here.", CrmTask.TitleLength]);
        RuleFor(f => f.DueInDays).NotNull().WithMessage(_ => L["Please fill this in."]);
        RuleFor(f => f.DueInDays).InclusiveBetween(0, StaleRule.MostDueInDays).WithMessage(_ => L["Between {0} and {1}.", 0, StaleRule.MostDueInDays]);
        RuleFor(f => f.MostPerNight).NotNull().WithMessage(_ => L["Please fill this in."]);
        RuleFor(f => f.MostPerNight).InclusiveBetween(1, StaleRule.MostTasks).WithMessage(_ => L["Between {0} and {1}.", 1, StaleRule.MostTasks]);
    }
}
