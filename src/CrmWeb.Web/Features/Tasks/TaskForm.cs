using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Tasks;

public sealed class TaskForm
{
    public string? Title { get; set; }
    public DateOnly? DueOn { get; set; }
    public long? OwnerId { get; set; }
    public Priority Priority { get; set; } = Priority.Normal;
    public Repeat Repeat { get; set; }
    public long? CustomerId { get; set; }
    public string? Note { get; set; }
    public int Version { get; set; }
    public string? ReturnUrl { get; set; }

    public static TaskForm Of(CrmTask t) => new()
    {
        Title = t.Title,
        DueOn = t.DueOn,
        OwnerId = t.OwnerId,
        Priority = t.Priority,
        Repeat = t.Repeat,
        CustomerId = t.CustomerId,
        Note = t.Note,
        Version = t.Version,
    };

    /// <summary>Puts the value from before a change in. False when the form has no such field.</summary>
    public bool PutBack(Change change)
    {
        if (change.Act != Act.Changed) return false;
        switch (change.Field)
        {
            case "title": Title = change.Old; break;
            case "note": Note = change.Old; break;
            case "dueOn": DueOn = ChangeText.Day(change.Old); break;
            case "ownerId": OwnerId = ChangeText.Id(change.Old); break;
            case "customerId": CustomerId = ChangeText.Id(change.Old); break;
            case "priority": Priority = ChangeText.Enum<Priority>(change.Old) ?? Priority; break;
            case "repeat": Repeat = ChangeText.Enum<Repeat>(change.Old) ?? Repeat; break;
            default: return false;
        }

        return true;
    }

    /// <param name="note">As it is kept (see <see cref="MentionText"/>).</param>
    /// <param name="task">What is made or changed.</param>
    public void Fill(CrmTask task, string? note)
    {
        task.Change(Title!, DueOn!.Value, OwnerId!.Value);
        (task.Priority, task.Repeat, task.CustomerId) = (Priority, Repeat, CustomerId);
        task.Note = string.IsNullOrWhiteSpace(note) ? null : note;
    }
}

public sealed class TaskFormValidator : AbstractValidator<TaskForm>
{
    private static readonly DateOnly First = new(1900, 1, 1);
    private static readonly DateOnly Last = new(2200, 1, 1);

    public TaskFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.Title).NotEmpty().WithMessage(_ => L["Say what there is to do."]);
        RuleFor(f => f.Title).MaximumLength(CrmTask.TitleLength).WithMessage(_ => L["At most {0} characters.", CrmTask.TitleLength]);
        RuleFor(f => f.DueOn).NotNull().WithMessage(_ => L["Say by when."]);
        RuleFor(f => f.DueOn).InclusiveBetween(First, Last).WithMessage(_ => L["This date is too far away."]);
        RuleFor(f => f.OwnerId).NotNull().WithMessage(_ => L["Choose who does it."]);
        RuleFor(f => f.Note).MaximumLength(CrmTask.NoteLength).WithMessage(_ => L["At most {0} characters.", CrmTask.NoteLength]);
    }
}
