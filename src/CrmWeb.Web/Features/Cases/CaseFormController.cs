using CrmWeb.Data;
using CrmWeb.Domain.Service;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Cases;

/// <summary>Opening a case, and mending what is said of it.</summary>
[Authorize(Permissions.EditCases)]
public sealed class CaseFormController(IStringLocalizer L, LocalTime time) : TenantController
{
    private const int LatestOrders = 50;

    [HttpGet("cases/new")]
    public async Task<IActionResult> New(long? customerId, CancellationToken stop)
    {
        if (customerId is { } id && !await Db.Customers.AnyAsync(c => c.Id == id, stop)) return NotFound();
        if (customerId is null && Request.CustomerOfPage() is { } here && await Db.Customers.AnyAsync(c => c.Id == here, stop)) customerId = here;
        return View("Edit", await Page(new CaseForm { CustomerId = customerId, OwnerId = Me.Id }, null, stop));
    }

    [HttpPost("cases/new")]
    public async Task<IActionResult> Create(CaseForm form, CancellationToken stop)
    {
        if (form.CustomerId is { } id && !await Db.Customers.AnyAsync(c => c.Id == id, stop)) return NotFound();
        if (!ModelState.IsValid || await Writing.Create(form, stop) is not { } its) return this.Invalid("Edit", await Page(form, null, stop));
        return this.Done(L["Case opened"], Url.Content($"~/cases/{its.Id}"), Url.Content($"~/cases/{its.Id}/delete"));
    }

    [HttpGet("cases/{id:long}/edit")]
    public async Task<IActionResult> Edit(long id, CancellationToken stop) =>
        await CaseWriting.Load(Db, id, stop) is { } its ? View("Edit", await Page(CaseForm.Of(its), its, stop)) : NotFound();

    [HttpPost("cases/{id:long}/edit")]
    public async Task<IActionResult> Save(long id, CaseForm form, CancellationToken stop)
    {
        if (await CaseWriting.Load(Db, id, stop) is not { } its) return NotFound();
        // the customer of a case stays
        form.CustomerId = its.CustomerId;
        ModelState.Remove(nameof(form.CustomerId));
        if (!ModelState.IsValid) return this.Invalid("Edit", await Page(form, its, stop));
        Db.Expect(its, form.Version);
        if (!await Writing.Change(its, form, stop)) return this.Invalid("Edit", await Page(form, its, stop));
        try
        {
            await Db.SaveChangesAsync(stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            return await Conflict(id, form, stop);
        }

        return this.Done(L["Saved"], Url.Content($"~/cases/{id}"));
    }

    private CaseWriting Writing => new(Db, Me, ModelState, L);

    /// <summary>The form with what was typed, and beside it what a colleague saved.</summary>
    private async Task<IActionResult> Conflict(long id, CaseForm form, CancellationToken stop)
    {
        Db.ChangeTracker.Clear();
        if (await CaseWriting.Load(Db, id, stop) is not { } now) return NotFound();
        var theirs = CaseForm.Of(now);
        var page = await Page(form, now, stop);
        string? Name(string list, long? value) => ((IEnumerable<SelectListItem>)ViewData[list]!).FirstOrDefault(item => Narrowing.Id(item.Value) == value)?.Text;
        ViewData[Shared.Conflict.Key] = Shared.Conflict.Of(
            new(L["Kind"], L.Of(theirs.Kind), L.Of(form.Kind)),
            new(L["Subject"], theirs.Subject, form.Subject),
            new(L["Description"], theirs.Description, form.Description),
            new(L["Channel"], L.Of(theirs.Channel), L.Of(form.Channel)),
            new(L["Priority"], L.Of(theirs.Priority), L.Of(form.Priority)),
            new(L["Owner"], Name("Members", theirs.OwnerId), Name("Members", form.OwnerId)),
            new(L["Team"], Name("Teams", theirs.TeamId), Name("Teams", form.TeamId)),
            new(L["Product"], await ProductName(theirs.ProductId, stop), await ProductName(form.ProductId, stop)),
            new(L["Order"], Name("Orders", theirs.OrderId), Name("Orders", form.OrderId)));
        form.Version = now.Version;
        ModelState.Remove(nameof(form.Version));
        return this.Invalid("Edit", page, StatusCodes.Status409Conflict);
    }

    private Task<string?> ProductName(long? id, CancellationToken stop) =>
        id is null ? Task.FromResult<string?>(null) : Db.Products.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(p => p.Id == id).Select(p => p.Name).SingleOrDefaultAsync(stop);

    /// <summary>What the form offers to choose from.</summary>
    private async Task<CaseForm> Page(CaseForm form, Case? its, CancellationToken stop)
    {
        ViewData["Id"] = its?.Id;
        ViewData["Members"] = await Db.MemberChoices(stop, form.OwnerId, its?.OwnerId);
        ViewData["Teams"] = await Db.TeamChoices(stop);
        ViewData["Customer"] = form.CustomerId is { } customer ? await Db.Customers.Where(c => c.Id == customer).Select(c => c.Name).SingleOrDefaultAsync(stop) : null;
        ViewData["Product"] = await ProductName(form.ProductId, stop);
        var orders = await Db.Orders.Where(o => o.CustomerId == form.CustomerId).OrderByDescending(o => o.PlacedAt).ThenByDescending(o => o.Id).Take(LatestOrders)
            .Select(o => new { o.Id, o.PlacedAt, o.ExternalId, o.Total, o.Currency }).ToListAsync(stop);
        ViewData["Orders"] = orders.ConvertAll(o => Choices.Item(o.Id, $"{time.Date(o.PlacedAt)} · {Digits.Money(o.Total, o.Currency)}{(o.ExternalId is null ? "" : $" · {o.ExternalId}")}"));
        return form;
    }
}
