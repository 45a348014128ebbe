using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Segments;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Segments;

/// <summary>What may be set of a segment but for its card.</summary>
public sealed class SegmentForm
{
    [Display(Name = "Name")] public string? Name { get; set; }
    [Display(Name = "Description")] public string? Description { get; set; }
    [Display(Name = "Owner")] public long? OwnerId { get; set; }
    [Display(Name = "Kind")] public SegmentKind Kind { get; set; }

    /// <summary>As people write it; of a list there is none.</summary>
    [Display(Name = "Rule")] public string? Rule { get; set; }

    public int Version { get; set; }
}

/// <summary>A need as it is typed.</summary>
public sealed class SegmentNeedForm
{
    [Display(Name = "Need")] public string? Need { get; set; }
    [Display(Name = "Importance")] public int? Importance { get; set; }
    [Display(Name = "Evidence")] public string? Evidence { get; set; }
}

/// <summary>What the tenant means to do for a segment.</summary>
public sealed class SegmentCardForm
{
    [Display(Name = "Value proposition")] public string? ValueProposition { get; set; }
    [Display(Name = "Message")] public string? Message { get; set; }
    [Display(Name = "Offers")] public string? Offers { get; set; }
    [Display(Name = "Preferred channels")] public List<Channel> PreferredChannels { get; set; } = [];
    [Display(Name = "Service tier")] public long? ServiceTierId { get; set; }

    /// <summary>Rows without words are none.</summary>
    [Display(Name = "Needs")] public List<SegmentNeedForm> Needs { get; set; } = [];

    [Display(Name = "Products")] public List<long> ProductIds { get; set; } = [];

    public int Version { get; set; }

    public static SegmentCardForm Of(Segment segment) => new()
    {
        ValueProposition = segment.ValueProposition,
        Message = segment.Message,
        Offers = segment.Offers,
        PreferredChannels = Channels(segment.PreferredChannels),
        ServiceTierId = segment.ServiceTierId,
        Needs = [.. segment.Needs.OrderByDescending(n => n.Importance).ThenBy(n => n.Id).Select(n => new SegmentNeedForm { Need = n.Need, Importance = n.Importance, Evidence = n.Evidence })],
        ProductIds = [.. segment.Products.OrderBy(p => p.Id).Select(p => p.ProductId)],
        Version = segment.Version,
    };

    public static List<Channel> Channels(ChannelSet set) => [.. Enum.GetValues<Channel>().Where(channel => set.HasFlag((ChannelSet)(1 << (int)channel)))];

    /// <summary>Of a form that is valid.</summary>
    public SegmentCard Card => new(
        ValueProposition, Message, Offers, PreferredChannels.Aggregate(ChannelSet.None, (set, channel) => set | (ChannelSet)(1 << (int)channel)), ServiceTierId);

    /// <summary>Of a form that is valid.</summary>
    public List<SegmentNeedDetails> NeedDetails => [.. Filled.Select(n => new SegmentNeedDetails(n.Need!, n.Importance ?? 0, n.Evidence))];

    // a form may name a row and not have it
    internal IEnumerable<SegmentNeedForm> Filled => Needs.Where(n => !string.IsNullOrWhiteSpace(n?.Need) || !string.IsNullOrWhiteSpace(n?.Evidence));
}

public sealed class SegmentFormValidator : AbstractValidator<SegmentForm>
{
    public SegmentFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.Name).Must(name => SearchText.Fold(name).Length > 0).WithMessage(_ => L["Please fill this in."]);
        RuleFor(f => f.Name).Must(name => name is null || name.Trim().Length <= Segment.NameLength).WithMessage(_ => L["At most {0} characters fit here.", Segment.NameLength]);
        RuleFor(f => f.Description).MaximumLength(Segment.DescriptionLength).WithMessage(_ => L["At most {0} characters fit here.", Segment.DescriptionLength]);
        RuleFor(f => f.Kind).IsInEnum();
        RuleFor(f => f.Rule).MaximumLength(SegmentRule.TextLength).WithMessage(_ => L["At most {0} characters fit here.", SegmentRule.TextLength]);
        RuleFor(f => f.Rule).Must((form, rule) => form.Kind == SegmentKind.Dynamic || string.IsNullOrWhiteSpace(rule)).WithMessage(_ => L["A list has no rule."]);
    }
}

public sealed class SegmentCardFormValidator : AbstractValidator<SegmentCardForm>
{
    public SegmentCardFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.ValueProposition).MaximumLength(Segment.TextLength).WithMessage(_ => L["At most {0} characters fit here.", Segment.TextLength]);
        RuleFor(f => f.Message).MaximumLength(Segment.TextLength).WithMessage(_ => L["At most {0} characters fit here.", Segment.TextLength]);
        RuleFor(f => f.Offers).MaximumLength(Segment.TextLength).WithMessage(_ => L["At most {0} characters fit here.", Segment.TextLength]);
        RuleForEach(f => f.PreferredChannels).IsInEnum();
        RuleFor(f => f.Needs).Must((form, _) => form.Filled.Count() <= SegmentNeed.Most).WithMessage(_ => L["At most {0} of them.", SegmentNeed.Most]);
        RuleFor(f => f.Needs).Must((form, _) => form.Filled.All(IsNeed))
            .WithMessage(_ => L["Each need takes a text of at most {0} characters and an importance from 1 to {1}.", SegmentNeed.NeedLength, SegmentNeed.MostImportant]);
        RuleFor(f => f.ProductIds).Must(ids => ids.Count <= SegmentProduct.Most).WithMessage(_ => L["At most {0} of them.", SegmentProduct.Most]);
    }

    private static bool IsNeed(SegmentNeedForm need) =>
        need.Need?.Trim() is { Length: > 0 and <= SegmentNeed.NeedLength } && need.Importance is >= 1 and <= SegmentNeed.MostImportant && (need.Evidence?.Trim().Length ?? 0) <= SegmentNeed.EvidenceLength;
}
