using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Costs;

/// <summary>Writes a cost, and asks for what follows from it: every contact and every customer, by a job.</summary>
internal sealed class CostWriting(CrmDb db, CurrentMember me)
{
    /// <summary>False when there is a cost of that day already.</summary>
    public async Task<bool> Add((CostKind Kind, int Which) of, DateOnly? from, long amount, CancellationToken stop)
    {
        var day = from ?? CostRate.Always;
        var begins = TenantDay.Start(me, day);
        try
        {
            await Write(() => db.CostRates.Add(of.Kind == CostKind.Hour ? CostRate.Of((Role)of.Which, day, begins, amount) : CostRate.Of((Channel)of.Which, day, begins, amount)), stop);
            return true;
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e))
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }

    /// <exception cref="DbUpdateConcurrencyException">Somebody else changed it meanwhile.</exception>
    public Task Change(CostRate row, long amount, CancellationToken stop) => Write(() => row.Change(amount), stop);

    public Task Remove(CostRate row, CancellationToken stop) => Write(() => db.CostRates.Remove(row), stop);

    private async Task Write(Action change, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.HoldTenant(stop);
        change();
        await db.SaveChangesAsync(stop);
        // one that waits is held until this is committed, and reads it then; one that runs may be past some customers
        var now = me.Now;
        var waits = await db.Jobs.Where(j => j.Kind == RecountCostsJob.JobKind && j.State == JobState.Waiting).ExecuteUpdateAsync(set => set.SetProperty(j => j.DueAt, now), stop);
        if (waits == 0) db.Jobs.Add(new Job(RecountCostsJob.JobKind, "", me.Id, now));
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
    }
}
