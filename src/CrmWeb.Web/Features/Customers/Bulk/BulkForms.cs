using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Platform.Tenancy;
using FluentValidation;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers.Bulk;

/// <summary>What becomes of one field, or of a tag.</summary>
public sealed class BulkFieldForm
{
    public string? Field { get; set; }
    public BulkAct Act { get; set; }
    public string? Value { get; set; }

    /// <summary>Of a field of several options.</summary>
    public List<string?> Values { get; set; } = [];

    /// <summary>What is replaced.</summary>
    public string? From { get; set; }
}

/// <summary>The form with what it offers.</summary>
public sealed record BulkFieldPage(long Id, BulkFieldForm Form, CustomField? Custom, IReadOnlyList<SelectListItem> Fields, IReadOnlyList<SelectListItem> Choices, IReadOnlyList<BulkAct> Acts);

/// <summary>A contact that is logged with many.</summary>
public sealed class BulkContactForm
{
    public Channel Channel { get; set; }
    public Direction Direction { get; set; }
    public Outcome Outcome { get; set; }

    /// <summary>The member's wall clock; null is now. A time to come makes the contact a planned one.</summary>
    public DateTime? At { get; set; }

    public string? Subject { get; set; }
    public string? Body { get; set; }
    public int? Minutes { get; set; }

    public InteractionDetails Details(CurrentMember me)
    {
        var at = At is { } wall ? me.ToUtc(wall) : me.Now;
        return new() { Channel = Channel, Direction = Direction, Outcome = Outcome, OccurredAt = at, IsPlanned = at > me.Now, Subject = Subject, Body = Body, Minutes = Minutes };
    }
}

public sealed class BulkContactFormValidator : AbstractValidator<BulkContactForm>
{
    private static readonly DateTime First = new(1900, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
    private static readonly DateTime Last = new(2200, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    public BulkContactFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.At).InclusiveBetween(First, Last).WithMessage(_ => L["This date is too far away."]);
        RuleFor(f => f.Subject).MaximumLength(Interaction.SubjectLength).WithMessage(_ => L["At most {0} characters.", Interaction.SubjectLength]);
        RuleFor(f => f.Body).Must(body => MentionText.Ids(body).Count == 0).WithMessage(_ => L["Nobody can be mentioned in a contact with many."]);
        RuleFor(f => f.Body).MaximumLength(Interaction.BodyLength).WithMessage(_ => L["At most {0} characters.", Interaction.BodyLength]);
        RuleFor(f => f.Minutes).InclusiveBetween(0, Interaction.MaxMinutes).WithMessage(_ => L["Between 0 and {0} minutes.", Interaction.MaxMinutes]);
    }
}
