using CrmWeb.Domain.Customers.BulkEdits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmWeb.Data.Mappings;

internal sealed class BulkEditMapping : IEntityTypeConfiguration<BulkEdit>
{
    public void Configure(EntityTypeBuilder<BulkEdit> edit)
    {
        edit.Property(e => e.Query).HasMaxLength(BulkEdit.QueryLength);
        edit.Property(e => e.Ids).HasMaxLength(BulkEdit.IdsLength);
        edit.Property(e => e.What).HasMaxLength(BulkEdit.WhatLength);
        edit.HasIndex(e => new { e.TenantId, e.MemberId, e.Id });
        edit.BelongsTo(e => e.Member, nameof(BulkEdit.MemberId));
        edit.BelongsTo(e => e.Job, nameof(BulkEdit.JobId));
    }
}

internal sealed class BulkEditRowMapping : IEntityTypeConfiguration<BulkEditRow>
{
    public void Configure(EntityTypeBuilder<BulkEditRow> row)
    {
        row.Property(r => r.Field).HasMaxLength(BulkEditRow.FieldLength);
        row.HasIndex(r => new { r.TenantId, r.BulkEditId, r.OfUndo, r.Id });
        row.BelongsTo(r => r.BulkEdit, nameof(BulkEditRow.BulkEditId), onDelete: DeleteBehavior.Cascade);
    }
}
