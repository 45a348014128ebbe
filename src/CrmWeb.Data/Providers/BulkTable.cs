using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CrmWeb.Data.Providers;

/// <summary>A column as the model has it, with the value that goes to the database.</summary>
internal sealed record BulkColumn(string Name, string Property, Type Type, Func<object, object?> Get, Action<object, long>? SetKey);

/// <summary>A table as the model has it. Nobody writes its columns down a second time, so that a new one cannot be forgotten.</summary>
internal sealed class BulkTable
{
    private static readonly ConcurrentDictionary<IEntityType, BulkTable> Known = new();

    private BulkTable(IEntityType type)
    {
        Name = type.GetTableName()!;
        Columns = [.. type.GetProperties().Where(property => property.PropertyInfo is not null).Select(Column)];
        Id = type.FindProperty(nameof(TenantOwned.Id)) is { ValueGenerated: ValueGenerated.OnAdd } ? Find(nameof(TenantOwned.Id)) : null;
    }

    public string Name { get; }

    public IReadOnlyList<BulkColumn> Columns { get; }

    /// <summary>The column whose value the database makes; null for rows whose key is made of others.</summary>
    public BulkColumn? Id { get; }

    public static BulkTable Of<T>(CrmDb db) => Known.GetOrAdd(db.Model.FindEntityType(typeof(T))!, type => new BulkTable(type));

    public BulkColumn Find(string property) => Columns.Single(column => column.Property == property);

    private static BulkColumn Column(IProperty property)
    {
        var convert = property.GetTypeMapping().Converter?.ConvertToProvider;
        var get = Getter(property.PropertyInfo!);
        var type = property.GetTypeMapping().Converter?.ProviderClrType ?? Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        return new(property.GetColumnName(), property.Name, type, convert is null ? get : row => convert(get(row)), Setter(property));
    }

    private static Func<object, object?> Getter(PropertyInfo property)
    {
        var row = Expression.Parameter(typeof(object));
        var value = Expression.Property(Expression.Convert(row, property.DeclaringType!), property);
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(value, typeof(object)), row).Compile();
    }

    private static Action<object, long>? Setter(IProperty property)
    {
        if (property.ClrType != typeof(long) || !(property.IsKey() || property.IsForeignKey())) return null;
        var (row, key) = (Expression.Parameter(typeof(object)), Expression.Parameter(typeof(long)));
        // the setter stands on the type that declares the property, and is private there
        var declared = property.PropertyInfo!.DeclaringType!.GetProperty(property.Name)!;
        var set = Expression.Call(Expression.Convert(row, declared.DeclaringType!), declared.GetSetMethod(nonPublic: true)!, key);
        return Expression.Lambda<Action<object, long>>(set, row, key).Compile();
    }
}
