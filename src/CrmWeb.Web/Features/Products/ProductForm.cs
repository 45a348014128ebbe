using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Products;

/// <summary>What may be set of a product. Amounts are as they were typed, of <see cref="Currency"/>.</summary>
public sealed class ProductForm
{
    [Display(Name = "Code")] public string? Code { get; set; }
    [Display(Name = "Name")] public string? Name { get; set; }
    [Display(Name = "Category")] public string? Category { get; set; }
    [Display(Name = "Unit price")] public string? UnitPrice { get; set; }
    [Display(Name = "Unit cost")] public string? UnitCost { get; set; }
    [Display(Name = "Currency")] public string? Currency { get; set; }
    [Display(Name = "Description")] public string? Description { get; set; }
    [Display(Name = "Active")] public bool IsActive { get; set; } = true;
    public int Version { get; set; }

    public static ProductForm Of(Product p) => new()
    {
        Code = p.Code,
        Name = p.Name,
        Category = p.Category,
        UnitPrice = Currencies.Write(p.UnitPrice, p.Currency),
        UnitCost = Currencies.Write(p.UnitCost, p.Currency),
        Currency = p.Currency,
        Description = p.Description,
        IsActive = p.IsActive,
        Version = p.Version,
    };

    /// <summary>Of a form that is valid.</summary>
    public ProductDetails Details => new(
        Code!, Name!, Category, Currencies.Read(UnitPrice, Code3), Currencies.Read(UnitCost, Code3), Code3, Description);

    private string Code3 => Currencies.Code(Currency)!;
}

public sealed class ProductFormValidator : AbstractValidator<ProductForm>
{
    public ProductFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.Code).Must(code => SearchText.Fold(code).Length > 0).WithMessage(_ => L["Please fill this in."]);
        RuleFor(f => f.Code).Must(code => code is null || code.Trim().Length <= Product.CodeLength).WithMessage(_ => L["At most {0} characters fit here.", Product.CodeLength]);
        RuleFor(f => f.Name).Must(name => SearchText.Fold(name).Length > 0).WithMessage(_ => L["Please fill this in."]);
        RuleFor(f => f.Name).Must(name => name is null || name.Trim().Length <= Product.NameLength).WithMessage(_ => L["At most {0} characters fit here.", Product.NameLength]);
        RuleFor(f => f.Category).Must(category => category is null || category.Trim().Length <= Product.CategoryLength).WithMessage(_ => L["At most {0} characters fit here.", Product.CategoryLength]);
        RuleFor(f => f.Description).MaximumLength(Product.DescriptionLength).WithMessage(_ => L["At most {0} characters fit here.", Product.DescriptionLength]);
        RuleFor(f => f.Currency).Must(code => Currencies.All.Contains(Currencies.Code(code), StringComparer.Ordinal)).WithMessage(_ => L["Choose one of the list."]);
        RuleFor(f => f.UnitPrice).Must(IsAmount).WithMessage(_ => L["Write an amount like 12.50; not below 0, and no finer than the currency."]);
        RuleFor(f => f.UnitCost).Must(IsAmount).WithMessage(_ => L["Write an amount like 12.50; not below 0, and no finer than the currency."]);
    }

    private static bool IsAmount(ProductForm form, string? typed) =>
        string.IsNullOrWhiteSpace(typed) || Currencies.Code(form.Currency) is not { } currency || !Currency.IsCode(currency) || Currencies.Read(typed, currency) is >= 0 and <= Product.MostPrice;
}
