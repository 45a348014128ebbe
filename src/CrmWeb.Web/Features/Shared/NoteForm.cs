using CrmWeb.Domain.Customers;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Shared;

/// <summary>The quickest way to keep something about a customer: one field.</summary>
public sealed class NoteForm
{
    public string? Body { get; set; }
}

public sealed class NoteFormValidator : AbstractValidator<NoteForm>
{
    public NoteFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.Body).NotEmpty().WithMessage(_ => L["Write something first."]);
        RuleFor(f => f.Body).MaximumLength(Interaction.BodyLength).WithMessage(_ => L["At most {0} characters.", Interaction.BodyLength]);
    }
}
