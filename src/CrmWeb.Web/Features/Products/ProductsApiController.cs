using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Products;

[Route("api/v1/products")]
[Tags("Products")]
public sealed class ProductsApiController : ApiController
{
    private static readonly string[] Parameters = [.. ApiPage.Parameters, Shared.Tags.FilterBarTag.SearchParameter];

    [HttpGet("")]
    [Authorize(Permissions.ReadSales)]
    [Display(Name = "List products", Description = "Takes the filters of the list of products by the same names, for example active=true or category=kitchen. Sorted by name, code, category or price.")]
    [ProducesResponseType<ApiList<ProductJson>>(200)]
    public async Task<IActionResult> List([FromQuery] ApiPage page, CancellationToken stop)
    {
        var fields = await ProductFilter.Fields(Db, L, stop);
        page.Check(ModelState, L);
        foreach (var key in Filters.Refused(Request.Query, fields, Parameters)) ModelState.AddModelError(key, L["There is no such parameter, or not with this value."]);
        var sorts = KeyPages<Product>.Sorts(ProductFilter.Orders);
        if (page.Sort is { Length: > 0 } sort && !sorts.Contains(sort, StringComparer.Ordinal)) ApiPage.NoSuchSort(ModelState, L, sorts);
        if (!ModelState.IsValid) return Invalid();
        var pages = new KeyPages<Product>(ProductFilter.Orders, page.Sort, "name");
        var following = await pages.Following(ProductFilter.Read(Request.Query, fields).Of(Db), Db.Products.IgnoreQueryFilters([TenantScoping.DeletedFilter]), page.After, stop);
        if (following is null) ApiPage.NoSuchPage(ModelState, L);
        if (!ModelState.IsValid) return Invalid();
        var rows = await following!.Take(page.Size + 1).Select(ProductReading.Of).ToListAsync(stop);
        return Ok(page.Page(rows, row => KeyPages<Product>.Write(row.Row.Id), row => row.Json));
    }

    [HttpGet("{id:long}")]
    [Authorize(Permissions.ReadSales)]
    [Display(Name = "Read a product")]
    [ProducesResponseType<ProductJson>(200)]
    public async Task<IActionResult> Show(long id, CancellationToken stop) =>
        await Db.Products.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, stop) is { } found ? One(new ProductReading(found).Json, id, found.Version) : NotFound();

    [HttpPost("")]
    [Authorize(Permissions.ManageProducts)]
    [Display(Name = "Add a product")]
    [ProducesResponseType<ProductJson>(201)]
    public async Task<IActionResult> Create(ProductInput input, CancellationToken stop)
    {
        var form = input.ToForm(Me.Pass.Currency);
        await Validate(form, stop);
        if (await Writing.Create(form, stop) is not { } id) return Invalid();
        var made = await Db.Products.AsNoTracking().SingleAsync(p => p.Id == id, stop);
        return Made("products", new ProductReading(made).Json, id, made.Version);
    }

    [HttpPut("{id:long}")]
    [Authorize(Permissions.ManageProducts)]
    [Display(Name = "Replace a product", Description = "Fields that are not there become empty.")]
    [ProducesResponseType<ProductJson>(200)]
    public async Task<IActionResult> Replace(long id, ProductInput input, CancellationToken stop) =>
        await Find(id, stop) is { } product ? await Change(product, input, stop) : NotFound();

    [HttpPatch("{id:long}")]
    [Authorize(Permissions.ManageProducts)]
    [Consumes("application/json", "application/merge-patch+json")]
    [Display(Name = "Change a product", Description = "Only the fields that are there are changed; null empties one.")]
    [ProducesResponseType<ProductJson>(200)]
    public async Task<IActionResult> Patch(long id, [FromBody] JsonElement changes, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } product) return NotFound();
        return Merge(ProductInput.Of(product), changes) is { } merged ? await Change(product, merged, stop) : Invalid();
    }

    [HttpDelete("{id:long}")]
    [Authorize(Permissions.ManageProducts)]
    [Display(Name = "Archive a product", Description = "What was sold of it stays, and it can be restored from the recycle bin.")]
    [ProducesResponseType(204)]
    public async Task<IActionResult> Delete(long id, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } product) return NotFound();
        if (!IsExpected(product)) return ChangedMeanwhile();
        product.Delete(Me.Now);
        await Db.SaveChangesAsync(stop);
        return NoContent();
    }

    private ProductWriting Writing => new(Db, Me, ModelState, L);

    private async Task<IActionResult> Change(Product product, ProductInput input, CancellationToken stop)
    {
        if (!IsExpected(product)) return ChangedMeanwhile();
        var form = input.ToForm(Me.Pass.Currency);
        await Validate(form, stop);
        if (!await Writing.Change(product, form, stop)) return Invalid();
        return One(new ProductReading(product).Json, product.Id, product.Version);
    }

    private Task<Product?> Find(long id, CancellationToken stop) => Db.Products.SingleOrDefaultAsync(p => p.Id == id, stop);
}
