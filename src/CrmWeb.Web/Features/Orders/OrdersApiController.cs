using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Api;
using FluentValidation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Orders;

[Route("api/v1/orders")]
[Tags("Orders")]
public sealed class OrdersApiController : ApiController
{
    private const int MaxBatchBody = 10 * MaxBody;
    private static readonly string[] Parameters = [.. ApiPage.Parameters, Shared.Tags.FilterBarTag.SearchParameter];

    [HttpGet("")]
    [Authorize(Permissions.ReadSales)]
    [Display(Name = "List orders", Description = "Takes the filters of the list of orders by the same names, for example customer=41 or state=paid. Sorted by placed, total or created; the newest first unless said.")]
    [ProducesResponseType<ApiList<OrderJson>>(200)]
    public async Task<IActionResult> List([FromQuery] ApiPage page, CancellationToken stop)
    {
        var fields = await OrderFilter.Fields(Db, Me, L, "", stop);
        page.Check(ModelState, L);
        foreach (var key in Filters.Refused(Request.Query, fields, Parameters)) ModelState.AddModelError(key, L["There is no such parameter, or not with this value."]);
        var sorts = KeyPages<Order>.Sorts(OrderFilter.Orders);
        if (page.Sort is { Length: > 0 } sort && !sorts.Contains(sort, StringComparer.Ordinal)) ApiPage.NoSuchSort(ModelState, L, sorts);
        if (!ModelState.IsValid) return Invalid();
        var pages = new KeyPages<Order>(OrderFilter.Orders, page.Sort, "-placed");
        var following = await pages.Following(OrderFilter.Read(Request.Query, fields).Of(Db, Me), Db.Orders.IgnoreQueryFilters([TenantScoping.DeletedFilter]), page.After, stop);
        if (following is null) ApiPage.NoSuchPage(ModelState, L);
        if (!ModelState.IsValid) return Invalid();
        var rows = await following!.Include(o => o.Lines).Take(page.Size + 1).AsSplitQuery().ToListAsync(stop);
        return Ok(page.Page(rows, order => KeyPages<Order>.Write(order.Id), OrderJson.Of));
    }

    [HttpGet("{id:long}")]
    [Authorize(Permissions.ReadSales)]
    [Display(Name = "Read an order")]
    [ProducesResponseType<OrderJson>(200)]
    public async Task<IActionResult> Show(long id, CancellationToken stop) =>
        await OrderFilter.Listed(Db).Include(o => o.Lines).SingleOrDefaultAsync(o => o.Id == id, stop) is { } order ? One(OrderJson.Of(order), id, order.Version) : NotFound();

    [HttpPost("")]
    [Authorize(Permissions.EditSales)]
    [Display(Name = "Place an order", Description = "Without a unit price a line has the product's. A returned order says why: reasonId or reasonNote.")]
    [ProducesResponseType<OrderJson>(201)]
    public async Task<IActionResult> Create(OrderInput input, CancellationToken stop)
    {
        var form = input.ToForm(Me.Pass.Currency, Me.Now);
        await Check(input, form, null, stop);
        if (await Writing.Create(form, input.At(Me.Now), order => input.Bring(order, Me.Id, Me.Now), stop) is not { } order) return Invalid();
        return Made("orders", OrderJson.Of(order), order.Id, order.Version);
    }

    [HttpPut("{id:long}")]
    [Authorize(Permissions.EditSales)]
    [Display(Name = "Replace an order", Description = "Fields that are not there become empty, but for the customer, who stays, and the state.")]
    [ProducesResponseType<OrderJson>(200)]
    public async Task<IActionResult> Replace(long id, OrderInput input, CancellationToken stop) =>
        await OrderWriting.Load(Db, id, stop) is { } order ? await Change(order, input with { CustomerId = input.CustomerId ?? order.CustomerId, PlacedAt = input.PlacedAt ?? order.PlacedAt }, stop) : NotFound();

    [HttpPatch("{id:long}")]
    [Authorize(Permissions.EditSales)]
    [Consumes("application/json", "application/merge-patch+json")]
    [Display(Name = "Change an order", Description = "Only the fields that are there are changed; lines are replaced as a whole. state=paid says that it is paid, state=returned that it came back.")]
    [ProducesResponseType<OrderJson>(200)]
    public async Task<IActionResult> Patch(long id, [FromBody] JsonElement changes, CancellationToken stop)
    {
        if (await OrderWriting.Load(Db, id, stop) is not { } order) return NotFound();
        return Merge(OrderInput.Of(order), changes) is { } merged ? await Change(order, merged, stop) : Invalid();
    }

    [HttpDelete("{id:long}")]
    [Authorize(Permissions.EditSales)]
    [Display(Name = "Delete an order", Description = "It can be restored from the recycle bin.")]
    [ProducesResponseType(204)]
    public async Task<IActionResult> Delete(long id, CancellationToken stop)
    {
        if (await OrderWriting.Load(Db, id, stop) is not { } order) return NotFound();
        if (!IsExpected(order)) return ChangedMeanwhile();
        order.Delete(Me.Now);
        await Db.SaveChangesAsync(stop);
        return NoContent();
    }

    [HttpPost("batch")]
    [Authorize(Permissions.EditSales)]
    [RequestSizeLimit(MaxBatchBody)]
    [Display(Name = "Make or change orders by external id", Description = "Up to 1,000 rows. Of an order that is there only the fields of the row are changed. Each row has its own result; one that does not fit is refused and the others come in.")]
    [ProducesResponseType<OrderBatchAnswer>(200)]
    public async Task<IActionResult> Batch(OrderBatchInput input, [FromServices] IValidator<OrderForm> validator, CancellationToken stop)
    {
        if (input.Items is not { Count: > 0 and <= ApiBatch.MaxRows } items)
        {
            ModelState.AddModelError(nameof(input.Items), L["Between {0} and {1}.", 1, ApiBatch.MaxRows]);
            return Invalid();
        }

        var rows = await new OrderBatch(Db, Me, validator, Json, L).Run(items, stop);
        int Count(BatchOutcome outcome) => rows.Count(row => row.Outcome == outcome);
        return Ok(new OrderBatchAnswer(rows.ConvertAll(row => row.Result()), Count(BatchOutcome.Created), Count(BatchOutcome.Changed), Count(BatchOutcome.Same), Count(BatchOutcome.Refused)));
    }

    /// <summary>What speaks against how far an order is said to have come.</summary>
    /// <param name="known">The reasons of those that are named which there are.</param>
    internal static void CheckReturn(OrderInput input, Order? before, IReadOnlyCollection<long> known, Action<string, string> refuse, IStringLocalizer L)
    {
        if (input.ReasonId is { } reason && reason != before?.ReasonId && !known.Contains(reason)) refuse(nameof(input.ReasonId), L["This choice is not there any more."]);
        if (input.ReasonNote?.Length > Reason.NoteLength) refuse(nameof(input.ReasonNote), L["At most {0} characters fit here.", Reason.NoteLength]);
        if (input.State == OrderState.Returned && input.ReasonId is null && input.ReasonNote.IsBlank()) refuse(nameof(input.ReasonId), L["Choose a reason, or say in words why."]);
        if (input.State is { } state && !Enum.IsDefined(state)) refuse(nameof(input.State), L["This choice is not there any more."]);
    }

    private OrderWriting Writing => new(Db, Me, ModelState, L);

    private async Task<IActionResult> Change(Order order, OrderInput input, CancellationToken stop)
    {
        if (!IsExpected(order)) return ChangedMeanwhile();
        var form = input.ToForm(Me.Pass.Currency, Me.Now);
        await Check(input, form, order, stop);
        if (!await Writing.Change(order, form, input.At(Me.Now), row => input.Bring(row, Me.Id, Me.Now), stop)) return Invalid();
        return One(OrderJson.Of(order), order.Id, order.Version);
    }

    private async Task Check(OrderInput input, OrderForm form, Order? before, CancellationToken stop)
    {
        await Validate(form, stop);
        var known = input.ReasonId is { } named ? await Db.Reasons.Where(r => r.For == ReasonFor.Return && r.Id == named).Select(r => r.Id).ToListAsync(stop) : [];
        CheckReturn(input, before, known, (field, text) => ModelState.AddModelError(field, text), L);
    }
}
