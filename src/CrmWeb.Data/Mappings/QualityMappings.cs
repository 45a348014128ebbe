using CrmWeb.Domain.Customers.Quality;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmWeb.Data.Mappings;

internal sealed class QualityDayMapping : IEntityTypeConfiguration<QualityDay>
{
    public void Configure(EntityTypeBuilder<QualityDay> day) => day.HasIndex(d => new { d.TenantId, d.Day }).IsUnique();
}

internal sealed class QualityCountMapping : IEntityTypeConfiguration<QualityCount>
{
    public void Configure(EntityTypeBuilder<QualityCount> count)
    {
        count.Property(q => q.Field).HasMaxLength(QualityCount.FieldLength);
        count.HasIndex(q => new { q.TenantId, q.DayId, q.Field, q.OwnerId });
        count.HasIndex(q => new { q.TenantId, q.Field, q.DayId });
        count.BelongsTo(q => q.Day, nameof(QualityCount.DayId), onDelete: DeleteBehavior.Cascade);
    }
}

internal sealed class DataFieldMapping : IEntityTypeConfiguration<DataField>
{
    public void Configure(EntityTypeBuilder<DataField> field)
    {
        field.Property(f => f.Field).HasMaxLength(DataField.FieldLength);
        field.Property(f => f.Purpose).HasMaxLength(DataField.TextLength);
        field.Property(f => f.Source).HasMaxLength(DataField.TextLength);
        field.Property(f => f.PermittedUse).HasMaxLength(DataField.TextLength);
        field.Property(f => f.Notes).HasMaxLength(DataField.NotesLength);
        field.HasIndex(f => new { f.TenantId, f.Field }).IsUnique();
        field.BelongsTo(f => f.Owner, nameof(DataField.OwnerId));
    }
}

internal sealed class StaleRuleMapping : IEntityTypeConfiguration<StaleRule>
{
    public void Configure(EntityTypeBuilder<StaleRule> rule)
    {
        rule.Property(r => r.Name).HasMaxLength(StaleRule.NameLength);
        rule.Property(r => r.TaskTitle).HasMaxLength(Domain.Customers.CrmTask.TitleLength);
        rule.BelongsTo(r => r.View, nameof(StaleRule.ViewId));
        rule.BelongsTo(r => r.Member, nameof(StaleRule.MemberId));
    }
}

internal sealed class StaleTaskMapping : IEntityTypeConfiguration<StaleTask>
{
    public void Configure(EntityTypeBuilder<StaleTask> task)
    {
        // two runs at once: the second one finds that it is there
        task.HasIndex(t => new { t.TenantId, t.RuleId, t.CustomerId }).IsUnique();
        task.HasIndex(t => new { t.TenantId, t.TaskId });
        task.BelongsTo(t => t.Rule, nameof(StaleTask.RuleId));
        task.BelongsTo(t => t.Customer, nameof(StaleTask.CustomerId), onDelete: DeleteBehavior.Cascade);
        task.BelongsTo(t => t.Task, nameof(StaleTask.TaskId));
    }
}
