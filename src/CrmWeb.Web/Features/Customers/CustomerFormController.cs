using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using CustomValues = System.Collections.Immutable.ImmutableDictionary<string, System.Collections.Immutable.ImmutableArray<string>>;

namespace CrmWeb.Web.Features.Customers;

/// <summary>Making a customer, and changing one.</summary>
public sealed class CustomerFormController(IStringLocalizer L, MemberFields fields) : TenantController
{
    private const int Attempts = 5;

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
    public async Task<IActionResult> Create(CustomerForm form, CancellationToken stop)
    {
        await CheckReferences(form, new CustomerForm(), null, stop);
        var all = await fields.All(stop);
        var custom = await Read(form, all.Defaults(), null, stop);
        if (!ModelState.IsValid) return await Again(form, null, null, stop);

        var id = 0L;
        var saved = await Save(form, custom, null, async () =>
        {
            var customer = new Customer(form.ToDetails(Me.Pass.Country, all, custom), Me.Now);
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
        var custom = await fields.Seen(stop);
        return View("Edit", await CustomerFormPage.Read(Db, Opened(customer, custom), id, null, custom, stop));
    }

    [HttpPost("customers/{id:long}/edit")]
    [Authorize(Permissions.EditCustomers)]
    public async Task<IActionResult> Update(long id, CustomerForm form, CancellationToken stop)
    {
        if (await Load(id, stop) is not { } customer) return NotFound();
        if (form.Version != customer.Version) return await Conflict(form, customer, stop);
        var seen = await fields.Seen(stop);
        var now = CustomerForm.Of(customer, seen);
        foreach (var taken in CustomerSeen.TakeOver(form, now, seen)) ModelState.Remove(taken);
        await CheckReferences(form, now, id, stop);
        var custom = await Read(form, CustomerDetails.Of(customer, seen).Custom, id, stop);
        if (!ModelState.IsValid) return await Again(form, id, null, stop);

        try
        {
            if (!await Save(form, custom, id, () => Write(customer, form, custom, stop), stop)) return await Again(form, id, null, stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            Db.ChangeTracker.Clear();
            return await Load(id, stop) is { } newer ? await Conflict(form, newer, stop) : NotFound();
        }

        return await Seen(id, L["Saved"], stop);
    }

    private async Task Write(Customer customer, CustomerForm form, CustomValues custom, CancellationToken stop)
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
        customer.Change(form.ToDetails(Me.Pass.Country, await fields.Seen(stop), custom), Me.Now);
        if (customer.Stage != stage) customer.Events.Add(new CustomerEvent(CustomerEvent.CameTo(customer.Stage), Me.Id, Me.Now));
        await CustomerTagging.Put(Db, customer, form.TagNames(), stop);
        await Db.SaveChangesAsync(stop);
    }

    private Task<Customer?> Load(long id, CancellationToken stop) =>
        Db.Customers.Include(c => c.ContactPoints).Include(c => c.CustomValues).Include(c => c.Tags).ThenInclude(t => t.Tag).SingleOrDefaultAsync(c => c.Id == id, stop);

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
    private async Task<bool> Save(CustomerForm form, CustomValues custom, long? id, Func<Task> write, CancellationToken stop)
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
                if (await Custom.CheckTaken(await fields.Seen(stop), custom, id, stop)) return false;
                if (!await IsTaken(form.ExternalId, id, stop)) continue;
                ModelState.AddModelError(nameof(form.ExternalId), L["Another customer has this external id."]);
                return false;
            }
        }
    }

    private async Task<CustomValues> Read(CustomerForm form, CustomValues before, long? id, CancellationToken stop) =>
        await Custom.Read(form, await fields.Seen(stop), before, Me.Pass.Currency, id, stop);

    private CustomerFormFields Custom => new(Db, ModelState, L);

    private async Task<bool> IsTaken(string? externalId, long? id, CancellationToken stop) =>
        !string.IsNullOrWhiteSpace(externalId) && (await Db.TakenExternalIds([externalId.Trim()], stop)).Values.Any(owner => owner != id);
}
