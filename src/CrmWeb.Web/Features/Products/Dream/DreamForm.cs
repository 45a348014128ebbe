using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Sales;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Products.Dream;

/// <summary>The criteria as they were typed, a row for each measure; without a weight it does not count.</summary>
public sealed class DreamForm
{
    [Display(Name = "Judge products every night")] public bool IsOn { get; set; } = true;
    [Display(Name = "Enters at")] public int? Enter { get; set; }
    [Display(Name = "Leaves below")] public int? Leave { get; set; }
    public List<DreamRowForm> Rows { get; set; } = [];
    public int Version { get; set; }

    public static DreamForm Of(DreamSector sector, bool isOn, int version) => new()
    {
        IsOn = isOn,
        Enter = sector.Enter,
        Leave = sector.Leave,
        Rows = [.. Enum.GetValues<DreamMeasure>().Select(measure => DreamRowForm.Of(measure, sector.Criteria.FirstOrDefault(one => one.Measure == measure)))],
        Version = version,
    };

    /// <summary>Of a form that is valid. No property: those are read while it is judged.</summary>
    public DreamSector ToSector() => new([.. Rows.Where(row => row.Counts).Select(row => new DreamCriterion(row.Measure, row.Weight!.Value, DreamRowForm.Read(row.None)!.Value, DreamRowForm.Read(row.Full)!.Value))], Enter!.Value, Leave!.Value);
}

public sealed class DreamRowForm
{
    public DreamMeasure Measure { get; set; }
    [Display(Name = "Weight")] public int? Weight { get; set; }
    [Display(Name = "Nothing at")] public string? None { get; set; }
    [Display(Name = "Everything at")] public string? Full { get; set; }

    public bool Counts => Weight > 0;

    public static DreamRowForm Of(DreamMeasure measure, DreamCriterion? one) => new() { Measure = measure, Weight = one?.Weight ?? 0, None = Write(one?.None), Full = Write(one?.Full) };

    public static decimal? Read(string? typed) =>
        TypedNumber.TryParse(typed, out var number) && Math.Abs(number) <= DreamCriterion.MostValue && decimal.Round(number, DreamCriterion.MostDecimals) == number ? number : null;

    private static string? Write(decimal? value) => value?.ToString("0.####", CultureInfo.InvariantCulture);
}

public sealed class DreamFormValidator : AbstractValidator<DreamForm>
{
    public DreamFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.Enter).NotNull().WithMessage(_ => L["Please fill this in."]);
        RuleFor(f => f.Enter).InclusiveBetween(1, 100).WithMessage(_ => L["Between {0} and {1}.", 1, 100]);
        RuleFor(f => f.Leave).NotNull().WithMessage(_ => L["Please fill this in."]);
        RuleFor(f => f.Leave).InclusiveBetween(0, 100).WithMessage(_ => L["Between {0} and {1}.", 0, 100]);
        RuleFor(f => f.Leave).Must((form, leave) => leave is null || form.Enter is null || leave <= form.Enter).WithMessage(_ => L["At most the score at which a product enters."]);
        RuleFor(f => f.Rows).Must(rows => rows.Select(row => row.Measure).Distinct().Count() == rows.Count && rows.TrueForAll(row => Enum.IsDefined(row.Measure))).WithMessage(_ => L["Each measure stands here once."]);
        RuleFor(f => f.Rows).Must(rows => rows.Exists(row => row.Counts)).WithMessage(_ => L["Give at least one measure a weight."]);
        RuleForEach(f => f.Rows).SetValidator(new DreamRowValidator(L));
    }
}

internal sealed class DreamRowValidator : AbstractValidator<DreamRowForm>
{
    public DreamRowValidator(IStringLocalizer L)
    {
        RuleFor(r => r.Weight).InclusiveBetween(0, DreamCriterion.MostWeight).WithMessage(_ => L["Between {0} and {1}.", 0, DreamCriterion.MostWeight]);
        RuleFor(r => r.None).Must(value => DreamRowForm.Read(value) is not null).When(r => r.Counts).WithMessage(_ => L["Write a number like 12.5."]);
        RuleFor(r => r.Full).Must(value => DreamRowForm.Read(value) is not null).When(r => r.Counts).WithMessage(_ => L["Write a number like 12.5."]);
        RuleFor(r => r.Full).Must((row, value) => DreamRowForm.Read(value) is not { } full || DreamRowForm.Read(row.None) != full).When(r => r.Counts).WithMessage(_ => L["The two values must differ."]);
    }
}
