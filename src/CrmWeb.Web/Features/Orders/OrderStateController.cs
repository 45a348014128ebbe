using System.ComponentModel.DataAnnotations;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using FluentValidation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Orders;

/// <summary>Why an order came back.</summary>
public sealed class ReturnForm
{
    [Display(Name = "Reason")] public long? ReasonId { get; set; }
    [Display(Name = "In words")] public string? Note { get; set; }
}

public sealed class ReturnFormValidator : AbstractValidator<ReturnForm>
{
    public ReturnFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.ReasonId).Must((form, reason) => reason is not null || !form.Note.IsBlank()).WithMessage(_ => L["Choose a reason, or say in words why."]);
        RuleFor(f => f.Note).MaximumLength(Reason.NoteLength).WithMessage(_ => L["At most {0} characters fit here.", Reason.NoteLength]);
    }
}

/// <summary>How far an order came, and putting it away.</summary>
[Authorize(Permissions.EditSales)]
public sealed class OrderStateController(IStringLocalizer L) : TenantController
{
    [HttpPost("orders/{id:long}/pay")]
    public Task<IActionResult> Pay(long id, CancellationToken stop) => Do(id, order => order.Pay(Me.Now), L["Order is paid"], "unpay", stop);

    [HttpPost("orders/{id:long}/unpay")]
    public Task<IActionResult> Unpay(long id, CancellationToken stop) => Do(id, order => order.Unpay(Me.Now), L["Order is not paid"], "pay", stop);

    [HttpGet("orders/{id:long}/return")]
    public async Task<IActionResult> Why(long id, CancellationToken stop) => await Find(id, stop) is { } order ? View("Return", await Page(new ReturnForm(), order, stop)) : NotFound();

    [HttpPost("orders/{id:long}/return")]
    public async Task<IActionResult> Return(long id, ReturnForm form, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } order) return NotFound();
        if (form.ReasonId is { } reason && !await Db.Reasons.AnyAsync(r => r.Id == reason && r.For == ReasonFor.Return, stop)) ModelState.AddModelError(nameof(form.ReasonId), L["This choice is not there any more."]);
        if (!ModelState.IsValid) return this.Invalid("Return", await Page(form, order, stop));
        order.Return(form.ReasonId, form.Note, Me.Id, Me.Now);
        await Db.SaveChangesAsync(stop);
        return this.Done(L["Order came back"], Url.Content($"~/orders/{id}"), Url.Content($"~/orders/{id}/keep"));
    }

    [HttpPost("orders/{id:long}/keep")]
    public Task<IActionResult> Keep(long id, CancellationToken stop) => Do(id, order => order.Keep(Me.Now), L["Order did not come back"], null, stop);

    [HttpPost("orders/{id:long}/delete")]
    public async Task<IActionResult> Delete(long id, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } order) return NotFound();
        order.Delete(Me.Now);
        await Db.SaveChangesAsync(stop);
        return this.Done(L["Order deleted"], Url.Content("~/orders"), Url.Content($"~/orders/{id}/restore"));
    }

    [HttpPost("orders/{id:long}/restore")]
    public async Task<IActionResult> Restore(long id, CancellationToken stop)
    {
        if (await Db.Orders.IgnoreQueryFilters([TenantScoping.DeletedFilter]).SingleOrDefaultAsync(o => o.Id == id, stop) is not { } order) return NotFound();
        order.Restore();
        await Db.SaveChangesAsync(stop);
        return this.Done(L["Order restored"], Url.Content($"~/orders/{id}"));
    }

    private async Task<IActionResult> Do(long id, Action<Order> act, string said, string? undo, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } order) return NotFound();
        act(order);
        await Db.SaveChangesAsync(stop);
        return this.Done(said, Request.Back($"/orders/{id}"), undo is null ? null : Url.Content($"~/orders/{id}/{undo}"));
    }

    private Task<Order?> Find(long id, CancellationToken stop) => Db.Orders.Include(o => o.Customer).SingleOrDefaultAsync(o => o.Id == id, stop);

    private async Task<ReturnForm> Page(ReturnForm form, Order order, CancellationToken stop)
    {
        ViewData["Id"] = order.Id;
        var reasons = await Db.Reasons.Where(r => r.For == ReasonFor.Return).OrderBy(r => r.Position).ThenBy(r => r.Id).Select(r => new { r.Id, r.Name }).ToListAsync(stop);
        ViewData["Reasons"] = reasons.ConvertAll(r => Choices.Item(r.Id, r.Name));
        return form;
    }
}
