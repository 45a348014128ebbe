using CrmWeb.Data.History;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>Writes many orders with what hangs on them, past the change tracker. What was decided about each is decided; needs an open transaction.</summary>
public static class OrdersInBulk
{
    /// <summary>External ids of orders are unique in a tenant, those put away or invisible included. Answers the ids alone.</summary>
    public static Task<Dictionary<string, long>> TakenOrderIds(this CrmDb db, IReadOnlyCollection<string> ids, CancellationToken stop) =>
        db.Orders.IgnoreQueryFilters(TenantScoping.Unseen).Where(o => o.ExternalId != null && ids.Contains(o.ExternalId))
            .Select(o => new { ExternalId = o.ExternalId!, o.Id }).ToDictionaryAsync(o => o.ExternalId, o => o.Id, StringComparer.Ordinal, stop);

    /// <summary>New orders with their lines and the events of their customers, whose facts follow.</summary>
    /// <param name="tell">An import is told by its number: nobody tells each of its orders.</param>
    public static Task InsertOrders(this CrmDb db, IReadOnlyList<(Order Order, long CustomerId)> orders, bool tell, CancellationToken stop)
    {
        if (orders.Count == 0) return Task.CompletedTask;
        return db.Recompute(Facts.Orders, [.. orders.Select(one => one.CustomerId).Distinct()], () => db.Insert(orders, tell, stop), stop);
    }

    private static async Task Insert(this CrmDb db, IReadOnlyList<(Order Order, long CustomerId)> orders, bool tell, CancellationToken stop)
    {
        await db.BulkInsert([.. orders.Select(one => one.Order)], [new(nameof(Order.CustomerId), i => orders[i].CustomerId)], stop);
        var lines = orders.SelectMany(one => one.Order.Lines.Select(line => (one.Order.Id, Line: line))).ToList();
        await db.BulkInsert([.. lines.Select(one => one.Line)], [new(nameof(OrderLine.OrderId), i => lines[i].Id)], stop);
        List<(long Customer, string Kind, DateTime At)> events =
        [
            .. orders.Select(one => (one.CustomerId, CustomerEvent.OrderPlaced, one.Order.PlacedAt)),
            .. orders.Where(one => one.Order.ReturnedAt is not null).Select(one => (one.CustomerId, CustomerEvent.OrderReturned, one.Order.ReturnedAt!.Value)),
        ];
        await db.BulkInsert([.. events.Select(one => new CustomerEvent(one.Kind, db.Current.Actor.MemberId, one.At))], [new(nameof(CustomerEvent.CustomerId), i => events[i].Customer)], stop);
        if (tell) await db.Tell([.. orders.Select(one => new Change(RecordKind.Order, one.Order.Id, one.CustomerId) { Act = Act.Created })], stop);
    }
}
