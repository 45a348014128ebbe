using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Providers;

public sealed class SqlServerCrmDb(DbContextOptions<SqlServerCrmDb> options, TimeProvider clock) : CrmDb(options, clock)
{
    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        model.CollateOrdered("Latin1_General_100_BIN2");
    }
}
