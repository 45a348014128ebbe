using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Orders;

/// <summary>A line as it was typed. Amounts are of the order's currency.</summary>
public sealed class OrderLineForm
{
    [Display(Name = "Product")] public long? ProductId { get; set; }
    [Display(Name = "Or in words")] public string? Description { get; set; }
    [Display(Name = "Quantity")] public string? Quantity { get; set; }
    [Display(Name = "Unit price")] public string? UnitPrice { get; set; }

    /// <summary>Of a line of which only the total is known.</summary>
    [Display(Name = "Total")] public string? Total { get; set; }

    public bool IsBlank => ProductId is null && Description.IsBlank() && Quantity.IsBlank() && UnitPrice.IsBlank() && Total.IsBlank();

    /// <summary>Null when it is no whole number from 1 on.</summary>
    public int? Count => int.TryParse(SearchText.Fold(Quantity), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= OrderLine.MostQuantity ? count : null;

    public static OrderLineForm Of(OrderLine line, string currency) => new()
    {
        ProductId = line.ProductId,
        Description = line.Description,
        Quantity = line.Quantity.ToString(CultureInfo.InvariantCulture),
        UnitPrice = Currencies.Write(line.UnitPrice, currency),
        Total = line.UnitPrice is null ? Currencies.Write(line.Total, currency) : null,
    };
}

/// <summary>What may be set of an order.</summary>
public sealed class OrderForm
{
    /// <summary>Lines that a new form has room for.</summary>
    public const int FirstLines = 3;

    [Display(Name = "Customer")] public long? CustomerId { get; set; }

    /// <summary>Where the member is; the API says the instant instead.</summary>
    [Display(Name = "Placed")] public DateTime? PlacedAt { get; set; }

    [Display(Name = "Channel")] public SalesChannel Channel { get; set; }
    [Display(Name = "Currency")] public string? Currency { get; set; }
    [Display(Name = "External id")] public string? ExternalId { get; set; }
    [Display(Name = "Notes")] public string? Note { get; set; }
    public List<OrderLineForm> Lines { get; set; } = [];
    public int Version { get; set; }

    public static OrderForm Of(Order order, DateTime placedAt) => new()
    {
        CustomerId = order.CustomerId,
        PlacedAt = placedAt,
        Channel = order.Channel,
        Currency = order.Currency,
        ExternalId = order.ExternalId,
        Note = order.Note,
        Lines = [.. order.Lines.OrderBy(line => line.Position).Select(line => OrderLineForm.Of(line, order.Currency))],
        Version = order.Version,
    };
}

public sealed class OrderFormValidator : AbstractValidator<OrderForm>
{
    private static readonly DateTime First = new(1900, 1, 1);
    private static readonly DateTime Last = new(2200, 1, 1);

    private readonly IStringLocalizer L;

    public OrderFormValidator(IStringLocalizer L)
    {
        this.L = L;
        RuleFor(f => f.CustomerId).NotNull().WithMessage(_ => L["Choose who bought."]);
        RuleFor(f => f.PlacedAt).NotNull().WithMessage(_ => L["Please fill this in."]);
        RuleFor(f => f.PlacedAt).InclusiveBetween(First, Last).WithMessage(_ => L["This date is too far away."]);
        RuleFor(f => f.Channel).IsInEnum().WithMessage(_ => L["This choice is not there any more."]);
        RuleFor(f => f.Currency).Must(code => Currencies.All.Contains(Currencies.Code(code), StringComparer.Ordinal)).WithMessage(f => L["“{0}” is no currency. Write its code of three letters, like EUR.", f.Currency ?? ""]);
        RuleFor(f => f.ExternalId).Must(id => id is null || id.Trim().Length <= Order.ExternalIdLength).WithMessage(_ => L["At most {0} characters fit here.", Order.ExternalIdLength]);
        RuleFor(f => f.Note).MaximumLength(Order.NoteLength).WithMessage(_ => L["At most {0} characters fit here.", Order.NoteLength]);
        RuleFor(f => f.Lines).Custom(Check);
    }

    private void Check(List<OrderLineForm> lines, ValidationContext<OrderForm> context)
    {
        var currency = Currencies.Code(context.InstanceToValidate.Currency);
        if (lines.TrueForAll(line => line.IsBlank)) context.AddFailure(nameof(OrderForm.Lines), L["Say what was bought: an order has one line or more."]);
        if (lines.Count > Order.MostLines) context.AddFailure(nameof(OrderForm.Lines), L["An order has at most {0} lines.", Order.MostLines]);
        foreach (var (i, line) in lines.Index().Where(one => !one.Item.IsBlank).Take(Order.MostLines))
        {
            void Refuse(string field, string text) => context.AddFailure(string.Create(CultureInfo.InvariantCulture, $"Lines[{i}].{field}"), text);
            if (line.Count is null) Refuse(nameof(line.Quantity), L["Write a whole number, 1 or more."]);
            if (line.ProductId is null && line.Description.IsBlank()) Refuse(nameof(line.ProductId), L["Choose a product, or say in words what it was."]);
            if (line.Description?.Trim().Length > OrderLine.DescriptionLength) Refuse(nameof(line.Description), L["At most {0} characters fit here.", OrderLine.DescriptionLength]);
            if (currency is null || !Currency.IsCode(currency)) continue;
            if (!IsAmount(line.UnitPrice, currency)) Refuse(nameof(line.UnitPrice), L["Write an amount like 12.50; not below 0, and no finer than the currency."]);
            if (!IsAmount(line.Total, currency)) Refuse(nameof(line.Total), L["Write an amount like 12.50; not below 0, and no finer than the currency."]);
            if (line.ProductId is null && line.UnitPrice.IsBlank() && line.Total.IsBlank()) Refuse(nameof(line.UnitPrice), L["Please fill this in."]);
        }
    }

    private static bool IsAmount(string? typed, string currency) => typed.IsBlank() || Currencies.Read(typed, currency) is >= 0 and <= Product.MostPrice;
}

internal static class Blank
{
    public static bool IsBlank(this string? typed) => string.IsNullOrWhiteSpace(typed);
}
