using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Providers;

public sealed class PostgreSqlCrmDb(DbContextOptions<PostgreSqlCrmDb> options, TimeProvider clock) : CrmDb(options, clock)
{
    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        model.CollateOrdered("C");
    }
}
