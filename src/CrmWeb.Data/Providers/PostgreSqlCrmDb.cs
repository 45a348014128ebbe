using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Providers;

public sealed class PostgreSqlCrmDb(DbContextOptions<PostgreSqlCrmDb> options, CurrentTenant tenant) : CrmDb(options, tenant)
{
    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        model.CollateOrdered("C");
    }
}
