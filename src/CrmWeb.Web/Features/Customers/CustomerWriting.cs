using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using CustomValues = System.Collections.Immutable.ImmutableDictionary<string, System.Collections.Immutable.ImmutableArray<string>>;

namespace CrmWeb.Web.Features.Customers;

/// <summary>Making and changing a customer, for the page and the API alike; what is wrong is said beside the fields of the form.</summary>
internal sealed class CustomerWriting(CrmDb db, CurrentMember me, ModelStateDictionary errors, MemberFields fields, IStringLocalizer L)
{
    private const int Attempts = 5;

    public static Task<Customer?> Load(CrmDb db, long id, CancellationToken stop) =>
        db.Customers.Include(c => c.ContactPoints).Include(c => c.CustomValues).Include(c => c.Tags).ThenInclude(t => t.Tag).SingleOrDefaultAsync(c => c.Id == id, stop);

    /// <summary>Answers the id; null when something is wrong with the form.</summary>
    public async Task<long?> Create(CustomerForm form, CancellationToken stop)
    {
        await CheckReferences(form, new CustomerForm(), null, stop);
        var all = await fields.All(stop);
        var custom = await Read(form, all.Defaults(), null, stop);
        if (!errors.IsValid) return null;

        var id = 0L;
        var saved = await Save(form, custom, null, async () =>
        {
            var customer = new Customer(form.ToDetails(me.Pass.Country, all, custom), me.Now);
            customer.Events.Add(new CustomerEvent(CustomerEvent.Created, me.Id, me.Now));
            await CustomerTagging.Put(db, customer, form.TagNames(), stop);
            db.Customers.Add(customer);
            await db.SaveChangesAsync(stop);
            id = customer.Id;
        }, stop);
        return saved ? id : null;
    }

    /// <summary>False when something is wrong with the form.</summary>
    /// <param name="customer">Tracked, with contact points and tags; of the version that the form was made of.</param>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else saved it meanwhile, or it is gone.</exception>
    public async Task<bool> Update(Customer customer, CustomerForm form, CancellationToken stop)
    {
        var seen = await fields.Seen(stop);
        await CheckReferences(form, CustomerForm.Of(customer, seen), customer.Id, stop);
        var custom = await Read(form, CustomerDetails.Of(customer, seen).Custom, customer.Id, stop);
        return errors.IsValid && await Save(form, custom, customer.Id, () => Write(customer, form, custom, stop), stop);
    }

    private async Task Write(Customer customer, CustomerForm form, CustomValues custom, CancellationToken stop)
    {
        if (db.Entry(customer).State == EntityState.Detached)
        {
            // an attempt before this one failed and left nothing behind
            customer = await Load(db, customer.Id, stop) ?? throw new DbUpdateConcurrencyException("The customer is gone.");
            db.Expect(customer, form.Version);
        }

        // an organisation that is archived or not the member's to see was not in the form: leaving it empty was no choice
        if (form.OrganisationId is null && customer.OrganisationId is { } kept && !await CustomerPage.Exists(db, kept, stop)) form.OrganisationId = kept;

        var (stage, tier) = (customer.Stage, customer.ServiceTierId);
        customer.Change(form.ToDetails(me.Pass.Country, await fields.Seen(stop), custom), me.Now);
        if (customer.Stage != stage) customer.Events.Add(new CustomerEvent(CustomerEvent.CameTo(customer.Stage), me.Id, me.Now));
        await CustomerTagging.Put(db, customer, form.TagNames(), stop);
        var moves = customer.ServiceTierId != tier;
        await using var own = moves ? await db.OwnTransaction(stop) : null;
        await db.SaveChangesAsync(stop);
        if (moves) await db.FollowTiers([customer.Id], stop);
        if (own is not null) await own.CommitAsync(stop);
    }

    /// <summary>Ids in a form are only words until the tenant has them and the member sees them (T3). What stood there before may stay.</summary>
    private async Task CheckReferences(CustomerForm form, CustomerForm before, long? id, CancellationToken stop)
    {
        var none = L["This choice is not there any more."];
        if (form.OwnerId is { } owner && owner != before.OwnerId && !await db.Members.AnyAsync(m => m.Id == owner && m.DeactivatedAt == null, stop))
            errors.AddModelError(nameof(form.OwnerId), none);
        if (form.TeamId is { } team && team != before.TeamId && !await db.Teams.AnyAsync(t => t.Id == team, stop))
            errors.AddModelError(nameof(form.TeamId), none);
        if (form.ServiceTierId is { } tier && tier != before.ServiceTierId && !await db.ServiceTiers.AnyAsync(t => t.Id == tier, stop))
            errors.AddModelError(nameof(form.ServiceTierId), none);
        if (form.OrganisationId is { } organisation && organisation != before.OrganisationId
            && (organisation == id || !await db.Customers.AnyAsync(c => c.Id == organisation && c.Kind == CustomerKind.Organisation, stop)))
            errors.AddModelError(nameof(form.OrganisationId), none);
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
                db.ChangeTracker.Clear();
                if (await Custom.CheckTaken(await fields.Seen(stop), custom, id, stop)) return false;
                if (!await IsTaken(form.ExternalId, id, stop)) continue;
                errors.AddModelError(nameof(form.ExternalId), L["Another customer has this external id."]);
                return false;
            }
        }
    }

    private async Task<CustomValues> Read(CustomerForm form, CustomValues before, long? id, CancellationToken stop) =>
        await Custom.Read(form, await fields.Seen(stop), before, me.Pass.Currency, id, stop);

    private CustomerFormFields Custom => new(db, errors, L);

    private async Task<bool> IsTaken(string? externalId, long? id, CancellationToken stop) =>
        !string.IsNullOrWhiteSpace(externalId) && (await db.TakenExternalIds([externalId.Trim()], stop)).Values.Any(owner => owner != id);
}
