using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmWeb.Data.Mappings;

internal sealed class SavedViewMapping : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> view)
    {
        view.Property(v => v.Name).HasMaxLength(SavedView.NameLength);
        view.Property(v => v.NameNormal).HasMaxLength(SavedView.NameLength * 2).IsOrdered();
        view.Property(v => v.Query).HasMaxLength(SavedView.QueryLength);
        view.HasIndex(v => new { v.TenantId, v.OwnerId });
        view.HasIndex(v => new { v.TenantId, v.SharedWith, v.TeamId });
        view.BelongsTo(v => v.Owner, nameof(SavedView.OwnerId));
        view.BelongsTo(v => v.Team, nameof(SavedView.TeamId));
    }
}

internal sealed class ViewMarkMapping : IEntityTypeConfiguration<ViewMark>
{
    public void Configure(EntityTypeBuilder<ViewMark> mark)
    {
        mark.HasIndex(m => new { m.TenantId, m.MemberId, m.ViewId }).IsUnique();
        mark.BelongsTo(m => m.View, nameof(ViewMark.ViewId), onDelete: DeleteBehavior.Cascade);
        mark.BelongsTo(m => m.Member, nameof(ViewMark.MemberId));
    }
}
