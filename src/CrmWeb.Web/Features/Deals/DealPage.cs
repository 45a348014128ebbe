using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Deals;

/// <summary>That a deal stood in a stage; <paramref name="Until"/> is null while it stands there.</summary>
public sealed record StayShown(long StageId, string Stage, DateTime From, DateTime? Until, string? By);

public sealed record LineShown(string Product, int Quantity, long UnitPrice, long Total);

public sealed record ContactShown(long Id, string Name, CustomerKind Kind, string? Reach);

/// <summary>What a deal's page shows.</summary>
public sealed record DealPage(Deal Deal, DealStages Stages, StageShown Stage)
{
    private const int MostContacts = 12;

    public required string CustomerName { get; init; }
    public required string? Owner { get; init; }
    public required string? Team { get; init; }
    public required string? Reason { get; init; }
    public required string? ExitCriteria { get; init; }
    public required string? Playbook { get; init; }
    public required IReadOnlyList<LineShown> Lines { get; init; }
    public required IReadOnlyList<StayShown> Stays { get; init; }
    public required IReadOnlyList<ContactShown> Contacts { get; init; }
    public required bool IsRotten { get; init; }

    public ForecastCategory Category => Deal.Category ?? Stage.Category;

    /// <summary>Null when nobody may see it, or its customer is archived.</summary>
    public static async Task<DealPage?> Read(CrmDb db, CurrentMember me, long id, CancellationToken stop)
    {
        var found = await db.DealsOfCustomers().Where(d => d.Id == id).Select(d => new { Deal = d, d.Customer!.Name, d.Customer.Kind, d.Customer.OrganisationId, Owner = d.Owner!.Name, Team = d.Team!.Name }).SingleOrDefaultAsync(stop);
        if (found is null) return null;
        var deal = found.Deal;
        var stages = await DealStages.Read(db, stop);
        var stage = stages.Of(deal.StageId);
        string[] away = [TenantScoping.DeletedFilter];
        var written = await db.Stages.IgnoreQueryFilters(away).Where(s => s.Id == deal.StageId).Select(s => new { s.ExitCriteria, s.Playbook }).SingleAsync(stop);
        var lines = await db.DealLines.AsNoTracking().Where(l => l.DealId == id).OrderBy(l => l.Position).ToListAsync(stop);
        var products = await DealProducts.Names(db, [.. lines.Select(l => l.ProductId)], stop);
        var stays = await db.StageStays.AsNoTracking().Where(s => s.DealId == id).OrderByDescending(s => s.EnteredAt).ThenByDescending(s => s.Id).ToListAsync(stop);
        var movers = stays.Select(s => s.MemberId).OfType<long>().Distinct().ToArray();
        var names = await db.Members.Where(m => movers.Contains(m.Id)).ToDictionaryAsync(m => m.Id, m => m.Name, stop);
        var around = found.OrganisationId ?? deal.CustomerId;
        return new(deal, stages, stage)
        {
            CustomerName = found.Name,
            Owner = found.Owner,
            Team = found.Team,
            Reason = deal.ReasonId is { } reason ? await db.Reasons.IgnoreQueryFilters(away).Where(r => r.Id == reason).Select(r => r.Name).SingleOrDefaultAsync(stop) : null,
            ExitCriteria = written.ExitCriteria,
            Playbook = written.Playbook,
            Lines = lines.ConvertAll(l => new LineShown(products.GetValueOrDefault(l.ProductId, "?"), l.Quantity, l.UnitPrice, l.Total)),
            Stays = stays.ConvertAll(s => new StayShown(s.StageId, stages.NameOf(s.StageId), s.EnteredAt, s.LeftAt, s.MemberId is { } by ? names.GetValueOrDefault(by) : null)),
            // the customer, and the people of the organisation
            Contacts = await db.Customers.AsNoTracking().Where(c => c.Id == deal.CustomerId || c.Id == around || c.OrganisationId == around)
                .OrderByDescending(c => c.Id == deal.CustomerId).ThenBy(c => c.NameNormal).ThenBy(c => c.Id).Take(MostContacts)
                .Select(c => new ContactShown(c.Id, c.Name, c.Kind, c.Phone ?? c.Email)).ToListAsync(stop),
            IsRotten = deal.State == DealState.Open && stage.IsRotten(deal.StageSince, me.Now),
        };
    }
}
