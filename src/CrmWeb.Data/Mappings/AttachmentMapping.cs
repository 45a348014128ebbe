using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmWeb.Data.Mappings;

internal sealed class AttachmentMapping : IEntityTypeConfiguration<Attachment>
{
    public void Configure(EntityTypeBuilder<Attachment> attachment)
    {
        attachment.Property(a => a.Name).HasMaxLength(FileName.Length);
        attachment.Property(a => a.MediaType).HasMaxLength(Attachment.MediaTypeLength);
        attachment.Property(a => a.Sha256).HasMaxLength(Attachment.Sha256Length);
        attachment.Property(a => a.StoredName).HasMaxLength(Attachment.StoredNameLength);
        attachment.HasIndex(a => new { a.TenantId, a.CustomerId, a.Id });
        attachment.HasIndex(a => new { a.TenantId, a.InteractionId }).HasFilter("\"InteractionId\" IS NOT NULL");
        attachment.HasIndex(a => new { a.TenantId, a.StoredName }).IsUnique();
        // covers the sum that the quota asks for
        attachment.HasIndex(a => new { a.TenantId, a.Size });
        attachment.HasIndex(a => new { a.TenantId, a.DeletedAt }).HasFilter("\"DeletedAt\" IS NOT NULL");
        attachment.BelongsTo(a => a.Customer, nameof(Attachment.CustomerId), null, DeleteBehavior.Cascade);
        attachment.BelongsTo(a => a.Interaction, nameof(Attachment.InteractionId), i => i.Attachments);
        attachment.BelongsTo(a => a.Member, nameof(Attachment.MemberId));
    }
}
