using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.CustomFields;

/// <summary>What an admin says about a field; nothing else is bound (T11).</summary>
public sealed class FieldForm
{
    public CustomFieldType Type { get; set; }
    [Display(Name = "Label")] public string? Label { get; set; }
    [Display(Name = "Key")] public string? Key { get; set; }
    [Display(Name = "Help text")] public string? Help { get; set; }
    [Display(Name = "Group")] public long? GroupId { get; set; }
    [Display(Name = "Must be filled in")] public bool Required { get; set; }
    [Display(Name = "No two customers share a value")] public bool Unique { get; set; }
    [Display(Name = "New customers get")] public string? Default { get; set; }
    [Display(Name = "Who sees it")] public List<Role> VisibleTo { get; set; } = [];
    [Display(Name = "Must be filled in at these stages")] public List<LifecycleStage> RequiredAt { get; set; } = [];

    /// <summary>The options that are there, in their order; a name taken away takes the option away.</summary>
    public List<OptionForm> Options { get; set; } = [];

    [Display(Name = "New options"), DataType(DataType.MultilineText)] public string? NewOptions { get; set; }

    public int Version { get; set; }

    public static FieldForm Of(CustomField field) => new()
    {
        Type = field.Type,
        Label = field.Label,
        Key = field.Key,
        Help = field.Help,
        GroupId = field.GroupId,
        Required = field.Required,
        Unique = field.Unique,
        Default = field.Default,
        VisibleTo = [.. field.VisibleTo.Split()],
        RequiredAt = [.. Enum.GetValues<LifecycleStage>().Where(stage => field.RequiredAt.HasFlag((StageSet)(1 << (int)stage)))],
        Options = [.. field.Options.OrderBy(option => option.Position).Select(option => new OptionForm { Id = option.Id, Name = option.Name, Retired = option.RetiredAt is not null })],
        Version = field.Version,
    };

    public CustomFieldDetails ToDetails(string? @default) => new(
        Label ?? "", Help, GroupId, Required, Unique, @default,
        VisibleTo.Aggregate(Role.None, (all, role) => all | role), RequiredAt.Aggregate(StageSet.None, (all, stage) => all | (StageSet)(1 << (int)stage)));

    public IEnumerable<string> NewNames() => (NewOptions ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

public sealed class OptionForm
{
    public long Id { get; set; }
    public string? Name { get; set; }
    public bool Retired { get; set; }
}

public sealed class FieldFormValidator : AbstractValidator<FieldForm>
{
    public FieldFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.Label).Must(label => !string.IsNullOrWhiteSpace(label)).WithMessage(_ => L["Please fill this in."]);
        RuleFor(f => f.Label).MaximumLength(CustomField.LabelLength).WithMessage(_ => L["At most {0} characters fit here.", CustomField.LabelLength]);
        RuleFor(f => f.Help).MaximumLength(CustomField.HelpLength).WithMessage(_ => L["At most {0} characters fit here.", CustomField.HelpLength]);
        RuleFor(f => f.Key).Must(key => string.IsNullOrWhiteSpace(key) || CustomField.IsKey(key.Trim()))
            .WithMessage(_ => L["A key begins with a small letter (a to z) and has small letters, digits and underscores."]);
        RuleFor(f => f.Type).IsInEnum().WithMessage(_ => L["This choice is not there any more."]);
        RuleFor(f => f.VisibleTo).Must(roles => roles.TrueForAll(Roles.Each.Contains)).WithMessage(_ => L["This choice is not there any more."]);
        RuleFor(f => f.RequiredAt).Must(stages => stages.TrueForAll(Enum.IsDefined)).WithMessage(_ => L["This choice is not there any more."]);
        RuleFor(f => f.NewOptions).Must((form, _) => Names(form).All(name => name.Length <= CustomFieldOption.NameLength))
            .WithMessage(_ => L["An option has at most {0} characters.", CustomFieldOption.NameLength]);
        RuleFor(f => f.NewOptions).Must((form, _) => Names(form).Count() <= CustomField.MostOptions).WithMessage(_ => L["At most {0} options fit here.", CustomField.MostOptions]);
        RuleFor(f => f.NewOptions).Must((form, _) => Names(form).CountBy(SearchText.Fold, StringComparer.Ordinal).All(pair => pair.Value == 1))
            .WithMessage(_ => L["Two options have the same name."]);
        RuleFor(f => f.NewOptions).Must((form, _) => !form.Type.HasOptions() || Names(form).Any()).WithMessage(_ => L["Write at least one option."]);
    }

    private static IEnumerable<string> Names(FieldForm form) =>
        form.Options.Select(option => option.Name?.Trim() ?? "").Where(name => name.Length > 0).Concat(form.NewNames());
}

public sealed class GroupForm
{
    [Display(Name = "Name")] public string? Name { get; set; }
}

public sealed class GroupFormValidator : AbstractValidator<GroupForm>
{
    public GroupFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage(_ => L["Please fill this in."]);
        RuleFor(f => f.Name).MaximumLength(CustomFieldGroup.NameLength).WithMessage(_ => L["At most {0} characters fit here.", CustomFieldGroup.NameLength]);
    }
}
