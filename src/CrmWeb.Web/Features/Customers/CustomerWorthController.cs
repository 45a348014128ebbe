using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers;

/// <summary>The customer as an asset: what they brought and cost until today, and what may still come.</summary>
public sealed class CustomerWorthController : TenantController
{
    [HttpGet("customers/{id:long}/worth")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> Show(long id, CancellationToken stop) => await AssetSheet.Read(Db, Me, id, stop) is { } sheet ? View("Worth", sheet) : NotFound();
}

/// <param name="Potential">Of the open deals, each by the probability of its stage, in minor units of the tenant's currency.</param>
/// <param name="Channels">The contacts that took place, by their channel.</param>
/// <param name="Stages">When the customer came to a stage, newest first.</param>
public sealed record AssetSheet(
    long Id, string Name, LifecycleStage Stage, DateTime StageChangedAt, DateTime CreatedAt, CustomerWorth Worth, long Potential, IReadOnlyList<ChannelCost> Channels,
    IReadOnlyList<StageCome> Stages, IReadOnlyList<SpendingSpan> Quarters)
{
    public int Contacts => Channels.Sum(one => one.Contacts);

    /// <summary>Shown of the stages.</summary>
    private const int MostStages = 20;

    /// <summary>Null when there is no such customer, or none that the member may see.</summary>
    public static async Task<AssetSheet?> Read(CrmDb db, CurrentMember me, long id, CancellationToken stop)
    {
        var customer = await db.Customers.AsNoTracking().Where(c => c.Id == id).Select(CustomerRow.Of).SingleOrDefaultAsync(stop);
        if (customer is null) return null;
        var potential = await db.Deals.Where(d => d.CustomerId == id && d.State == DealState.Open).SumAsync(d => (d.BaseAmount ?? 0) * d.Stage!.Probability / 100, stop);
        var channels = await db.Interactions.Where(i => i.CustomerId == id && !i.IsPlanned).GroupBy(i => i.Channel).Select(all => new ChannelCost(
            all.Key, all.Count(), all.Sum(i => (long)(i.Minutes ?? 0)), all.Count(i => i.ServiceCost != null && i.ContactCost != null), all.Sum(i => (i.ServiceCost ?? 0) + (i.ContactCost ?? 0)))).ToListAsync(stop);
        var events = await db.CustomerEvents.Where(e => e.CustomerId == id && !e.HasOwnEntry).OrderByDescending(e => e.OccurredAt).ThenByDescending(e => e.Id)
            .Select(e => new { e.Kind, e.OccurredAt }).Take(MostStages * 5).ToListAsync(stop);
        return new(
            id, customer.Name, customer.Stage, customer.StageChangedAt, customer.CreatedAt, customer.Worth!, potential, [.. channels.OrderByDescending(one => one.Contacts)],
            [.. events.Select(e => (Stage: CustomerEvent.StageOf(e.Kind), e.OccurredAt)).Where(e => e.Stage is not null).Select(e => new StageCome(e.Stage!.Value, e.OccurredAt)).Take(MostStages)],
            await CustomerSpending.ByQuarter(db, me, id, stop));
    }
}

public sealed record StageCome(LifecycleStage Stage, DateTime At);

/// <summary>What went over one channel, and what it cost.</summary>
/// <param name="Known">Contacts of which the cost is known.</param>
/// <param name="Sum">Of their minutes and of themselves, in minor units of the tenant's currency.</param>
public sealed record ChannelCost(Channel Channel, int Contacts, long Minutes, int Known, long Sum)
{
    public long? Cost => Known == Contacts ? Sum : null;
}
