using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CrmWeb.Data.Providers;

public sealed class SqliteCrmDb(DbContextOptions<SqliteCrmDb> options, TimeProvider clock) : CrmDb(options, clock)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        base.ConfigureConventions(conventions);
        // compared as = 0 and = 1: NOT "IsPlanned" is no equality to SQLite, and an index would be used only up to that column
        conventions.Properties<bool>().HaveConversion<BoolToZeroOneConverter<int>>();
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);

        // SQLite does not enforce the length of a text column by itself.
        foreach (var type in model.Model.GetEntityTypes().ToList())
        {
            foreach (var property in type.GetProperties().Where(p => p.ClrType == typeof(string) && p.GetMaxLength() is not null))
            {
                var name = $"CK_{type.GetTableName()}_{property.Name}_Length";
                model.Entity(type.Name).ToTable(table => table.HasCheckConstraint(name, $"length(\"{property.Name}\") <= {property.GetMaxLength()}"));
            }
        }
    }
}
