using System.Linq.Expressions;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Api;

namespace CrmWeb.Web.Features.Products;

/// <summary>A product as the API tells it.</summary>
[Example("""{"id":7,"code":"K-100","name":"Kettle","category":"Kitchen","unitPrice":39.5,"unitCost":21,"currency":"EUR","active":true,"description":null,"createdAt":"2026-11-22T09:58:00Z"}""")]
public sealed record ProductJson(
    long Id, string Code, string Name, string? Category, decimal? UnitPrice, decimal? UnitCost, string Currency, bool Active, string? Description, DateTime CreatedAt);

/// <summary>What is read of a product for the API.</summary>
internal sealed record ProductReading(Product Row)
{
    public static readonly Expression<Func<Product, ProductReading>> Of = p => new ProductReading(p);

    public ProductJson Json => new(
        Row.Id, Row.Code, Row.Name, Row.Category, Major(Row.UnitPrice), Major(Row.UnitCost), Row.Currency, Row.IsActive, Row.Description, Row.CreatedAt);

    private decimal? Major(long? minor) => minor is { } amount ? Currency.ToMajor(amount, Row.Currency) : null;
}

/// <summary>What a program may say about a product. It becomes the form of the page, and is judged like it.</summary>
[Example("""{"code":"K-100","name":"Kettle","category":"Kitchen","unitPrice":39.5,"unitCost":21,"currency":"EUR"}""")]
public sealed record ProductInput
{
    public string? Code { get; init; }
    public string? Name { get; init; }
    public string? Category { get; init; }
    public decimal? UnitPrice { get; init; }
    public decimal? UnitCost { get; init; }

    /// <summary>The tenant's own, unless said.</summary>
    public string? Currency { get; init; }

    public bool? Active { get; init; }
    public string? Description { get; init; }

    public static ProductInput Of(Product p)
    {
        var json = new ProductReading(p).Json;
        return new()
        {
            Code = json.Code,
            Name = json.Name,
            Category = json.Category,
            UnitPrice = json.UnitPrice,
            UnitCost = json.UnitCost,
            Currency = json.Currency,
            Active = json.Active,
            Description = json.Description,
        };
    }

    public ProductForm ToForm(string ownCurrency) => new()
    {
        Code = Code,
        Name = Name,
        Category = Category,
        UnitPrice = Shared.Csv.CsvAnswers.Exact(UnitPrice),
        UnitCost = Shared.Csv.CsvAnswers.Exact(UnitCost),
        Currency = Currency ?? ownCurrency,
        IsActive = Active ?? true,
        Description = Description,
    };
}
