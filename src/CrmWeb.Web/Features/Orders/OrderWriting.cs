using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Orders;

/// <summary>Placing and changing an order, for the page and the API alike; what is wrong is said beside the fields of the form.</summary>
internal sealed class OrderWriting(CrmDb db, CurrentMember me, ModelStateDictionary errors, IStringLocalizer L)
{
    private static readonly CompiledQuery<Func<CrmDb, long, CancellationToken, Task<Customer?>>> Buyer = new(() =>
        EF.CompileAsyncQuery((CrmDb db, long id, CancellationToken stop) => db.Customers.SingleOrDefault(c => c.Id == id)));

    public static Task<Order?> Load(CrmDb db, long id, CancellationToken stop) =>
        db.Orders.Include(o => o.Lines).Include(o => o.Customer).SingleOrDefaultAsync(o => o.Id == id, stop);

    /// <summary>Answers the order; null when something is wrong with the form.</summary>
    /// <param name="placedAt">UTC.</param>
    /// <param name="then">What is said of it besides: that it is paid.</param>
    public async Task<Order?> Create(OrderForm form, DateTime placedAt, Action<Order>? then, CancellationToken stop)
    {
        var buyer = form.CustomerId is { } id ? await Buyer.For(db)(db, id, stop) : null;
        if (await Read(new(form, placedAt, null) { Buyer = buyer }, stop) is not { } details) return null;
        var order = new Order(buyer!, details, me.Id, me.Now);
        then?.Invoke(order);
        db.Orders.Add(order);
        return await Save(form, null, stop) ? order : null;
    }

    /// <summary>False when something is wrong with the form.</summary>
    /// <param name="order">Tracked, with its lines and customer.</param>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else saved it meanwhile.</exception>
    public async Task<bool> Change(Order order, OrderForm form, DateTime placedAt, Action<Order>? then, CancellationToken stop)
    {
        // whose it is stays: what somebody else bought is another order
        if (form.CustomerId != order.CustomerId) errors.AddModelError(nameof(form.CustomerId), L["An order stays with its customer. Delete it, and place it for the other one."]);
        if (await Read(new(form, placedAt, order), stop) is not { } details) return false;
        order.Change(details, me.Now);
        then?.Invoke(order);
        return await Save(form, order.Id, stop);
    }

    private async Task<OrderDetails?> Read(OrderAsked asked, CancellationToken stop)
    {
        if (!errors.IsValid) return null;
        var reading = await OrderReading.Load(db, me, [asked], L, stop);
        var details = reading.Read(asked, (field, text) => errors.AddModelError(field, text));
        return errors.IsValid ? details : null;
    }

    private async Task<bool> Save(OrderForm form, long? id, CancellationToken stop)
    {
        try
        {
            await db.SaveChangesAsync(stop);
            return true;
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e) && form.ExternalId?.Trim() is { Length: > 0 } external)
        {
            // somebody took the external id in the same moment
            db.ChangeTracker.Clear();
            if (!(await db.TakenOrderIds([external], stop)).TryGetValue(external, out var owner) || owner == id) throw new DbUpdateConcurrencyException(e.Message, e);
            errors.AddModelError(nameof(form.ExternalId), L["Another order has this external id."]);
            return false;
        }
    }
}
