using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
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
public sealed class CustomerFormController(IStringLocalizer L) : TenantController
{
    private const int Attempts = 5;

    [HttpGet("customers/new")]
    [Authorize(Permissions.EditCustomers)]
    public async Task<IActionResult> New(CustomerKind kind, long? organisationId, CancellationToken stop) =>
        View("Edit", await CustomerFormPage.Read(Db, new CustomerForm { Kind = kind, OwnerId = Me.Id, OrganisationId = organisationId }, null, null, stop));

    [HttpPost("customers/new")]
    [Authorize(Permissions.EditCustomers)]
    public async Task<IActionResult> Create(CustomerForm form, CancellationToken stop)
    {
        await CheckReferences(form, new CustomerForm(), null, stop);
        if (!ModelState.IsValid) return await Again(form, null, null, stop);

        var id = 0L;
        var saved = await Save(form, null, async () =>
        {
            var customer = new Customer(form.ToDetails(Me.Pass.Country), Me.Now);
            customer.Events.Add(new CustomerEvent(CustomerEvent.Created, Me.Id, Me.Now));
            await CustomerTagging.Put(Db, customer, form.TagNames(), stop);
            Db.Customers.Add(customer);
            await Db.SaveChangesAsync(stop);
            id = customer.Id;
        }, stop);
        return saved ? await Seen(id, L["{0} was added", form.Name!.Trim()], stop) : await Again(form, null, null, stop);
    }

    [HttpGet("customers/{id:long}/edit")]
    [Authorize(Permissions.EditCustomers)]
    public async Task<IActionResult> Edit(long id, CancellationToken stop)
    {
        if (await Load(id, stop) is not { } customer) return NotFound();
        return View("Edit", await CustomerFormPage.Read(Db, Opened(customer), id, null, stop));
    }

    [HttpPost("customers/{id:long}/edit")]
    [Authorize(Permissions.EditCustomers)]
    public async Task<IActionResult> Update(long id, CustomerForm form, CancellationToken stop)
    {
        if (await Load(id, stop) is not { } customer) return NotFound();
        if (form.Version != customer.Version) return await Conflict(form, customer, stop);
        var now = CustomerForm.Of(customer);
        foreach (var taken in CustomerSeen.TakeOver(form, now)) ModelState.Remove(taken);
        await CheckReferences(form, now, id, stop);
        if (!ModelState.IsValid) return await Again(form, id, null, stop);

        try
        {
            if (!await Save(form, id, () => Write(customer, form, stop), stop)) return await Again(form, id, null, stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            Db.ChangeTracker.Clear();
            return await Load(id, stop) is { } newer ? await Conflict(form, newer, stop) : NotFound();
        }

        return await Seen(id, L["Saved"], stop);
    }

    /// <summary>Puts back what stood in a field before a change: the form as it is now with that one value, and then an edit like any other.</summary>
    /// <param name="version">The version that the person saw.</param>
    [HttpPost("customers/{id:long}/history/{change:long}/restore")]
    [Authorize(Permissions.EditCustomers)]
    public async Task<IActionResult> PutBack(long id, long change, int version, [FromServices] IValidator<CustomerForm> check, CancellationToken stop)
    {
        if (await Load(id, stop) is not { } customer) return NotFound();
        var told = await Db.Changes.AsNoTracking().SingleOrDefaultAsync(x => x.Id == change && x.Record == RecordKind.Customer && x.RecordId == id, stop);
        if (told is null || !told.CanPutBack()) return NotFound();

        ModelState.Clear();
        var form = Opened(customer);
        told.PutBack(form);
        form.Version = version;
        foreach (var error in (await check.ValidateAsync(form, stop)).Errors) ModelState.AddModelError(error.PropertyName, error.ErrorMessage);
        var answer = await Update(id, form, stop);
        // saved: back to the history, unless the customer was given away by it
        return answer is LocalRedirectResult { Url: var to } && to == Url.Content($"~/customers/{id}") ? LocalRedirect(Request.Back($"/customers/{id}/history")) : answer;
    }

    private async Task Write(Customer customer, CustomerForm form, CancellationToken stop)
    {
        if (Db.Entry(customer).State == EntityState.Detached)
        {
            // an attempt before this one failed and left nothing behind
            customer = await Load(customer.Id, stop) ?? throw new DbUpdateConcurrencyException("The customer is gone.");
            Db.Expect(customer, form.Version);
        }

        // an organisation that is archived or not the member's to see was not in the form: leaving it empty was no choice
        if (form.OrganisationId is null && customer.OrganisationId is { } kept && !await CustomerPage.Exists(Db, kept, stop)) form.OrganisationId = kept;

        var stage = customer.Stage;
        customer.Change(form.ToDetails(Me.Pass.Country), Me.Now);
        if (customer.Stage != stage) customer.Events.Add(new CustomerEvent(CustomerEvent.CameTo(customer.Stage), Me.Id, Me.Now));
        await CustomerTagging.Put(Db, customer, form.TagNames(), stop);
        await Db.SaveChangesAsync(stop);
    }

    private Task<Customer?> Load(long id, CancellationToken stop) =>
        Db.Customers.Include(c => c.ContactPoints).Include(c => c.Tags).ThenInclude(t => t.Tag).SingleOrDefaultAsync(c => c.Id == id, stop);

    private static CustomerForm Opened(Customer customer)
    {
        var form = CustomerForm.Of(customer);
        form.Seen = CustomerSeen.Write(form);
        return form;
    }

    private async Task<IActionResult> Again(CustomerForm form, long? id, Conflict? conflict, CancellationToken stop, int status = StatusCodes.Status400BadRequest) =>
        this.Invalid("Edit", await CustomerFormPage.Read(Db, form, id, conflict, stop), status);

    // The form goes on from the newer version: saving it again is a decision about what is there now.
    private async Task<IActionResult> Conflict(CustomerForm form, Customer customer, CancellationToken stop)
    {
        var theirs = Opened(customer);
        var conflict = await CustomerSeen.ConflictOf(form, theirs, customer.UpdatedAt, Db, L, stop);
        (form.Version, form.Seen, form.Take) = (theirs.Version, theirs.Seen, []);
        return await Again(form, customer.Id, conflict, stop, StatusCodes.Status409Conflict);
    }

    private async Task<IActionResult> Seen(long id, string text, CancellationToken stop)
    {
        // whoever gives a customer away may no longer see it
        var visible = await CustomerPage.Exists(Db, id, stop);
        return this.Done(text, Url.Content(visible ? $"~/customers/{id}" : "~/customers"));
    }

    /// <summary>Ids in a form are only words until the tenant has them and the member sees them (T3). What stood there before may stay.</summary>
    private async Task CheckReferences(CustomerForm form, CustomerForm before, long? id, CancellationToken stop)
    {
        var none = L["This choice is not there any more."];
        if (form.OwnerId is { } owner && owner != before.OwnerId && !await Db.Members.AnyAsync(m => m.Id == owner && m.DeactivatedAt == null, stop))
            ModelState.AddModelError(nameof(form.OwnerId), none);
        if (form.TeamId is { } team && team != before.TeamId && !await Db.Teams.AnyAsync(t => t.Id == team, stop))
            ModelState.AddModelError(nameof(form.TeamId), none);
        if (form.OrganisationId is { } organisation && organisation != before.OrganisationId
            && (organisation == id || !await Db.Customers.AnyAsync(c => c.Id == organisation && c.Kind == CustomerKind.Organisation, stop)))
            ModelState.AddModelError(nameof(form.OrganisationId), none);
    }

    /// <summary>
    /// Writes, and writes again when somebody made the same tag in the same moment: it is there now. False when the external id is another
    /// customer's, which the form then says.
    /// </summary>
    private async Task<bool> Save(CustomerForm form, long? id, Func<Task> write, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await write();
                return true;
            }
            catch (DbUpdateException e) when (UniqueViolation.Is(e) && attempt < Attempts)
            {
                Db.ChangeTracker.Clear();
                if (!await IsTaken(form.ExternalId, id, stop)) continue;
                ModelState.AddModelError(nameof(form.ExternalId), L["Another customer has this external id."]);
                return false;
            }
        }
    }

    private async Task<bool> IsTaken(string? externalId, long? id, CancellationToken stop) =>
        !string.IsNullOrWhiteSpace(externalId) && (await Db.TakenExternalIds([externalId.Trim()], stop)).Values.Any(owner => owner != id);
}
