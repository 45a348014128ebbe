using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Imports;

/// <summary>The products that the lines of a batch name by their codes; those put away are known too, for an old order may be of one. What nobody knows is made, said in words, or refused.</summary>
internal sealed class OrderProducts(CrmDb db, UnknownProducts unknown)
{
    private readonly Dictionary<string, (long Number, ProductDetails Details)> made = new(StringComparer.Ordinal);
    private Dictionary<string, Product> known = [];

    /// <summary>The products to make, by a negative number that stands for the id until there is one.</summary>
    public IReadOnlyDictionary<long, ProductDetails> Made => made.Values.ToDictionary(one => one.Number, one => one.Details);

    public async Task Load(List<string> codes, CancellationToken stop)
    {
        if (codes.Count == 0) return;
        known = await db.Products.IgnoreQueryFilters([TenantScoping.DeletedFilter]).AsNoTracking().Where(p => codes.Contains(p.CodeNormal)).ToDictionaryAsync(p => p.CodeNormal, StringComparer.Ordinal, stop);
    }

    public Product? Of(OrderLineRead line) => line.Product is { } code ? known.GetValueOrDefault(code) : null;

    /// <summary>The line with what its code means; null when it means nothing and that was not to be.</summary>
    public OrderLineDetails? Put(OrderLineRead read, OrderLineDetails line, string currency)
    {
        if (read.Code is null) return line;
        if (Of(read) is { } product) return line with { ProductId = product.Id };
        if (unknown == UnknownProducts.Describe) return line with { Description = line.Description ?? read.Code };
        if (unknown == UnknownProducts.Refuse) return null;
        if (!made.TryGetValue(read.Product!, out var one))
        {
            var name = line.Description ?? read.Code;
            made[read.Product!] = one = (-1 - made.Count, new(read.Code, name.Length > Product.NameLength ? name[..Product.NameLength] : name, null, line.UnitPrice, null, currency));
        }

        return line with { ProductId = one.Number };
    }
}
