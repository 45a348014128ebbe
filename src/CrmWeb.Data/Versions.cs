using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace CrmWeb.Data;

/// <summary>Optimistic concurrency, the same on every engine: a number that grows with each save and is compared by it.</summary>
public static class Versions
{
    internal static void Version(this ModelBuilder model)
    {
        foreach (var type in model.Model.GetEntityTypes().Where(type => type.ClrType.IsAssignableTo(typeof(IVersioned))).ToList())
            model.Entity(type.ClrType).Property(nameof(IVersioned.Version)).IsConcurrencyToken();
    }

    internal static void CountVersions(this ChangeTracker changes)
    {
        foreach (var entry in changes.Entries<IVersioned>().Where(entry => entry.State == EntityState.Modified))
            entry.Property(row => row.Version).CurrentValue = entry.Property(row => row.Version).OriginalValue + 1;
    }

    /// <summary>Says which version the person saw. Saving over a newer one throws <see cref="DbUpdateConcurrencyException"/>.</summary>
    public static void Expect(this CrmDb db, IVersioned row, int seen) => db.Entry(row).Property(r => r.Version).OriginalValue = seen;
}
