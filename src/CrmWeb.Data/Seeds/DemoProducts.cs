using CrmWeb.Domain.Sales;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Seeds;

/// <summary>Which products were among the best in each of the last weeks, and which are bought together.</summary>
internal sealed class DemoProducts(CrmDb db, DateTime now)
{
    private const int Weeks = 16;

    public async Task Make(CancellationToken stop)
    {
        var sector = new DreamSector(
        [
            new(DreamMeasure.Margin, 3, 30, 60), new(DreamMeasure.Revenue, 2, 0, 40_000), new(DreamMeasure.Growth, 2, -20, 80), new(DreamMeasure.Buyers, 2, 10, 70), new(DreamMeasure.Again, 2, 0, 40),
            new(DreamMeasure.Returned, 1, 8, 0),
        ], 52, 47);
        var tenant = await db.Tenants.SingleAsync(t => t.Id == db.TenantId, stop);
        tenant.HoldDreamSector(sector.Write());
        await db.SaveChangesAsync(stop);
        db.ChangeTracker.Clear();
        for (var week = Weeks; week >= 0; week--)
        {
            var night = now.Date.AddDays(-7 * week);
            await db.Classify(sector, new DreamSpan(night.AddYears(-2), night.AddYears(-1), night, tenant.Currency), night.AddHours(2) > now ? now : night.AddHours(2), () => Task.CompletedTask, stop);
        }

        await db.PairProducts(now.AddYears(-2), now, _ => Task.CompletedTask, stop);
    }
}
