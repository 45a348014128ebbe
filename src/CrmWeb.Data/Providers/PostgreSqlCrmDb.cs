using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Providers;

public sealed class PostgreSqlCrmDb(DbContextOptions<PostgreSqlCrmDb> options, CurrentTenant tenant, TimeProvider clock) : CrmDb(options, tenant, clock)
{
    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        model.CollateOrdered("C");
    }
}
