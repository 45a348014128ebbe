using CrmWeb.Data.Merging;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;

namespace CrmWeb.Tests.Architecture;

/// <summary>Nothing that names a customer is forgotten when two become one: whoever adds such a column decides here what becomes of it.</summary>
public sealed class MergeRules
{
    [Fact]
    public void EveryColumnThatNamesACustomer_IsMovedOrStaysForAReason()
    {
        using var db = DesignTime.Context(Provider.Sqlite);
        var types = db.Model.GetEntityTypes().ToList();
        var keys = types.SelectMany(type => type.GetForeignKeys()).Where(key => key.PrincipalEntityType.ClrType == typeof(Customer))
            .Select(key => (key.DeclaringEntityType.ClrType, key.Properties[^1].Name));
        // some name it by number alone, so that they outlive it
        var numbers = types.SelectMany(type => type.GetProperties()).Where(p => p.Name.EndsWith("CustomerId", StringComparison.Ordinal)).Select(p => (p.DeclaringType.ClrType, p.Name));
        var known = CustomerRelations.All.Select(relation => (relation.Row, relation.Key)).ToList();
        Assert.Empty(keys.Concat(numbers).Distinct().Except(known));
        Assert.Empty(known.Except(keys.Concat(numbers)));
        Assert.Equal(known.Count, known.Distinct().Count());
    }
}
