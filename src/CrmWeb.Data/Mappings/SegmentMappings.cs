using CrmWeb.Data.Providers;
using CrmWeb.Domain.Segments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmWeb.Data.Mappings;

internal sealed class SegmentMapping : IEntityTypeConfiguration<Segment>
{
    public void Configure(EntityTypeBuilder<Segment> segment)
    {
        segment.Property(s => s.Name).HasMaxLength(Segment.NameLength);
        segment.Property(s => s.NameNormal).HasMaxLength(Segment.NameLength * 2).IsOrdered();
        segment.Property(s => s.Description).HasMaxLength(Segment.DescriptionLength);
        segment.Property(s => s.Rule).HasMaxLength(Segment.RuleLength);
        segment.Property(s => s.FrozenRule).HasMaxLength(Segment.RuleLength);
        segment.Property(s => s.ValueProposition).HasMaxLength(Segment.TextLength);
        segment.Property(s => s.Message).HasMaxLength(Segment.TextLength);
        segment.Property(s => s.Offers).HasMaxLength(Segment.TextLength);
        segment.HasIndex(s => new { s.TenantId, s.NameNormal }).IsUnique().HasFilter("\"DeletedAt\" IS NULL");
        segment.BelongsTo(s => s.Owner, nameof(Segment.OwnerId));
        segment.BelongsTo(s => s.ServiceTier, nameof(Segment.ServiceTierId));
    }
}

internal sealed class MembershipMapping : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> membership)
    {
        membership.ToTable("Memberships");
        // two refreshes at once: the second one finds who is in already
        membership.HasIndex(m => new { m.TenantId, m.SegmentId, m.CustomerId }).IsUnique().HasFilter("\"LeftAt\" IS NULL");
        membership.HasIndex(m => new { m.TenantId, m.CustomerId, m.SegmentId });
        membership.HasIndex(m => new { m.TenantId, m.SegmentId, m.EnteredAt });
        membership.HasIndex(m => new { m.TenantId, m.SegmentId, m.LeftAt }).HasFilter("\"LeftAt\" IS NOT NULL");
        membership.BelongsTo(m => m.Segment, nameof(Membership.SegmentId));
        membership.BelongsTo(m => m.Customer, nameof(Membership.CustomerId), onDelete: DeleteBehavior.Cascade);
    }
}

internal sealed class SegmentSizeMapping : IEntityTypeConfiguration<SegmentSize>
{
    public void Configure(EntityTypeBuilder<SegmentSize> size)
    {
        size.HasIndex(s => new { s.TenantId, s.SegmentId, s.Day }).IsUnique();
        size.BelongsTo(s => s.Segment, nameof(SegmentSize.SegmentId));
    }
}

internal sealed class SegmentNeedMapping : IEntityTypeConfiguration<SegmentNeed>
{
    public void Configure(EntityTypeBuilder<SegmentNeed> need)
    {
        need.Property(n => n.Need).HasMaxLength(SegmentNeed.NeedLength);
        need.Property(n => n.Evidence).HasMaxLength(SegmentNeed.EvidenceLength);
        need.BelongsTo(n => n.Segment, nameof(SegmentNeed.SegmentId), s => s.Needs, DeleteBehavior.Cascade);
    }
}

internal sealed class SegmentProductMapping : IEntityTypeConfiguration<SegmentProduct>
{
    public void Configure(EntityTypeBuilder<SegmentProduct> product)
    {
        product.HasIndex(p => new { p.TenantId, p.SegmentId, p.ProductId }).IsUnique();
        product.BelongsTo(p => p.Segment, nameof(SegmentProduct.SegmentId), s => s.Products, DeleteBehavior.Cascade);
        product.BelongsTo(p => p.Product, nameof(SegmentProduct.ProductId));
    }
}

internal sealed class SegmentUseMapping : IEntityTypeConfiguration<SegmentUse>
{
    public void Configure(EntityTypeBuilder<SegmentUse> use)
    {
        use.HasIndex(u => new { u.TenantId, u.SegmentId, u.UsedId }).IsUnique();
        use.HasIndex(u => new { u.TenantId, u.UsedId });
        use.BelongsTo(u => u.Segment, nameof(SegmentUse.SegmentId), s => s.Uses, DeleteBehavior.Cascade);
        use.BelongsTo(u => u.Used, nameof(SegmentUse.UsedId));
    }
}
