using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmWeb.Data.Providers;

/// <summary>Marks folded columns that are compared byte by byte, so that an index serves prefixes and orders alike on every engine.</summary>
internal static class Ordered
{
    private const string Mark = "Crm:Ordered";

    public static void IsOrdered<T>(this PropertyBuilder<T> property) => property.HasAnnotation(Mark, true);

    public static void CollateOrdered(this ModelBuilder model, string collation)
    {
        foreach (var property in model.Model.GetEntityTypes().SelectMany(type => type.GetProperties()).Where(p => p.FindAnnotation(Mark) is not null))
            property.SetCollation(collation);
    }
}
