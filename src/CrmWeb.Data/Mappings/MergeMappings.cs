using CrmWeb.Domain.Customers.Merges;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmWeb.Data.Mappings;

internal sealed class MergeMapping : IEntityTypeConfiguration<Merge>
{
    public void Configure(EntityTypeBuilder<Merge> merge)
    {
        merge.HasIndex(m => new { m.TenantId, m.SurvivorId, m.At });
        merge.HasIndex(m => new { m.TenantId, m.OtherId });
        merge.BelongsTo(m => m.Survivor, nameof(Merge.SurvivorId));
        merge.BelongsTo(m => m.Other, nameof(Merge.OtherId));
        merge.BelongsTo(m => m.Member, nameof(Merge.MemberId));
    }
}
