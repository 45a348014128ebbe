using CrmWeb.Domain.Customers.Duplicates;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmWeb.Data.Mappings;

internal sealed class DuplicatePairMapping : IEntityTypeConfiguration<DuplicatePair>
{
    public void Configure(EntityTypeBuilder<DuplicatePair> pair)
    {
        pair.HasIndex(p => new { p.TenantId, p.FirstId, p.SecondId }).IsUnique();
        pair.HasIndex(p => new { p.TenantId, p.SecondId });
        pair.HasIndex(p => new { p.TenantId, p.State, p.Score, p.Id });
        pair.BelongsTo(p => p.First, nameof(DuplicatePair.FirstId));
        pair.BelongsTo(p => p.Second, nameof(DuplicatePair.SecondId));
        pair.BelongsTo(p => p.DecidedBy, nameof(DuplicatePair.DecidedById));
    }
}
