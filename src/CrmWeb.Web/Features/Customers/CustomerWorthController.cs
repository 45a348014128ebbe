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
/// <param name="Minutes">Logged with contacts that took place.</param>
/// <param name="Stages">When the customer came to a stage, newest first.</param>
public sealed record AssetSheet(
    long Id, string Name, LifecycleStage Stage, DateTime StageChangedAt, DateTime CreatedAt, CustomerWorth Worth, long Potential, int Minutes, int Contacts,
    IReadOnlyList<StageCome> Stages, IReadOnlyList<SpendingSpan> Quarters)
{
    /// <summary>Shown of the stages.</summary>
    private const int MostStages = 20;

    /// <summary>Null when there is no such customer, or none that the member may see.</summary>
    public static async Task<AssetSheet?> Read(CrmDb db, CurrentMember me, long id, CancellationToken stop)
    {
        var customer = await db.Customers.AsNoTracking().Where(c => c.Id == id).Select(CustomerRow.Of).SingleOrDefaultAsync(stop);
        if (customer is null) return null;
        var potential = await db.Deals.Where(d => d.CustomerId == id && d.State == DealState.Open).SumAsync(d => (d.BaseAmount ?? 0) * d.Stage!.Probability / 100, stop);
        var contacts = await db.Interactions.Where(i => i.CustomerId == id && !i.IsPlanned).GroupBy(i => 1)
            .Select(all => new { Count = all.Count(), Minutes = all.Sum(i => i.Minutes ?? 0) }).SingleOrDefaultAsync(stop);
        var events = await db.CustomerEvents.Where(e => e.CustomerId == id && !e.HasOwnEntry).OrderByDescending(e => e.OccurredAt).ThenByDescending(e => e.Id)
            .Select(e => new { e.Kind, e.OccurredAt }).Take(MostStages * 5).ToListAsync(stop);
        return new(
            id, customer.Name, customer.Stage, customer.StageChangedAt, customer.CreatedAt, customer.Worth!, potential, contacts?.Minutes ?? 0, contacts?.Count ?? 0,
            [.. events.Select(e => (Stage: CustomerEvent.StageOf(e.Kind), e.OccurredAt)).Where(e => e.Stage is not null).Select(e => new StageCome(e.Stage!.Value, e.OccurredAt)).Take(MostStages)],
            await CustomerSpending.ByQuarter(db, me, id, stop));
    }
}

public sealed record StageCome(LifecycleStage Stage, DateTime At);
