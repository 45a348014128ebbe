using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Service;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmWeb.Data.Mappings;

internal sealed class CaseMapping : IEntityTypeConfiguration<Case>
{
    public void Configure(EntityTypeBuilder<Case> its)
    {
        its.Property(c => c.Subject).HasMaxLength(Case.SubjectLength);
        its.Property(c => c.Description).HasMaxLength(Case.DescriptionLength);
        its.Property(c => c.Resolution).HasMaxLength(Case.DescriptionLength);
        its.Property(c => c.RootCauseNote).HasMaxLength(Reason.NoteLength);
        its.HasIndex(c => new { c.TenantId, c.State, c.NextDueAt, c.Id });
        its.HasIndex(c => new { c.TenantId, c.CustomerId, c.State, c.Id });
        its.HasIndex(c => new { c.TenantId, c.OwnerId, c.State, c.Id });
        its.HasIndex(c => new { c.TenantId, c.OpenedAt, c.Id });
        // what runs out is looked for in every tenant
        its.HasIndex(c => c.WarnAt).HasFilter("\"WarnAt\" IS NOT NULL AND \"WarnedAt\" IS NULL");
        its.HasIndex(c => c.NextDueAt).HasFilter("\"NextDueAt\" IS NOT NULL AND \"EscalatedAt\" IS NULL");
        its.HasIndex(c => new { c.TenantId, c.DeletedAt }).HasFilter("\"DeletedAt\" IS NOT NULL");
        its.BelongsTo(c => c.Customer, nameof(Case.CustomerId), null, DeleteBehavior.Cascade);
        its.BelongsTo(c => c.Owner, nameof(Case.OwnerId));
        its.BelongsTo(c => c.Team, nameof(Case.TeamId));
        its.BelongsTo(c => c.RootCause, nameof(Case.RootCauseId));
        // the noun of service knows none of sales, the database does
        its.Names<Case, Product>(nameof(Case.ProductId));
        its.Names<Case, Order>(nameof(Case.OrderId));
    }
}

internal sealed class CaseInteractionMapping : IEntityTypeConfiguration<CaseInteraction>
{
    public void Configure(EntityTypeBuilder<CaseInteraction> about)
    {
        about.HasKey(a => new { a.TenantId, a.InteractionId });
        about.HasIndex(a => new { a.TenantId, a.CaseId, a.InteractionId });
        about.BelongsTo(a => a.Case, nameof(CaseInteraction.CaseId));
        about.BelongsTo(a => a.Interaction, nameof(CaseInteraction.InteractionId), onDelete: DeleteBehavior.Cascade);
    }
}

internal sealed class SlaRuleMapping : IEntityTypeConfiguration<SlaRule>
{
    public void Configure(EntityTypeBuilder<SlaRule> rule)
    {
        rule.HasIndex(r => new { r.TenantId, r.Priority, r.ServiceTierId }).IsUnique();
        rule.BelongsTo(r => r.ServiceTier, nameof(SlaRule.ServiceTierId));
    }
}

internal sealed class OpeningTimeMapping : IEntityTypeConfiguration<OpeningTime>
{
    public void Configure(EntityTypeBuilder<OpeningTime> opening) => opening.HasIndex(o => new { o.TenantId, o.Day, o.Opens }).IsUnique();
}

internal sealed class HolidayMapping : IEntityTypeConfiguration<Holiday>
{
    public void Configure(EntityTypeBuilder<Holiday> holiday)
    {
        holiday.Property(h => h.Name).HasMaxLength(Holiday.NameLength);
        holiday.HasIndex(h => new { h.TenantId, h.Day }).IsUnique();
    }
}

internal sealed class ReasonMapping : IEntityTypeConfiguration<Reason>
{
    public void Configure(EntityTypeBuilder<Reason> reason)
    {
        reason.Property(r => r.Name).HasMaxLength(Reason.NameLength);
        reason.HasIndex(r => new { r.TenantId, r.For, r.Position });
    }
}

internal sealed class ServiceTierMapping : IEntityTypeConfiguration<ServiceTier>
{
    public void Configure(EntityTypeBuilder<ServiceTier> tier)
    {
        tier.Property(t => t.Name).HasMaxLength(ServiceTier.NameLength);
        tier.HasIndex(t => new { t.TenantId, t.Position });
    }
}
