using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Segments;
using FluentValidation;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Segments.Building;

/// <summary>A rule as the builder posts it: as conditions or as a text, whichever <see cref="Mode"/> says.</summary>
public class RuleForm
{
    public const string Tree = "tree";
    public const string AsText = "text";

    public string Mode { get; set; } = Tree;

    [Display(Name = "Rule")] public string? Text { get; set; }

    public RulePart Rule { get; set; } = RulePart.Group();

    public bool IsText => Mode == AsText;

    /// <summary>Nobody has begun yet, so nothing is wrong either.</summary>
    public bool IsBlank => IsText ? string.IsNullOrWhiteSpace(Text) : Rule.IsBlank;
}

/// <summary>A segment as its builder posts it.</summary>
public sealed class BuilderForm : RuleForm
{
    [Display(Name = "Name")] public string? Name { get; set; }
    [Display(Name = "Description")] public string? Description { get; set; }
    [Display(Name = "Owner")] public long? OwnerId { get; set; }

    /// <summary>What a button of the builder asks for; null where the form is to be saved.</summary>
    public string? Act { get; set; }

    /// <summary>The rule whose difference was looked at.</summary>
    public string? Checked { get; set; }

    public int Version { get; set; }

    public static BuilderForm Of(Segment segment, SegmentRule? rule) => new()
    {
        Name = segment.Name,
        Description = segment.Description,
        OwnerId = segment.OwnerId,
        Version = segment.Version,
        Rule = rule is null ? RulePart.Group() : RuleAsParts.Of(rule),
    };

    /// <summary>What is written.</summary>
    /// <param name="rule">As people write it; null of a list, or of a rule that stays.</param>
    public SegmentForm ToSegment(SegmentKind kind, string? rule) =>
        new() { Name = Name, Description = Description, OwnerId = OwnerId, Kind = kind, Rule = rule, Version = Version };
}

public sealed class BuilderFormValidator : AbstractValidator<BuilderForm>
{
    public BuilderFormValidator(IStringLocalizer L)
    {
        // a button of the builder works on a form that is not finished
        When(f => string.IsNullOrEmpty(f.Act), () =>
        {
            RuleFor(f => f.Name).Must(name => SearchText.Fold(name).Length > 0).WithMessage(_ => L["Please fill this in."]);
            RuleFor(f => f.Name).Must(name => name is null || name.Trim().Length <= Segment.NameLength).WithMessage(_ => L["At most {0} characters fit here.", Segment.NameLength]);
            RuleFor(f => f.Description).MaximumLength(Segment.DescriptionLength).WithMessage(_ => L["At most {0} characters fit here.", Segment.DescriptionLength]);
            RuleFor(f => f.Text).MaximumLength(SegmentRule.TextLength).WithMessage(_ => L["At most {0} characters fit here.", SegmentRule.TextLength]);
        });
    }
}

/// <summary>What the builder makes of its form.</summary>
/// <param name="Rule">Null where it is none yet.</param>
/// <param name="Error">Why.</param>
/// <param name="Path">At which part of the tree.</param>
public sealed record BuiltRule(SegmentRule? Rule, RuleWorld World, RuleError? Error, string Path);

/// <summary>What the page of the builder shows around its form.</summary>
/// <param name="Id">Of the segment; null of a new one.</param>
public sealed record BuilderPage(long? Id, SegmentKind Kind, RuleEditor Editor, BuiltRule Built, IReadOnlyList<SelectListItem> Owners, RulePreview? Preview)
{
    public const string Key = "Builder";

    /// <summary>The rule asks for what its reader does not see: it is neither shown nor changed.</summary>
    public bool IsHidden { get; init; }

    public string Post => Id is { } id ? $"~/segments/{id}/edit" : Kind == SegmentKind.Static ? "~/segments/new?kind=static" : "~/segments/new";
}
