using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Service;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmWeb.Data.Mappings;

internal sealed class MentionMapping : IEntityTypeConfiguration<Mention>
{
    public void Configure(EntityTypeBuilder<Mention> mention)
    {
        mention.HasIndex(m => new { m.TenantId, m.InteractionId, m.MemberId }).IsUnique().HasFilter("\"InteractionId\" IS NOT NULL");
        mention.HasIndex(m => new { m.TenantId, m.TaskId, m.MemberId }).IsUnique().HasFilter("\"TaskId\" IS NOT NULL");
        mention.HasIndex(m => new { m.TenantId, m.MemberId });
        mention.BelongsTo(m => m.Interaction, nameof(Mention.InteractionId), i => i.Mentions, DeleteBehavior.Cascade);
        mention.BelongsTo(m => m.Task, nameof(Mention.TaskId), t => t.Mentions);
        mention.BelongsTo(m => m.Member, nameof(Mention.MemberId));
    }
}

internal sealed class FollowMapping : IEntityTypeConfiguration<Follow>
{
    public void Configure(EntityTypeBuilder<Follow> follow)
    {
        follow.HasIndex(f => new { f.TenantId, f.CustomerId, f.MemberId }).IsUnique();
        follow.HasIndex(f => new { f.TenantId, f.MemberId, f.CustomerId });
        follow.BelongsTo(f => f.Customer, nameof(Follow.CustomerId), onDelete: DeleteBehavior.Cascade);
        follow.BelongsTo(f => f.Member, nameof(Follow.MemberId));
    }
}

internal sealed class NotificationMapping : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> notification)
    {
        // the page of a member, newest first; the count at the bell
        notification.HasIndex(n => new { n.TenantId, n.MemberId, n.At, n.Id });
        notification.HasIndex(n => new { n.TenantId, n.MemberId, n.ReadAt });
        notification.HasIndex(n => new { n.TenantId, n.CustomerId }).HasFilter("\"CustomerId\" IS NOT NULL");
        notification.HasIndex(n => new { n.TenantId, n.InteractionId }).HasFilter("\"InteractionId\" IS NOT NULL");
        // what is old, and what a mail waits for, is looked for in every tenant
        notification.HasIndex(n => n.At);
        notification.HasIndex(n => n.MailDueAt).HasFilter("\"MailDueAt\" IS NOT NULL");
        notification.BelongsTo(n => n.Member, nameof(Notification.MemberId));
        notification.BelongsTo(n => n.By, nameof(Notification.ById));
        notification.BelongsTo(n => n.Customer, nameof(Notification.CustomerId), onDelete: DeleteBehavior.Cascade);
        notification.BelongsTo(n => n.Interaction, nameof(Notification.InteractionId));
        notification.BelongsTo(n => n.Task, nameof(Notification.TaskId));
        notification.Names<Notification, Case>(nameof(Notification.CaseId));
    }
}

internal sealed class NotificationChoiceMapping : IEntityTypeConfiguration<NotificationChoice>
{
    public void Configure(EntityTypeBuilder<NotificationChoice> choice)
    {
        choice.HasKey(c => new { c.TenantId, c.MemberId, c.Kind });
        choice.BelongsTo(c => c.Member, nameof(NotificationChoice.MemberId));
    }
}
