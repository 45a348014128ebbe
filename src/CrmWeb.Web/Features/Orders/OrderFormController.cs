using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Orders;

/// <summary>Placing an order, and changing one. Lines come and go by buttons that post the form: they work without scripts.</summary>
[Authorize(Permissions.EditSales)]
public sealed class OrderFormController(IStringLocalizer L) : TenantController
{
    [HttpGet("orders/new")]
    public async Task<IActionResult> New(long? customerId, CancellationToken stop)
    {
        customerId ??= Request.CustomerOfPage();
        if (customerId is { } id && !await Db.Customers.AnyAsync(c => c.Id == id, stop)) return NotFound();
        var form = new OrderForm { CustomerId = customerId, PlacedAt = Me.ToLocal(Me.Now), Currency = Me.Pass.Currency };
        while (form.Lines.Count < OrderForm.FirstLines) form.Lines.Add(new());
        return View("Edit", await Choices(form, null, stop));
    }

    /// <param name="add">A line more, and nothing is saved.</param>
    /// <param name="remove">This line less, and nothing is saved.</param>
    [HttpPost("orders/new")]
    public async Task<IActionResult> Create(OrderForm form, bool add, int? remove, CancellationToken stop)
    {
        if (add || remove is not null) return View("Edit", await Choices(Lines(form, remove), null, stop));
        return await Writing.Create(form, PlacedAt(form), null, stop) is { } order
            ? this.Done(L["Order placed"], Url.Content($"~/orders/{order.Id}"), Url.Content($"~/orders/{order.Id}/delete"))
            : this.Invalid("Edit", await Choices(form, null, stop));
    }

    [HttpGet("orders/{id:long}/edit")]
    public async Task<IActionResult> Edit(long id, CancellationToken stop) =>
        await OrderWriting.Load(Db, id, stop) is { } order ? View(await Choices(Opened(order), order, stop)) : NotFound();

    [HttpPost("orders/{id:long}/edit")]
    public async Task<IActionResult> Save(long id, OrderForm form, bool add, int? remove, CancellationToken stop)
    {
        if (await OrderWriting.Load(Db, id, stop) is not { } order) return NotFound();
        if (form.CustomerId is null)
        {
            form.CustomerId = order.CustomerId;
            ModelState.Remove(nameof(form.CustomerId));
        }

        if (add || remove is not null) return View("Edit", await Choices(Lines(form, remove), order, stop));
        if (form.Version != order.Version) return await Stale(order, form, stop);
        try
        {
            if (!await Writing.Change(order, form, PlacedAt(form, order), null, stop)) return this.Invalid("Edit", await Choices(form, order, stop));
        }
        catch (DbUpdateConcurrencyException)
        {
            Db.ChangeTracker.Clear();
            return await OrderWriting.Load(Db, id, stop) is { } newer ? await Stale(newer, form, stop) : NotFound();
        }

        return this.Done(L["Saved"], Url.Content($"~/orders/{id}"));
    }

    private OrderWriting Writing => new(Db, Me, ModelState, L);

    private OrderForm Opened(Order order) => OrderForm.Of(order, Minute(Me.ToLocal(order.PlacedAt)));

    /// <summary>The field knows minutes: who does not touch it leaves the instant as it is.</summary>
    private DateTime PlacedAt(OrderForm form, Order? order = null) =>
        form.PlacedAt is not { } typed ? Me.Now : order is not null && Minute(Me.ToLocal(order.PlacedAt)) == typed ? order.PlacedAt : Me.ToUtc(typed);

    private static DateTime Minute(DateTime at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMinute));

    /// <summary>What was typed stays; the fields take it from the form, whose lines have other numbers now.</summary>
    private OrderForm Lines(OrderForm form, int? remove)
    {
        ModelState.Clear();
        if (remove is { } at && at >= 0 && at < form.Lines.Count) form.Lines.RemoveAt(at);
        if ((remove is null || form.Lines.Count == 0) && form.Lines.Count < Order.MostLines) form.Lines.Add(new());
        return form;
    }

    private async Task<IActionResult> Stale(Order order, OrderForm form, CancellationToken stop)
    {
        var theirs = Opened(order);
        ViewData[Shared.Conflict.Key] = Shared.Conflict.Of(
            new(L["Placed"], Shown(theirs.PlacedAt), Shown(form.PlacedAt)), new(L["Channel"], L.Of(theirs.Channel), L.Of(form.Channel)), new(L["Currency"], theirs.Currency, form.Currency),
            new(L["External id"], theirs.ExternalId, form.ExternalId), new(L["Notes"], theirs.Note, form.Note), new(L["Lines"], await Shown(theirs, stop), await Shown(form, stop)));
        form.Version = theirs.Version;
        ModelState.Remove(nameof(form.Version));
        return this.Invalid("Edit", await Choices(form, order, stop), StatusCodes.Status409Conflict);
    }

    private static string? Shown(DateTime? at) => at?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private async Task<string> Shown(OrderForm form, CancellationToken stop)
    {
        var names = await Names(form, stop);
        return string.Join(L[", "], form.Lines.Where(line => !line.IsBlank).Select(line =>
            $"{Digits.Shape(line.Quantity ?? "")} × {(line.ProductId is { } id ? names.GetValueOrDefault(id, "—") : line.Description)} {Digits.Shape(line.UnitPrice ?? line.Total ?? "")}".Trim()));
    }

    private async Task<Dictionary<long, string>> Names(OrderForm form, CancellationToken stop)
    {
        List<long> ids = [.. form.Lines.Select(line => line.ProductId).OfType<long>().Distinct()];
        return ids.Count == 0 ? [] : await Db.Products.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, stop);
    }

    private async Task<OrderForm> Choices(OrderForm form, Order? order, CancellationToken stop)
    {
        ViewData["Id"] = order?.Id;
        ViewData["Customer"] = order?.Customer!.Name ?? await Db.Customers.Where(c => c.Id == form.CustomerId).Select(c => c.Name).SingleOrDefaultAsync(stop);
        ViewData["Products"] = await Names(form, stop);
        ViewData["Currencies"] = await Db.CurrencyChoices(Me.Pass.Currency, stop, form.Currency);
        return form;
    }
}
