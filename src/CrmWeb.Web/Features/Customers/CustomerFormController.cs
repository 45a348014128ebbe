using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using FluentValidation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>Making a customer, and changing one.</summary>
public sealed class CustomerFormController(IStringLocalizer L, MemberFields fields) : TenantController
{
    [HttpGet("customers/new")]
    [Authorize(Permissions.EditCustomers)]
    public async Task<IActionResult> New(CustomerKind kind, long? organisationId, CancellationToken stop)
    {
        var custom = await fields.Seen(stop);
        var form = new CustomerForm { Kind = kind, OwnerId = Me.Id, OrganisationId = organisationId, Custom = CustomerForm.CustomOf(custom, custom.Defaults()) };
        return View("Edit", await CustomerFormPage.Read(Db, form, null, null, custom, stop));
    }

    [HttpPost("customers/new")]
    [Authorize(Permissions.EditCustomers)]
    public async Task<IActionResult> Create(CustomerForm form, CancellationToken stop) =>
        await Writing.Create(form, stop) is { } id ? await Seen(id, L["{0} was added", form.Name!.Trim()], stop) : await Again(form, null, null, stop);

    [HttpGet("customers/{id:long}/edit")]
    [Authorize(Permissions.EditCustomers)]
    public async Task<IActionResult> Edit(long id, CancellationToken stop)
    {
        if (await CustomerWriting.Load(Db, id, stop) is not { } customer) return NotFound();
        var custom = await fields.Seen(stop);
        return View("Edit", await CustomerFormPage.Read(Db, Opened(customer, custom), id, null, custom, stop));
    }

    [HttpPost("customers/{id:long}/edit")]
    [Authorize(Permissions.EditCustomers)]
    public async Task<IActionResult> Update(long id, CustomerForm form, CancellationToken stop)
    {
        if (await CustomerWriting.Load(Db, id, stop) is not { } customer) return NotFound();
        if (form.Version != customer.Version) return await Conflict(form, customer, stop);
        var seen = await fields.Seen(stop);
        foreach (var taken in CustomerSeen.TakeOver(form, CustomerForm.Of(customer, seen), seen)) ModelState.Remove(taken);
        try
        {
            if (!await Writing.Update(customer, form, stop)) return await Again(form, id, null, stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            Db.ChangeTracker.Clear();
            return await CustomerWriting.Load(Db, id, stop) is { } newer ? await Conflict(form, newer, stop) : NotFound();
        }

        return await Seen(id, L["Saved"], stop);
    }

    /// <summary>Puts back what stood in a field before a change: the form as it is now with that one value, and then an edit like any other.</summary>
    /// <param name="version">The version that the person saw.</param>
    [HttpPost("customers/{id:long}/history/{change:long}/restore")]
    [Authorize(Permissions.EditCustomers)]
    public async Task<IActionResult> PutBack(long id, long change, int version, [FromServices] IValidator<CustomerForm> check, CancellationToken stop)
    {
        if (await CustomerWriting.Load(Db, id, stop) is not { } customer) return NotFound();
        var told = await Db.Changes.AsNoTracking().SingleOrDefaultAsync(x => x.Id == change && x.Record == RecordKind.Customer && x.RecordId == id, stop);
        if (told is null || !told.CanPutBack(await fields.Seen(stop))) return NotFound();

        ModelState.Clear();
        var form = Opened(customer, await fields.Seen(stop));
        told.PutBack(form);
        form.Version = version;
        foreach (var error in (await check.ValidateAsync(form, stop)).Errors) ModelState.AddModelError(error.PropertyName, error.ErrorMessage);
        var answer = await Update(id, form, stop);
        // saved: back to the history, unless the customer was given away by it
        return answer is LocalRedirectResult { Url: var to } && to == Url.Content($"~/customers/{id}") ? LocalRedirect(Request.Back($"/customers/{id}/history")) : answer;
    }

    private CustomerWriting Writing => new(Db, Me, ModelState, fields, L);

    private static CustomerForm Opened(Customer customer, CustomFieldSet custom)
    {
        var form = CustomerForm.Of(customer, custom);
        form.Seen = CustomerSeen.Write(form, custom);
        return form;
    }

    private async Task<IActionResult> Again(CustomerForm form, long? id, Conflict? conflict, CancellationToken stop, int status = StatusCodes.Status400BadRequest) =>
        this.Invalid("Edit", await CustomerFormPage.Read(Db, form, id, conflict, await fields.Seen(stop), stop), status);

    // The form goes on from the newer version: saving it again is a decision about what is there now.
    private async Task<IActionResult> Conflict(CustomerForm form, Customer customer, CancellationToken stop)
    {
        var custom = await fields.Seen(stop);
        var theirs = Opened(customer, custom);
        var conflict = await CustomerSeen.ConflictOf(form, theirs, customer.UpdatedAt, custom, Db, L, stop);
        (form.Version, form.Seen, form.Take) = (theirs.Version, theirs.Seen, []);
        return await Again(form, customer.Id, conflict, stop, StatusCodes.Status409Conflict);
    }

    private async Task<IActionResult> Seen(long id, string text, CancellationToken stop)
    {
        // whoever gives a customer away may no longer see it
        var visible = await CustomerPage.Exists(Db, id, stop);
        return this.Done(text, Url.Content(visible ? $"~/customers/{id}" : "~/customers"));
    }
}
