using System.Globalization;
using System.Reflection;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Merges;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CrmWeb.Tests.Support;

/// <summary>Every row of a tenant as a line of text, in order. Left out: what only grows (history, versions, when a customer last changed), and numbers of rows that nobody names.</summary>
public static class WholeTenant
{
    private static readonly Type[] Growing = [typeof(Change), typeof(Merge), typeof(Job)];
    private static readonly Type[] Nameless = [typeof(ContactPoint), typeof(CustomValue)];

    public static async Task<IReadOnlyList<string>> Read(CrmDb db)
    {
        var lines = new List<string>();
        foreach (var type in db.Model.GetEntityTypes().Where(type => type.ClrType.IsAssignableTo(typeof(ITenantOwned)) && !Growing.Contains(type.ClrType)))
        {
            var read = typeof(WholeTenant).GetMethod(nameof(Lines), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type.ClrType);
            lines.AddRange(await (Task<List<string>>)read.Invoke(null, [db, type])!);
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private static async Task<List<string>> Lines<T>(CrmDb db, IEntityType type) where T : class
    {
        var properties = type.GetProperties().Where(p => p.PropertyInfo is not null && p.Name is not (nameof(IVersioned.Version) or nameof(Customer.ChangedAt)) && (p.Name != "Id" || !Nameless.Contains(typeof(T)))).ToList();
        var rows = await db.Set<T>().AsNoTracking().IgnoreQueryFilters([TenantScoping.DeletedFilter]).ToListAsync();
        return rows.ConvertAll(row => $"{typeof(T).Name}: {string.Join(" | ", properties.Select(p => $"{p.Name}={Convert.ToString(p.PropertyInfo!.GetValue(row), CultureInfo.InvariantCulture)}"))}");
    }
}
