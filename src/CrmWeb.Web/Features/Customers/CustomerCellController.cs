using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Features.Shared.Tags;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using FluentValidation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>
/// One field of a customer, edited where it is shown: a cell of the list or a fact of the page. It is the form of the customer with everything else as it
/// stands, so it is judged and written as that. A colleague's save counts against it only where it changed this field (R1).
/// </summary>
public sealed class CustomerCellController(IStringLocalizer L, MemberFields fields, LocalTime time, IValidator<CustomerForm> check) : TenantController
{
    private const int Attempts = 3;

    /// <param name="field">The key of a column, or of a fact.</param>
    /// <param name="id">The customer.</param>
    /// <param name="list">Whether it stands in the list, whose cell is answered after saving.</param>
    [HttpGet("customers/{id:long}/cell")]
    [Authorize(Permissions.EditCustomers)]
    public async Task<IActionResult> Edit(long id, string? field, bool list, CancellationToken stop)
    {
        var custom = await fields.Seen(stop);
        if (CustomerSeen.Find(field ?? "", custom) is not { } one || await CustomerWriting.Load(Db, id, stop) is not { } customer) return NotFound();
        return await Form(Opened(customer, one, custom), id, one, field!, list, custom, null, stop);
    }

    /// <param name="take">After a conflict: the colleague's value stays.</param>
    [HttpPost("customers/{id:long}/cell")]
    [Authorize(Permissions.EditCustomers)]
    public async Task<IActionResult> Update(long id, string? field, bool list, bool take, CustomerForm form, CancellationToken stop)
    {
        var custom = await fields.Seen(stop);
        if (CustomerSeen.Find(field ?? "", custom) is not { } one) return NotFound();
        var misread = ModelState[one.Input]?.Errors.Select(error => error.ErrorMessage).ToList() ?? [];
        var unread = ModelState[one.Input]?.ValidationState == Microsoft.AspNetCore.Mvc.ModelBinding.ModelValidationState.Invalid && ModelState[one.Input]?.RawValue is string { Length: > 0 } && Nothing(one, form);
        for (var attempt = 1; ; attempt++)
        {
            if (await CustomerWriting.Load(Db, id, stop) is not { } customer) return NotFound();
            if (take) return await Shown(id, field!, list, custom, stop);
            var now = Opened(customer, one, custom);
            if (await Differs(form, now, one, stop) is { } conflict) return await Conflicting(form, now, id, one, field!, list, custom, conflict, stop);
            ModelState.Clear();
            one.Take(now, form);
            if (unread) foreach (var error in misread) ModelState.AddModelError(one.Input, error);
            foreach (var error in (await check.ValidateAsync(now, stop)).Errors) ModelState.AddModelError(error.PropertyName, error.ErrorMessage);
            try
            {
                if (!ModelState.IsValid || !await new CustomerWriting(Db, Me, ModelState, fields, L).Update(customer, now, stop))
                {
                    Response.StatusCode = StatusCodes.Status400BadRequest;
                    return await Form(now, id, one, field!, list, custom, null, stop);
                }

                await Tell(id, one, customer.Version, now.Version, stop);
                return await Shown(id, field!, list, custom, stop);
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                // saved by somebody in this moment: look at what stands there now
                Db.ChangeTracker.Clear();
            }
        }
    }

    private static bool Nothing(CustomerSeen.SeenField one, CustomerForm form) => one.Custom is null && CustomerSeen.Value(form, one) == CustomerSeen.Value(new CustomerForm(), one);

    private static CustomerForm Opened(Customer customer, CustomerSeen.SeenField one, CustomFieldSet custom)
    {
        var form = CustomerForm.Of(customer, custom);
        // what stands in the other fields is nobody's typing now, and no reason to refuse this one
        form.Seen = CustomerSeen.Write(form, custom);
        return form;
    }

    /// <summary>What the colleague saved and what was typed, when both changed this field.</summary>
    private async Task<ConflictField?> Differs(CustomerForm mine, CustomerForm now, CustomerSeen.SeenField one, CancellationToken stop)
    {
        var (stands, typed) = (CustomerSeen.Value(now, one), CustomerSeen.Value(mine, one));
        if (!CustomerSeen.Read(mine.Seen).TryGetValue(one.Name, out var was)) was = mine.Version == now.Version ? stands : null;
        if (was == stands || typed == stands) return null;
        return new(one.Label(L), await CustomerSeen.Shown(one, stands, Db, L, stop), await CustomerSeen.Shown(one, typed, Db, L, stop));
    }

    private async Task<IActionResult> Conflicting(
        CustomerForm mine, CustomerForm now, long id, CustomerSeen.SeenField one, string field, bool list, CustomFieldSet custom, ConflictField conflict, CancellationToken stop)
    {
        Response.StatusCode = StatusCodes.Status409Conflict;
        var seen = now.Seen;
        one.Take(now, mine);
        now.Seen = seen;
        ModelState.Clear();
        return await Form(now, id, one, field, list, custom, conflict, stop);
    }

    private async Task<IActionResult> Form(CustomerForm form, long id, CustomerSeen.SeenField one, string field, bool list, CustomFieldSet custom, ConflictField? conflict, CancellationToken stop)
    {
        var seen = CustomerSeen.Read(form.Seen).GetValueOrDefault(one.Name, "");
        form.Seen = System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { [one.Name] = seen });
        // one field is asked for: no other has choices to be read
        var page = await CustomerFormPage.Read(Db, form, id, null, custom, stop);
        return PartialView("_Cell", new CustomerCell(page, one, field, list, conflict));
    }

    /// <summary>The way back is the save itself, taken back.</summary>
    private async Task Tell(long id, CustomerSeen.SeenField one, int version, int before, CancellationToken stop)
    {
        if (version == before) return;
        var change = await Db.Changes.Where(x => x.CustomerId == id && x.Record == Domain.Tenants.RecordKind.Customer).OrderByDescending(x => x.At).ThenByDescending(x => x.Id).Select(x => (long?)x.Id).FirstOrDefaultAsync(stop);
        Response.Toast(L["{0} was saved", one.Label(L)], undoUrl: change is null ? null : Url.Content($"~/customers/{id}/history/{change}/undo?version={version}"));
    }

    private async Task<IActionResult> Shown(long id, string field, bool list, CustomFieldSet custom, CancellationToken stop)
    {
        Db.ChangeTracker.Clear();
        // on the page the same fact stands in several places; and whoever gives a customer away may no longer see it
        if (!list || await CustomerList.Row(Db, id, field, custom, stop) is not { } row)
        {
            Response.Trigger(Answers.Changed, new { });
            return NoContent();
        }

        var cell = CustomerCells.Of(L, time, row, field, custom);
        return View("_CellShown", RowsTag.Inside(cell, field == "name" ? Url.Content($"~/customers/{id}") : null, time));
    }
}

/// <summary>A field to be edited in place.</summary>
/// <param name="Field">As it was asked for.</param>
internal sealed record CustomerCell(CustomerFormPage Page, CustomerSeen.SeenField One, string Field, bool List, ConflictField? Conflict);
