using CrmWeb.Domain.Sales;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Seeds;

/// <summary>Which products were among the best in each of the last weeks, and which are bought together.</summary>
internal sealed class DemoProducts(CrmDb db, DateTime now)
{
    private const int Weeks = 16;

    public async Task Make(CancellationToken stop)
    {
        var sector = DreamSector.Proposed(9_000) with { Enter = 60, Leave = 55 };
        var tenant = await db.Tenants.SingleAsync(t => t.Id == db.TenantId, stop);
        tenant.HoldDreamSector(sector.Write());
        await db.SaveChangesAsync(stop);
        db.ChangeTracker.Clear();
        for (var week = Weeks; week >= 0; week--)
        {
            var night = now.Date.AddDays(-7 * week);
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            await db.Classify(sector, new DreamSpan(night.AddYears(-2), night.AddYears(-1), night, tenant.Currency), night.AddHours(2) > now ? now : night.AddHours(2), stop);
            await transaction.CommitAsync(stop);
        }

        await db.PairProducts(now.AddYears(-2), now, _ => Task.CompletedTask, stop);
    }
}
