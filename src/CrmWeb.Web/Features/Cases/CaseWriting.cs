using CrmWeb.Data;
using CrmWeb.Data.Service;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Service;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Cases;

/// <summary>Making and changing a case, for the page and the API alike; what is wrong is said beside the fields of the form.</summary>
internal sealed class CaseWriting(CrmDb db, CurrentMember me, ModelStateDictionary errors, IStringLocalizer L)
{
    /// <summary>With its customer, whom its clocks and events need.</summary>
    public static Task<Case?> Load(CrmDb db, long id, CancellationToken stop) => db.Cases.Include(c => c.Customer).SingleOrDefaultAsync(c => c.Id == id && c.Customer != null, stop);

    /// <summary>Null when something is wrong with the form.</summary>
    public async Task<Case?> Create(CaseForm form, CancellationToken stop)
    {
        var customer = form.CustomerId is { } id ? await db.Customers.SingleOrDefaultAsync(c => c.Id == id, stop) : null;
        if (form.CustomerId is not null && customer is null) Refuse(nameof(form.CustomerId));
        await Check(form, null, stop);
        if (!errors.IsValid || customer is null) return null;
        var clocks = await ServiceClocks.Read(db, stop);
        var its = new Case(customer, form.ToDetails(), clocks.For(form.Priority, customer), me.Id, me.Now);
        db.Cases.Add(its);
        await db.SaveChangesAsync(stop);
        return its;
    }

    /// <summary>False when something is wrong with the form. Not saved yet.</summary>
    /// <param name="its">With its customer.</param>
    public async Task<bool> Change(Case its, CaseForm form, CancellationToken stop)
    {
        await Check(form, its, stop);
        if (!errors.IsValid) return false;
        var clocks = await ServiceClocks.Read(db, stop);
        its.Change(form.ToDetails(), clocks.For(form.Priority, its.Customer!), me.Now);
        return true;
    }

    /// <summary>Whether a cause may be given: it is one of the tenant's, in use, or stood there before.</summary>
    public async Task CheckCause(string field, long? cause, Case its, CancellationToken stop)
    {
        if (cause is { } reason && reason != its.RootCauseId && !await db.Reasons.AnyAsync(r => r.Id == reason && r.For == ReasonFor.RootCause, stop)) Refuse(field);
    }

    /// <summary>Ids in a form are only words until the tenant has them and the member sees them (T3). What stood there before may stay.</summary>
    private async Task Check(CaseForm form, Case? before, CancellationToken stop)
    {
        if (form.OwnerId is { } owner && owner != before?.OwnerId && !await db.Members.AnyAsync(m => m.Id == owner && m.DeactivatedAt == null, stop)) Refuse(nameof(form.OwnerId));
        if (form.TeamId is { } team && team != before?.TeamId && !await db.Teams.AnyAsync(t => t.Id == team, stop)) Refuse(nameof(form.TeamId));
        if (form.ProductId is { } product && product != before?.ProductId && !await db.Products.AnyAsync(p => p.Id == product, stop)) Refuse(nameof(form.ProductId));
        var customer = before?.CustomerId ?? form.CustomerId;
        if (form.OrderId is { } order && order != before?.OrderId && !await db.Orders.AnyAsync(o => o.Id == order && o.CustomerId == customer, stop)) Refuse(nameof(form.OrderId));
    }

    private void Refuse(string field) => errors.AddModelError(field, L["This choice is not there any more."]);
}
