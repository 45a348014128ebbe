using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Features.Shared.Csv;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Orders;

/// <summary>What customers bought: the list, and the page of an order.</summary>
[Authorize(Permissions.ReadSales)]
public sealed class OrdersController(IStringLocalizer L) : TenantController
{
    private static readonly string[] Exported = ["externalId", "customer", "customerExternalId", "placedAt", "channel", "state", "currency", "total", "cost"];

    [HttpGet("orders")]
    public async Task<IActionResult> List(string? sort, string? after, string? before, CancellationToken stop)
    {
        var fields = await Fields(stop);
        var filter = await OrderFilter.Read(Request.Query, fields).Named(Db, L, stop);
        var pages = new KeyPages<Order>(OrderFilter.Orders, sort, "-placed");
        var (rows, pager) = await pages.Page(filter.Of(Db, Me), Db.Orders.IgnoreQueryFilters([TenantScoping.DeletedFilter]), OrderRow.Of, row => row.Id, after, before, stop);
        return View(new OrderListPage(filter, fields, rows, pager, OrderFilter.Columns(L, pages.Sort)));
    }

    [HttpGet("orders.csv")]
    [Authorize(Permissions.ExportCustomers)]
    public async Task<IActionResult> Export(string? sort, CancellationToken stop)
    {
        var filter = OrderFilter.Read(Request.Query, await Fields(stop));
        var rows = new KeyPages<Order>(OrderFilter.Orders, sort, "-placed").Order(filter.Of(Db, Me))
            .Select(o => new { o.ExternalId, o.Customer!.Name, CustomerId = o.Customer.ExternalId, o.PlacedAt, o.Channel, o.State, o.Currency, o.Total, o.Cost }).AsAsyncEnumerable();
        return await this.Csv("orders.csv", Exported, rows, o =>
            [o.ExternalId, o.Name, o.CustomerId, CsvAnswers.Instant(o.PlacedAt), ChangeText.Of(o.Channel), ChangeText.Of(o.State), o.Currency, Currencies.Write(o.Total, o.Currency), Currencies.Write(o.Cost, o.Currency)], stop);
    }

    [HttpGet("orders/{id:long}")]
    public async Task<IActionResult> Show(long id, CancellationToken stop)
    {
        var order = await Db.Orders.AsNoTracking().Include(o => o.Customer).Include(o => o.Reason).SingleOrDefaultAsync(o => o.Id == id, stop);
        if (order is null) return NotFound();
        return View(new OrderPage(order, await OrderPage.ReadLines(Db, id, stop)));
    }

    private Task<IReadOnlyList<FilterField>> Fields(CancellationToken stop) => OrderFilter.Fields(Db, Me, L, Url.Content("~/"), stop);
}

public sealed record OrderLineRow(long? ProductId, string? Product, string? Description, int Quantity, long? UnitPrice, long Total, long? UnitCost)
{
    public long? Margin => UnitCost is { } cost ? Total - (cost * Quantity) : null;
}

/// <summary>What the page of an order shows.</summary>
public sealed record OrderPage(Order Order, IReadOnlyList<OrderLineRow> Lines)
{
    /// <summary>Null while the cost of a line is not known.</summary>
    public long? Margin => Order.Total - Order.Cost;

    public decimal? MarginShare => Margin is { } margin && Order.Total > 0 ? margin * 100m / Order.Total : null;

    public static Task<List<OrderLineRow>> ReadLines(CrmDb db, long orderId, CancellationToken stop) =>
        db.OrderLines.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(l => l.OrderId == orderId).OrderBy(l => l.Position)
            .Select(l => new OrderLineRow(l.ProductId, l.Product!.Name, l.Description, l.Quantity, l.UnitPrice, l.Total, l.UnitCost)).ToListAsync(stop);
}
