using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Tenancy;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Interactions;

public sealed class InteractionForm
{
    public long? CustomerId { get; set; }

    /// <summary>The case of this customer that it is about.</summary>
    public long? CaseId { get; set; }

    public Channel Channel { get; set; }
    public Direction Direction { get; set; }
    public Outcome Outcome { get; set; }

    /// <summary>The member's wall clock; null is now. A time to come makes the contact a planned one.</summary>
    public DateTime? At { get; set; }

    public string? Subject { get; set; }
    public string? Body { get; set; }
    public int? Minutes { get; set; }
    public List<IFormFile>? Files { get; set; }

    /// <summary>The title of a task made with the contact; blank makes none.</summary>
    public string? NextTitle { get; set; }

    public DateOnly? NextDueOn { get; set; }

    /// <summary>Of a planned contact that is edited: it took place after all.</summary>
    public bool TookPlace { get; set; }

    public int Version { get; set; }
    public string? ReturnUrl { get; set; }

    public static InteractionForm Of(Interaction i, CurrentMember me) => new()
    {
        CustomerId = i.CustomerId,
        Channel = i.Channel,
        Direction = i.Direction,
        Outcome = i.Outcome,
        At = me.ToLocal(i.OccurredAt),
        Subject = i.Subject,
        Body = i.Body,
        Minutes = i.Minutes,
        Version = i.Version,
    };

    /// <param name="before">What is edited. A planned contact stays on the calendar until somebody says that it took place.</param>
    public InteractionDetails Details(CurrentMember me, Interaction? before = null)
    {
        // the field shows no seconds, and of an hour that comes twice not which one: untouched, it means the instant that it showed
        var at = At is not { } wall ? me.Now : before is not null && wall == Minute(me.ToLocal(before.OccurredAt)) ? before.OccurredAt : me.ToUtc(wall);
        return new InteractionDetails
        {
            Channel = Channel,
            Direction = Direction,
            OccurredAt = at,
            IsPlanned = at > me.Now || (before is { IsPlanned: true } && !TookPlace),
            Subject = Subject,
            Body = Body,
            Outcome = Outcome,
            Minutes = Minutes,
        };
    }

    /// <summary>Puts the value from before a change in. False when the form has no such field.</summary>
    public bool PutBack(Change change, CurrentMember me)
    {
        if (change.Act != Act.Changed) return false;
        switch (change.Field)
        {
            case "channel": Channel = ChangeText.Enum<Channel>(change.Old) ?? Channel; break;
            case "direction": Direction = ChangeText.Enum<Direction>(change.Old) ?? Direction; break;
            case "outcome": Outcome = ChangeText.Enum<Outcome>(change.Old) ?? Outcome; break;
            case "occurredAt": At = ChangeText.At(change.Old) is { } at ? me.ToLocal(at) : At; break;
            case "subject": Subject = change.Old; break;
            case "body": Body = change.Old; break;
            case "minutes": Minutes = (int?)ChangeText.Id(change.Old); break;
            default: return false;
        }

        return true;
    }

    public static DateTime Minute(DateTime at) => new(at.Year, at.Month, at.Day, at.Hour, at.Minute, 0, DateTimeKind.Unspecified);
}

public sealed class InteractionFormValidator : AbstractValidator<InteractionForm>
{
    private static readonly DateTime First = new(1900, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
    private static readonly DateTime Last = new(2200, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    public InteractionFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.CustomerId).NotNull().WithMessage(_ => L["Choose a customer."]);
        RuleFor(f => f.At).InclusiveBetween(First, Last).WithMessage(_ => L["This date is too far away."]);
        RuleFor(f => f.Subject).MaximumLength(Interaction.SubjectLength).WithMessage(_ => L["At most {0} characters.", Interaction.SubjectLength]);
        RuleFor(f => f.Body).MaximumLength(Interaction.BodyLength).WithMessage(_ => L["At most {0} characters.", Interaction.BodyLength]);
        RuleFor(f => f.Minutes).InclusiveBetween(0, Interaction.MaxMinutes).WithMessage(_ => L["Between 0 and {0} minutes.", Interaction.MaxMinutes]);
        RuleFor(f => f.NextTitle).MaximumLength(CrmTask.TitleLength).WithMessage(_ => L["At most {0} characters.", CrmTask.TitleLength]);
        RuleFor(f => f.NextDueOn).NotNull().When(f => !string.IsNullOrWhiteSpace(f.NextTitle)).WithMessage(_ => L["Say by when."]);
        RuleFor(f => f.NextDueOn).InclusiveBetween(DateOnly.FromDateTime(First), DateOnly.FromDateTime(Last)).WithMessage(_ => L["This date is too far away."]);
    }
}
