using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Products;

/// <summary>Whether a product is offered, and putting it away. What was sold of it stays.</summary>
[Authorize(Permissions.ManageProducts)]
public sealed class ProductStateController(IStringLocalizer L) : TenantController
{
    [HttpPost("products/{id:long}/activate")]
    public Task<IActionResult> Activate(long id, CancellationToken stop) => Offer(id, true, stop);

    [HttpPost("products/{id:long}/deactivate")]
    public Task<IActionResult> Deactivate(long id, CancellationToken stop) => Offer(id, false, stop);

    [HttpPost("products/{id:long}/archive")]
    public async Task<IActionResult> Archive(long id, CancellationToken stop)
    {
        if (await Find(id, stop) is not { DeletedAt: null } product) return NotFound();
        product.Delete(Me.Now);
        await Db.SaveChangesAsync(stop);
        return this.Done(L["{0} was archived", product.Name], Url.Content("~/products"), Url.Content($"~/products/{id}/restore"));
    }

    [HttpPost("products/{id:long}/restore")]
    public async Task<IActionResult> Restore(long id, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } product) return NotFound();
        product.Restore();
        await Db.SaveChangesAsync(stop);
        return this.Done(L["{0} is back", product.Name], Url.Content($"~/products/{id}"));
    }

    private async Task<IActionResult> Offer(long id, bool active, CancellationToken stop)
    {
        if (await Find(id, stop) is not { DeletedAt: null } product) return NotFound();
        product.Offer(active);
        await Db.SaveChangesAsync(stop);
        return this.Done(active ? L["{0} is offered", product.Name] : L["{0} is not offered any more", product.Name], Request.Back($"/products/{id}"), Url.Content($"~/products/{id}/{(active ? "deactivate" : "activate")}"));
    }

    private Task<Product?> Find(long id, CancellationToken stop) => Db.Products.IgnoreQueryFilters([TenantScoping.DeletedFilter]).SingleOrDefaultAsync(p => p.Id == id, stop);
}
