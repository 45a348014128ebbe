using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Notifications;

public sealed class NotificationSettingsForm
{
    [Display(Name = "Somebody mentions me")] public NotificationWay Mention { get; set; }
    [Display(Name = "Somebody gives me a customer")] public NotificationWay Assigned { get; set; }
    [Display(Name = "Somebody gives me a task")] public NotificationWay Task { get; set; }
    [Display(Name = "Somebody gives me a case")] public NotificationWay Case { get; set; }
    [Display(Name = "The time of my case runs out")] public NotificationWay CaseDue { get; set; }
    [Display(Name = "The time of a case that I look after has run out")] public NotificationWay CaseLate { get; set; }
    [Display(Name = "Contact or note with a customer I follow")] public NotificationWay Contact { get; set; }
    [Display(Name = "New stage of a customer I follow")] public NotificationWay Stage { get; set; }
    [Display(Name = "New owner of a customer I follow")] public NotificationWay Owner { get; set; }
    [Display(Name = "A customer I follow is archived or restored")] public NotificationWay Archived { get; set; }
    [Display(Name = "New file of a customer I follow")] public NotificationWay File { get; set; }
    [Display(Name = "My import or bulk edit has ended")] public NotificationWay Job { get; set; }

    [Display(Name = "Follow the customers that I own")] public bool FollowsOwned { get; set; }

    /// <summary>Null for every day.</summary>
    [Display(Name = "The digest comes")] public DayOfWeek? DigestDay { get; set; }

    [Display(Name = "At")] public int DigestHour { get; set; }

    public static NotificationSettingsForm Of(Member member, IReadOnlyDictionary<NotificationKind, NotificationWay> chosen)
    {
        var form = new NotificationSettingsForm { FollowsOwned = member.FollowsOwned, DigestDay = member.DigestDay, DigestHour = member.DigestHour };
        foreach (var kind in NotificationKinds.All) form[kind] = chosen.TryGetValue(kind, out var way) ? way : kind.DefaultWay();
        return form;
    }

    public NotificationWay this[NotificationKind kind]
    {
        get => kind switch
        {
            NotificationKind.Mention => Mention,
            NotificationKind.Assigned => Assigned,
            NotificationKind.Task => Task,
            NotificationKind.Contact => Contact,
            NotificationKind.Stage => Stage,
            NotificationKind.Owner => Owner,
            NotificationKind.Archived => Archived,
            NotificationKind.File => File,
            NotificationKind.Case => Case,
            NotificationKind.CaseDue => CaseDue,
            NotificationKind.CaseLate => CaseLate,
            _ => Job,
        };
        private set => _ = kind switch
        {
            NotificationKind.Mention => Mention = value,
            NotificationKind.Assigned => Assigned = value,
            NotificationKind.Task => Task = value,
            NotificationKind.Contact => Contact = value,
            NotificationKind.Stage => Stage = value,
            NotificationKind.Owner => Owner = value,
            NotificationKind.Archived => Archived = value,
            NotificationKind.File => File = value,
            NotificationKind.Case => Case = value,
            NotificationKind.CaseDue => CaseDue = value,
            NotificationKind.CaseLate => CaseLate = value,
            _ => Job = value,
        };
    }
}

public sealed class NotificationSettingsFormValidator : AbstractValidator<NotificationSettingsForm>
{
    private const int LastHour = 23;

    public NotificationSettingsFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.DigestHour).InclusiveBetween(0, LastHour).WithMessage(_ => L["Choose an hour of the day."]);
        RuleFor(f => f.DigestDay).IsInEnum().WithMessage(_ => L["This choice is not there any more."]);
        RuleFor(f => f.Mention).IsInEnum().WithMessage(_ => L["This choice is not there any more."]);
        RuleFor(f => f.Assigned).IsInEnum().WithMessage(_ => L["This choice is not there any more."]);
        RuleFor(f => f.Task).IsInEnum().WithMessage(_ => L["This choice is not there any more."]);
        RuleFor(f => f.Case).IsInEnum().WithMessage(_ => L["This choice is not there any more."]);
        RuleFor(f => f.CaseDue).IsInEnum().WithMessage(_ => L["This choice is not there any more."]);
        RuleFor(f => f.CaseLate).IsInEnum().WithMessage(_ => L["This choice is not there any more."]);
        RuleFor(f => f.Contact).IsInEnum().WithMessage(_ => L["This choice is not there any more."]);
        RuleFor(f => f.Stage).IsInEnum().WithMessage(_ => L["This choice is not there any more."]);
        RuleFor(f => f.Owner).IsInEnum().WithMessage(_ => L["This choice is not there any more."]);
        RuleFor(f => f.Archived).IsInEnum().WithMessage(_ => L["This choice is not there any more."]);
        RuleFor(f => f.File).IsInEnum().WithMessage(_ => L["This choice is not there any more."]);
        RuleFor(f => f.Job).IsInEnum().WithMessage(_ => L["This choice is not there any more."]);
    }
}
