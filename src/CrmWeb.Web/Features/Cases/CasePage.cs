using CrmWeb.Data;
using CrmWeb.Data.Service;
using CrmWeb.Domain.Service;
using CrmWeb.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Cases;

/// <summary>One case, its clocks, the contacts about it, and what happened with its customer lately.</summary>
public sealed record CasePage(
    Case Case, string Customer, BusinessCalendar Calendar, string? Tier, string? Owner, string? Team, string? Product, string? Order, string? RootCause,
    IReadOnlyList<InteractionRow> Contacts, IReadOnlyList<InteractionRow> Others)
{
    private const int MostContacts = 50;
    private const int MostOthers = 8;

    public static async Task<CasePage?> Read(CrmDb db, long id, CancellationToken stop)
    {
        var found = await db.Cases.AsNoTracking().Where(c => c.Id == id && c.Customer != null).Select(c => new
        {
            Case = c,
            Customer = c.Customer!.Name,
            TierId = c.Customer!.EffectiveTierId,
            Owner = c.Owner!.Name,
            Team = c.Team!.Name,
            Product = db.Products.Where(p => p.Id == c.ProductId).Select(p => p.Name).FirstOrDefault(),
            Order = db.Orders.Where(o => o.Id == c.OrderId).Select(o => o.ExternalId).FirstOrDefault(),
        }).SingleOrDefaultAsync(stop);
        if (found is null) return null;
        var (customer, cause, tier) = (found.Case.CustomerId, found.Case.RootCauseId, found.TierId);
        // out of use since, both are still what the case and the customer have
        var rootCause = cause is null ? null : await db.Reasons.IgnoreQueryFilters(Away).Where(r => r.Id == cause).Select(r => r.Name).SingleOrDefaultAsync(stop);
        var tierName = tier is null ? null : await db.ServiceTiers.IgnoreQueryFilters(Away).Where(t => t.Id == tier).Select(t => t.Name).SingleOrDefaultAsync(stop);
        var about = db.CaseInteractions.Where(x => x.CaseId == id).Select(x => x.InteractionId);
        var contacts = await db.Interactions.Where(i => about.Contains(i.Id)).OrderByDescending(i => i.OccurredAt).ThenByDescending(i => i.Id).Take(MostContacts).Select(InteractionRow.OfCustomer).ToListAsync(stop);
        var others = await db.Interactions.Where(i => i.CustomerId == customer && !about.Contains(i.Id)).OrderByDescending(i => i.OccurredAt).ThenByDescending(i => i.Id).Take(MostOthers)
            .Select(InteractionRow.OfCustomer).ToListAsync(stop);
        return new(found.Case, found.Customer, (await ServiceClocks.Read(db, stop)).Calendar, tierName, found.Owner, found.Team, found.Product, found.Order, rootCause, contacts, others);
    }

    private static readonly string[] Away = [TenantScoping.DeletedFilter];
}
