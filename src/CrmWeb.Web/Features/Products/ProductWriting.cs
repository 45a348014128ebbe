using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Products;

/// <summary>Making and changing a product, for the page and the API alike; what is wrong is said beside the fields of the form.</summary>
internal sealed class ProductWriting(CrmDb db, CurrentMember me, ModelStateDictionary errors, IStringLocalizer L)
{
    /// <summary>Answers the id; null when something is wrong with the form.</summary>
    public async Task<long?> Create(ProductForm form, CancellationToken stop)
    {
        if (!errors.IsValid || await IsTaken(form, null, stop)) return null;
        var product = new Product(form.Details, me.Now);
        product.Offer(form.IsActive);
        db.Products.Add(product);
        return await Save(form, null, stop) ? product.Id : null;
    }

    /// <summary>False when something is wrong with the form.</summary>
    /// <param name="product">Tracked.</param>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else saved it meanwhile.</exception>
    public async Task<bool> Change(Product product, ProductForm form, CancellationToken stop)
    {
        if (!errors.IsValid || await IsTaken(form, product.Id, stop)) return false;
        product.Change(form.Details);
        product.Offer(form.IsActive);
        return await Save(form, product.Id, stop);
    }

    private async Task<bool> Save(ProductForm form, long? id, CancellationToken stop)
    {
        try
        {
            await db.SaveChangesAsync(stop);
            return true;
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e))
        {
            // somebody took the code in the same moment
            db.ChangeTracker.Clear();
            return !await IsTaken(form, id, stop) ? throw new DbUpdateConcurrencyException(e.Message, e) : false;
        }
    }

    /// <summary>An archived product keeps its code: it may come back.</summary>
    private async Task<bool> IsTaken(ProductForm form, long? id, CancellationToken stop)
    {
        var code = SearchText.Fold(form.Code);
        if (await db.Products.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(p => p.CodeNormal == code && p.Id != (id ?? 0)).Select(p => new { p.Name, p.DeletedAt }).FirstOrDefaultAsync(stop) is not { } other) return false;
        errors.AddModelError(nameof(form.Code), other.DeletedAt is null ? L["{0} has this code already.", other.Name] : L["{0} in the recycle bin has this code.", other.Name]);
        return true;
    }
}
