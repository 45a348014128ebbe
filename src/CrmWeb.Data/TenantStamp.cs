using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.ValueGeneration;

namespace CrmWeb.Data;

/// <summary>Stamps the tenant on a row at the moment it is added, so that composite keys are whole before anything points to them.</summary>
internal sealed class TenantStamp : ValueGenerator<long>
{
    public override bool GeneratesTemporaryValues => false;

    public override long Next(EntityEntry entry) => ((CrmDb)entry.Context).TenantId;
}
