using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers;

/// <summary>A product that the customer has not bought, and why they might.</summary>
/// <param name="Confidence">Share of those who bought <paramref name="Because"/> that bought it too; null for those who do not see all customers.</param>
public sealed record CustomerOffer(long ProductId, string Product, string Because, decimal? Confidence);

/// <summary>What others bought who bought what the customer did (<see cref="ProductPair"/>), the likeliest first: one question.</summary>
public static class CustomerOffers
{
    private const int Shown = 5;

    private static readonly CompiledQuery<Func<CrmDb, long, IAsyncEnumerable<Row>>> Of = new(() =>
        EF.CompileAsyncQuery((CrmDb db, long id) => db.ProductPairs
            .Where(p => p.Other!.IsActive && p.OfProduct > 0
                && db.OrderLines.Where(l => l.Order!.CustomerId == id && l.Order.State != OrderState.Returned && l.ProductId != null).Select(l => l.ProductId!.Value).Contains(p.ProductId)
                && !db.OrderLines.Where(l => l.Order!.CustomerId == id && l.ProductId != null).Select(l => l.ProductId!.Value).Contains(p.OtherId))
            .OrderByDescending(p => (double)p.Both / p.OfProduct).ThenBy(p => p.OtherId).ThenBy(p => p.ProductId).Take(Shown * ProductPair.Most)
            .Select(p => new Row(p.OtherId, p.Other!.Name, p.Product!.Name, p.Both, p.OfProduct))));

    public static async Task<IReadOnlyList<CustomerOffer>> Read(CrmDb db, long id, CancellationToken stop)
    {
        var numbers = db.Current.Actor.SeesAll;
        var rows = await Of.For(db)(db, id).ToListAsync(stop);
        return [.. rows.DistinctBy(row => row.Id).Take(Shown).Select(row => new CustomerOffer(row.Id, row.Name, row.Because, numbers ? row.Both / (decimal)row.OfProduct : null))];
    }

    private sealed record Row(long Id, string Name, string Because, int Both, int OfProduct);
}
