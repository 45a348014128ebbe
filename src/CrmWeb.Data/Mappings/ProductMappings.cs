using CrmWeb.Domain.Sales;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmWeb.Data.Mappings;

internal sealed class ProductStandingMapping : IEntityTypeConfiguration<ProductStanding>
{
    public void Configure(EntityTypeBuilder<ProductStanding> standing)
    {
        standing.Property(s => s.Reasons).HasMaxLength(ProductStanding.ReasonsLength);
        standing.HasIndex(s => new { s.TenantId, s.ProductId }).IsUnique();
        standing.BelongsTo(s => s.Product, nameof(ProductStanding.ProductId), p => p.Standings);
    }
}

internal sealed class ProductMoveMapping : IEntityTypeConfiguration<ProductMove>
{
    public void Configure(EntityTypeBuilder<ProductMove> move)
    {
        move.Property(m => m.Reasons).HasMaxLength(ProductStanding.ReasonsLength);
        move.HasIndex(m => new { m.TenantId, m.At, m.Id });
        move.HasIndex(m => new { m.TenantId, m.ProductId, m.At });
        move.BelongsTo(m => m.Product, nameof(ProductMove.ProductId));
    }
}

internal sealed class ProductPairMapping : IEntityTypeConfiguration<ProductPair>
{
    public void Configure(EntityTypeBuilder<ProductPair> pair)
    {
        foreach (var told in new[] { nameof(ProductPair.Confidence), nameof(ProductPair.Lift), nameof(ProductPair.Beyond) }) pair.Ignore(told);
        pair.HasIndex(p => new { p.TenantId, p.ProductId, p.OtherId }).IsUnique();
        pair.HasIndex(p => new { p.TenantId, p.OtherId });
        pair.BelongsTo(p => p.Product, nameof(ProductPair.ProductId));
        pair.BelongsTo(p => p.Other, nameof(ProductPair.OtherId));
    }
}
