using CrmWeb.Domain.Kpis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmWeb.Data.Mappings;

internal sealed class ClvModelMapping : IEntityTypeConfiguration<ClvModel>
{
    public void Configure(EntityTypeBuilder<ClvModel> model)
    {
        model.ToTable("ClvModels");
        model.HasIndex(m => new { m.TenantId, m.At });
        model.Ignore(m => m.Purchases);
        model.Ignore(m => m.Spends);
    }
}
