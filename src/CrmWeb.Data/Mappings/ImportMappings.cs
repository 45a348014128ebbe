using CrmWeb.Domain.Customers.Imports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmWeb.Data.Mappings;

internal sealed class ImportMapping : IEntityTypeConfiguration<Import>
{
    public void Configure(EntityTypeBuilder<Import> import)
    {
        import.Property(i => i.FileName).HasMaxLength(Import.FileNameLength);
        import.Property(i => i.FileKey).HasMaxLength(Import.FileKeyLength);
        import.Property(i => i.Settings).HasMaxLength(Import.SettingsLength);
        import.HasIndex(i => new { i.TenantId, i.CreatedAt });
        import.BelongsTo(i => i.Member, nameof(Import.MemberId));
        import.BelongsTo(i => i.Job, nameof(Import.JobId));
    }
}

internal sealed class ImportRowMapping : IEntityTypeConfiguration<ImportRow>
{
    public void Configure(EntityTypeBuilder<ImportRow> row)
    {
        row.Property(r => r.Reason).HasMaxLength(ImportRow.ReasonLength);
        row.HasIndex(r => new { r.TenantId, r.ImportId, r.Line }).IsUnique();
        row.HasIndex(r => new { r.TenantId, r.ImportId, r.Outcome, r.Line });
        row.BelongsTo(r => r.Import, nameof(ImportRow.ImportId), onDelete: DeleteBehavior.Cascade);
    }
}

internal sealed class ImportMapMapping : IEntityTypeConfiguration<ImportMap>
{
    public void Configure(EntityTypeBuilder<ImportMap> map)
    {
        map.Property(m => m.Name).HasMaxLength(ImportMap.NameLength);
        map.Property(m => m.HeaderHash).HasMaxLength(ImportMap.HeaderHashLength);
        map.Property(m => m.Settings).HasMaxLength(Import.SettingsLength);
        map.HasIndex(m => new { m.TenantId, m.HeaderHash }).IsUnique();
    }
}
