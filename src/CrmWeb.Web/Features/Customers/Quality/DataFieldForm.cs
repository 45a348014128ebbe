using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Customers.Quality;
using CrmWeb.Domain.Tenants;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers.Quality;

public sealed class DataFieldForm
{
    [Display(Name = "Owner")] public long? OwnerId { get; set; }
    [Display(Name = "Purpose")] public string? Purpose { get; set; }
    [Display(Name = "Source")] public string? Source { get; set; }
    [Display(Name = "Lawful basis")] public LawfulBasis? Basis { get; set; }
    [Display(Name = "Permitted use")] public string? PermittedUse { get; set; }
    [Display(Name = "Review on")] public DateOnly? ReviewOn { get; set; }
    [Display(Name = "Notes")] public string? Notes { get; set; }
    [Display(Name = "Every record needs it")] public bool Needed { get; set; }
    [Display(Name = "Its dates lie in the past")] public bool PastOnly { get; set; }
    public int Version { get; set; }

    /// <summary>What stood in the one field that is edited in place.</summary>
    public string? Seen { get; set; }

    public DataFieldDetails Details => new()
    {
        OwnerId = OwnerId,
        Purpose = Purpose,
        Source = Source,
        Basis = Basis,
        PermittedUse = PermittedUse,
        ReviewOn = ReviewOn,
        Notes = Notes,
        Needed = Needed,
        PastOnly = PastOnly,
    };

    public static DataFieldForm Of(DataField? entry) => entry is null ? new() : new()
    {
        OwnerId = entry.OwnerId,
        Purpose = entry.Purpose,
        Source = entry.Source,
        Basis = entry.Basis,
        PermittedUse = entry.PermittedUse,
        ReviewOn = entry.ReviewOn,
        Notes = entry.Notes,
        Needed = entry.Needed,
        PastOnly = entry.PastOnly,
        Version = entry.Version,
    };
}

public sealed class DataFieldFormValidator : AbstractValidator<DataFieldForm>
{
    public DataFieldFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.Purpose).MaximumLength(DataField.TextLength).WithMessage(_ => L["At most {0} characters fit here.", DataField.TextLength]);
        RuleFor(f => f.Source).MaximumLength(DataField.TextLength).WithMessage(_ => L["At most {0} characters fit here.", DataField.TextLength]);
        RuleFor(f => f.PermittedUse).MaximumLength(DataField.TextLength).WithMessage(_ => L["At most {0} characters fit here.", DataField.TextLength]);
        RuleFor(f => f.Notes).MaximumLength(DataField.NotesLength).WithMessage(_ => L["At most {0} characters fit here.", DataField.NotesLength]);
        RuleFor(f => f.Basis).Must(basis => basis is null || Enum.IsDefined(basis.Value)).WithMessage(_ => L["This choice is not there any more."]);
    }
}

/// <summary>The fields of an entry that can be edited in place, by their columns.</summary>
internal sealed record InventoryCell(string Column, string Input, Func<DataFieldDetails, string?> Text, Func<DataFieldDetails, DataFieldDetails, DataFieldDetails> Take)
{
    public static IReadOnlyList<InventoryCell> All { get; } =
    [
        new("owner", nameof(DataFieldForm.OwnerId), d => ChangeText.Of(d.OwnerId), (d, of) => d with { OwnerId = of.OwnerId }),
        new("purpose", nameof(DataFieldForm.Purpose), d => d.Purpose, (d, of) => d with { Purpose = of.Purpose }),
        new("source", nameof(DataFieldForm.Source), d => d.Source, (d, of) => d with { Source = of.Source }),
        new("basis", nameof(DataFieldForm.Basis), d => d.Basis is { } basis ? ChangeText.Of(basis) : null, (d, of) => d with { Basis = of.Basis }),
        new("use", nameof(DataFieldForm.PermittedUse), d => d.PermittedUse, (d, of) => d with { PermittedUse = of.PermittedUse }),
        new("review", nameof(DataFieldForm.ReviewOn), d => ChangeText.Of(d.ReviewOn), (d, of) => d with { ReviewOn = of.ReviewOn }),
        new("notes", nameof(DataFieldForm.Notes), d => d.Notes, (d, of) => d with { Notes = of.Notes }),
    ];

    public static InventoryCell? Find(string? column) => All.FirstOrDefault(cell => cell.Column == column);
}
