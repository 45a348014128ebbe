using CrmWeb.Data.Identity;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmWeb.Data.Mappings;

internal sealed class TenantMapping : IEntityTypeConfiguration<Tenant>
{
    public void Configure(EntityTypeBuilder<Tenant> tenant)
    {
        tenant.Property(t => t.Slug).HasMaxLength(Tenant.SlugLength);
        tenant.Property(t => t.Name).HasMaxLength(Tenant.NameLength);
        tenant.Property(t => t.TimeZone).HasMaxLength(Tenant.TimeZoneLength);
        tenant.Property(t => t.Language).HasMaxLength(Tenant.LanguageLength);
        tenant.Property(t => t.Country).HasMaxLength(Tenant.CountryLength);
        tenant.Property(t => t.Currency).HasMaxLength(Tenant.CurrencyLength);
        // what stood there before this was asked is held fresh for a year
        tenant.Property(t => t.DreamSector).HasMaxLength(Tenant.DreamSectorLength);
        tenant.Property(t => t.FreshDays).HasDefaultValue(Tenant.UsualFreshDays);
        tenant.HasIndex(t => t.Slug).IsUnique();
    }
}

internal sealed class MemberMapping : IEntityTypeConfiguration<Member>
{
    public void Configure(EntityTypeBuilder<Member> member)
    {
        member.Property(m => m.Name).HasMaxLength(Member.NameLength);
        member.Property(m => m.TimeZone).HasMaxLength(Tenant.TimeZoneLength);
        member.Property(m => m.Language).HasMaxLength(Tenant.LanguageLength);
        member.Property(m => m.CalendarTokenHash).HasMaxLength(Invitation.HashLength);
        member.Property(m => m.FollowsOwned).HasDefaultValue(true).HasSentinel(true);
        member.Property(m => m.DigestHour).HasDefaultValue(Member.DefaultDigestHour).HasSentinel(Member.DefaultDigestHour);
        member.HasIndex(m => new { m.TenantId, m.UserId }).IsUnique();
        // a login asks for its tenants before a tenant is known
        member.HasIndex(m => m.UserId);
        member.HasOne<AppUser>().WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.NoAction);
    }
}

internal sealed class TeamMapping : IEntityTypeConfiguration<Team>
{
    public void Configure(EntityTypeBuilder<Team> team)
    {
        team.Property(t => t.Name).HasMaxLength(Team.NameLength);
        team.HasIndex(t => new { t.TenantId, t.Name }).IsUnique();
    }
}

internal sealed class TeamMembershipMapping : IEntityTypeConfiguration<TeamMembership>
{
    public void Configure(EntityTypeBuilder<TeamMembership> membership)
    {
        membership.HasKey(m => new { m.TenantId, m.TeamId, m.MemberId });
        membership.BelongsTo(m => m.Team, nameof(TeamMembership.TeamId), t => t.Members, DeleteBehavior.Cascade);
        membership.BelongsTo(m => m.Member, nameof(TeamMembership.MemberId), m => m.Teams);
    }
}

internal sealed class InvitationMapping : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> invitation)
    {
        invitation.Property(i => i.Email).HasMaxLength(Invitation.EmailLength);
        invitation.Property(i => i.TokenHash).HasMaxLength(Invitation.HashLength);
        invitation.HasIndex(i => new { i.TenantId, i.TokenHash }).IsUnique();
        invitation.BelongsTo(i => i.Team, nameof(Invitation.TeamId));
        invitation.BelongsTo(i => i.InvitedBy, nameof(Invitation.InvitedById));
    }
}

internal sealed class RoleVisibilityMapping : IEntityTypeConfiguration<RoleVisibility>
{
    public void Configure(EntityTypeBuilder<RoleVisibility> row) => row.HasIndex(r => new { r.TenantId, r.Role }).IsUnique();
}

internal sealed class JobMapping : IEntityTypeConfiguration<Job>
{
    public void Configure(EntityTypeBuilder<Job> job)
    {
        job.Property(j => j.Kind).HasMaxLength(Job.KindLength);
        job.Property(j => j.Payload).HasMaxLength(Job.PayloadLength);
        job.Property(j => j.Note).HasMaxLength(Job.NoteLength);
        job.Property(j => j.Worker).HasMaxLength(Job.WorkerLength);
        job.HasIndex(j => new { j.TenantId, j.CreatedAt });
        // the runner looks for what is due in every tenant
        job.HasIndex(j => new { j.State, j.DueAt });
        job.BelongsTo(j => j.Member, nameof(Job.MemberId));
    }
}

internal sealed class ChangeMapping : IEntityTypeConfiguration<Change>
{
    public void Configure(EntityTypeBuilder<Change> change)
    {
        change.Property(c => c.Field).HasMaxLength(Change.FieldLength);
        change.Property(c => c.Old).HasMaxLength(Change.ValueLength);
        change.Property(c => c.New).HasMaxLength(Change.ValueLength);
        // newest first for the tenant, for a customer's page, for one record
        change.HasIndex(c => new { c.TenantId, c.At, c.Id });
        change.HasIndex(c => new { c.TenantId, c.CustomerId, c.At, c.Id }).HasFilter("\"CustomerId\" IS NOT NULL");
        change.HasIndex(c => new { c.TenantId, c.Record, c.RecordId, c.Id });
        change.HasIndex(c => new { c.TenantId, c.CauseId, c.Id }).HasFilter("\"CauseId\" IS NOT NULL");
    }
}
