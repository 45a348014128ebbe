using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Features.Shared.Csv;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Products;

/// <summary>What the tenant sells: the list, a page each, and the form.</summary>
public sealed class ProductsController(IStringLocalizer L) : TenantController
{
    private const int MaxFound = 20;
    private static readonly string[] Exported = ["code", "name", "category", "unitPrice", "unitCost", "currency", "active", "description"];

    [HttpGet("products")]
    [Authorize(Permissions.ReadSales)]
    public async Task<IActionResult> List(string? sort, string? after, string? before, CancellationToken stop)
    {
        var fields = await ProductFilter.Fields(Db, L, stop);
        var filter = ProductFilter.Read(Request.Query, fields);
        var pages = new KeyPages<Product>(ProductFilter.Orders, sort, "name");
        var (rows, pager) = await pages.Page(filter.Of(Db), Db.Products.IgnoreQueryFilters([TenantScoping.DeletedFilter]), ProductRow.Of, row => row.Id, after, before, stop);
        return View(new ProductListPage(filter, fields, rows, pager, ProductFilter.Columns(L, pages.Sort)));
    }

    [HttpGet("products.csv")]
    [Authorize(Permissions.ExportCustomers)]
    public async Task<IActionResult> Export(string? sort, CancellationToken stop)
    {
        var filter = ProductFilter.Read(Request.Query, await ProductFilter.Fields(Db, L, stop));
        var rows = new KeyPages<Product>(ProductFilter.Orders, sort, "name").Order(filter.Of(Db)).AsAsyncEnumerable();
        return await this.Csv("products.csv", Exported, rows, p =>
            [p.Code, p.Name, p.Category, Currencies.Write(p.UnitPrice, p.Currency), Currencies.Write(p.UnitCost, p.Currency), p.Currency, p.IsActive ? "true" : "false", p.Description], stop);
    }

    /// <summary>What fields that are filled by typing ask for.</summary>
    [HttpGet("products/find")]
    [Authorize(Permissions.ReadSales)]
    public async Task<IActionResult> Find(string? q, CancellationToken stop)
    {
        var filter = new ProductFilter([], string.IsNullOrWhiteSpace(q) ? null : q);
        var found = await filter.Of(Db).Where(p => p.IsActive).OrderBy(p => p.NameNormal).ThenBy(p => p.Id).Take(MaxFound).Select(ProductRow.Of).ToListAsync(stop);
        return Json(found.Select(p => new { id = p.Id, text = p.Name, hint = p.UnitPrice is { } price ? $"{p.Code} · {Digits.Money(price, p.Currency)}" : p.Code }));
    }

    [HttpGet("products/new")]
    [Authorize(Permissions.ManageProducts)]
    public async Task<IActionResult> New(CancellationToken stop) => View("Edit", await Choices(new ProductForm { Currency = Me.Pass.Currency }, null, stop));

    [HttpPost("products/new")]
    [Authorize(Permissions.ManageProducts)]
    public async Task<IActionResult> Create(ProductForm form, CancellationToken stop) => await Writing.Create(form, stop) is { } id
        ? this.Done(L["{0} was added", form.Name!.Trim()], Url.Content($"~/products/{id}"), Url.Content($"~/products/{id}/archive"))
        : this.Invalid("Edit", await Choices(form, null, stop));

    [HttpGet("products/{id:long}")]
    [Authorize(Permissions.ReadSales)]
    public async Task<IActionResult> Show(long id, CancellationToken stop) =>
        await Db.Products.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, stop) is { } product ? View(await ProductPage.Read(Db, Me, product, stop)) : NotFound();

    [HttpGet("products/{id:long}/edit")]
    [Authorize(Permissions.ManageProducts)]
    public async Task<IActionResult> Edit(long id, CancellationToken stop) =>
        await Db.Products.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, stop) is { } product ? View(await Choices(ProductForm.Of(product), id, stop)) : NotFound();

    [HttpPost("products/{id:long}/edit")]
    [Authorize(Permissions.ManageProducts)]
    public async Task<IActionResult> Save(long id, ProductForm form, CancellationToken stop)
    {
        if (await Db.Products.SingleOrDefaultAsync(p => p.Id == id, stop) is not { } product) return NotFound();
        if (form.Version != product.Version) return await Stale(product, form, stop);
        try
        {
            if (!await Writing.Change(product, form, stop)) return this.Invalid("Edit", await Choices(form, id, stop));
        }
        catch (DbUpdateConcurrencyException)
        {
            Db.ChangeTracker.Clear();
            return await Db.Products.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, stop) is { } newer ? await Stale(newer, form, stop) : NotFound();
        }

        return this.Done(L["Saved"], Url.Content($"~/products/{id}"));
    }

    private ProductWriting Writing => new(Db, Me, ModelState, L);

    private async Task<IActionResult> Stale(Product product, ProductForm form, CancellationToken stop)
    {
        var theirs = ProductForm.Of(product);
        ViewData[Shared.Conflict.Key] = Shared.Conflict.Of(
            new(L["Code"], theirs.Code, form.Code), new(L["Name"], theirs.Name, form.Name), new(L["Category"], theirs.Category, form.Category),
            new(L["Unit price"], theirs.UnitPrice, form.UnitPrice), new(L["Unit cost"], theirs.UnitCost, form.UnitCost),
            new(L["Currency"], theirs.Currency, form.Currency), new(L["Description"], theirs.Description, form.Description),
            new(L["Active"], L[theirs.IsActive ? "Yes" : "No"], L[form.IsActive ? "Yes" : "No"]));
        form.Version = theirs.Version;
        ModelState.Remove(nameof(form.Version));
        return this.Invalid("Edit", await Choices(form, product.Id, stop), StatusCodes.Status409Conflict);
    }

    private async Task<ProductForm> Choices(ProductForm form, long? id, CancellationToken stop)
    {
        ViewData["Id"] = id;
        ViewData["Currencies"] = await Db.CurrencyChoices(Me.Pass.Currency, stop, form.Currency);
        return form;
    }
}
