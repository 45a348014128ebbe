using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Sales;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Deals;

public sealed class DealForm
{
    [Display(Name = "Deal name")] public string? Name { get; set; }
    [Display(Name = "Customer")] public long? CustomerId { get; set; }

    /// <summary>Only of a new deal: one that is there moves (see <see cref="MoveForm"/>).</summary>
    [Display(Name = "Stage")] public long? StageId { get; set; }

    [Display(Name = "Amount")] public string? Amount { get; set; }
    [Display(Name = "Currency")] public string? Currency { get; set; }
    [Display(Name = "Close date")] public DateOnly? CloseOn { get; set; }
    [Display(Name = "Forecast as")] public ForecastCategory? Category { get; set; }
    [Display(Name = "Owner")] public long? OwnerId { get; set; }
    [Display(Name = "Team")] public long? TeamId { get; set; }
    [Display(Name = "Description")] public string? Description { get; set; }
    [Display(Name = "Products")] public List<DealLineForm> Lines { get; set; } = [];
    public int Version { get; set; }

    /// <summary>See <see cref="DealSeen"/>.</summary>
    public string? Seen { get; set; }

    /// <summary>Fields in which the colleague's value is to stand.</summary>
    public List<string> Take { get; set; } = [];

    public string? ReturnUrl { get; set; }

    /// <summary>The lines that say something; the others are room to write.</summary>
    public IEnumerable<DealLineForm> Written => Lines.Where(line => !line.IsBlank);

    public static DealForm Of(Deal deal) => new()
    {
        Name = deal.Name,
        CustomerId = deal.CustomerId,
        StageId = deal.StageId,
        Amount = deal is { Amount: { } amount, Lines.Count: 0 } ? Major(amount, deal.Currency) : null,
        Currency = deal.Currency,
        CloseOn = deal.CloseOn,
        Category = deal.Category,
        OwnerId = deal.OwnerId,
        TeamId = deal.TeamId,
        Description = deal.Description,
        Lines = [.. deal.Lines.OrderBy(line => line.Position).Select(line => new DealLineForm { ProductId = line.ProductId, Quantity = line.Quantity, UnitPrice = Major(line.UnitPrice, deal.Currency) })],
        Version = deal.Version,
    };

    public static string Major(long minor, string currency) => TypedNumber.Write(Domain.Tenants.Currency.ToMajor(minor, currency));
}

public sealed class DealLineForm
{
    [Display(Name = "Product")] public long? ProductId { get; set; }
    [Display(Name = "Quantity")] public int? Quantity { get; set; }
    [Display(Name = "Price each")] public string? UnitPrice { get; set; }

    public bool IsBlank => ProductId is null && string.IsNullOrWhiteSpace(UnitPrice) && Quantity is null or 0 or 1;
}

public sealed class DealFormValidator : AbstractValidator<DealForm>
{
    internal static readonly DateOnly First = new(1900, 1, 1);
    internal static readonly DateOnly Last = new(2200, 1, 1);

    public DealFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage(_ => L["Please fill this in."]);
        RuleFor(f => f.Name).Must(name => name is null || name.Trim().Length <= Deal.NameLength).WithMessage(_ => L["At most {0} characters fit here.", Deal.NameLength]);
        RuleFor(f => f.CustomerId).NotNull().WithMessage(_ => L["Choose the customer."]);
        RuleFor(f => f.CloseOn).InclusiveBetween(First, Last).WithMessage(_ => L["This date is too far away."]);
        RuleFor(f => f.Category).IsInEnum().WithMessage(_ => L["This choice is not there any more."]);
        RuleFor(f => f.Description).MaximumLength(Deal.DescriptionLength).WithMessage(_ => L["At most {0} characters fit here.", Deal.DescriptionLength]);
        RuleFor(f => f.Lines).Must(lines => lines.Count <= Deal.MostLines).WithMessage(_ => L["At most {0} products fit on a deal.", Deal.MostLines]);
    }
}

/// <summary>Where a deal goes, and what it lacks to go there.</summary>
public sealed class MoveForm
{
    [Display(Name = "Stage")] public long? StageId { get; set; }

    /// <summary>The stage in which the person saw it; null: wherever it is.</summary>
    public long? From { get; set; }

    [Display(Name = "Amount")] public string? Amount { get; set; }
    [Display(Name = "Close date")] public DateOnly? CloseOn { get; set; }
    [Display(Name = "Owner")] public long? OwnerId { get; set; }
    [Display(Name = "Description")] public string? Description { get; set; }
    public string? ReturnUrl { get; set; }

    /// <summary>Whether it fills in what was lacking.</summary>
    public bool Fills => !string.IsNullOrWhiteSpace(Amount) || CloseOn is not null || OwnerId is not null || !string.IsNullOrWhiteSpace(Description);
}

public sealed class MoveFormValidator : AbstractValidator<MoveForm>
{
    public MoveFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.CloseOn).InclusiveBetween(DealFormValidator.First, DealFormValidator.Last).WithMessage(_ => L["This date is too far away."]);
        RuleFor(f => f.Description).MaximumLength(Deal.DescriptionLength).WithMessage(_ => L["At most {0} characters fit here.", Deal.DescriptionLength]);
    }
}

/// <summary>Why a deal was won or lost.</summary>
public sealed class CloseForm
{
    [Display(Name = "Reason")] public long? ReasonId { get; set; }
    [Display(Name = "Note")] public string? Note { get; set; }
    public string? ReturnUrl { get; set; }
}

public sealed class CloseFormValidator : AbstractValidator<CloseForm>
{
    public CloseFormValidator(IStringLocalizer L) =>
        RuleFor(f => f.Note).MaximumLength(Reason.NoteLength).WithMessage(_ => L["At most {0} characters fit here.", Reason.NoteLength]);
}
