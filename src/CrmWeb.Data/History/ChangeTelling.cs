using System.Collections.Concurrent;
using System.Text.Json;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CrmWeb.Data.History;

/// <summary>
/// What a save is about to change, read from the change tracker before it and written after it, in its transaction: new records have their ids then. One
/// statement for all rows, and nothing of it in the tracker, where a save that failed would leave them behind.
/// </summary>
internal sealed class ChangeTelling
{
    private static readonly ConcurrentDictionary<IEntityType, ToldField[]> FieldsOf = new();

    private readonly CrmDb db;
    private readonly DateTime now;
    private readonly List<Change> changes = [];
    private readonly List<(ToldRecord Told, EntityEntry Entry)> created = [];

    private ChangeTelling(CrmDb db, DateTime now) => (this.db, this.now) = (db, now);

    public bool IsEmpty => changes.Count == 0 && created.Count == 0;

    /// <summary>After changes were detected.</summary>
    public static ChangeTelling Read(CrmDb db, DateTime now)
    {
        var telling = new ChangeTelling(db, now);
        if (!db.Current.IsSet) return telling;
        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (entry.State is EntityState.Unchanged or EntityState.Detached) continue;
            if (Told.Records.TryGetValue(entry.Metadata.ClrType, out var told)) telling.Tell(told, entry);
            else if (Told.Parts.TryGetValue(entry.Metadata.ClrType, out var part)) telling.Tell(part, entry);
        }

        return telling;
    }

    public void Write(Statements statements) => ChangeWriting.Insert(db, statements, [.. created.Select(one => Of(one.Told, one.Entry, Act.Created)), .. changes]);

    private void Tell(ToldRecord told, EntityEntry entry)
    {
        if (entry.State == EntityState.Added)
        {
            created.Add((told, entry));
            return;
        }

        if (entry.State == EntityState.Deleted) changes.Add(Of(told, entry, Act.Deleted));
        foreach (var field in FieldsOf.GetOrAdd(entry.Metadata, type => Fields(type, told)))
        {
            var property = entry.Property(field.Property);
            if (entry.State == EntityState.Modified && !property.IsModified) continue;
            var (before, after) = (property.OriginalValue, entry.State == EntityState.Deleted ? null : property.CurrentValue);
            if (Equals(before, after)) continue;
            if (field.IsAway) changes.Add(Of(told, entry, after is null ? Act.Restored : told.Away));
            else changes.Add(Of(told, entry, Act.Changed, field.Name, field.IsSecret ? null : ChangeText.Of(before), field.IsSecret ? null : ChangeText.Of(after)));
        }
    }

    private void Tell(ToldPart part, EntityEntry entry)
    {
        var parent = entry.Property(part.Parent);
        // what a new record began with is the record
        if (parent.IsTemporary || parent.CurrentValue is not long and > 0) return;
        // written by what changes the kind of the field, which is told of the field
        if (entry.Entity is CustomValue { Said: null }) return;
        if (entry.State == EntityState.Modified) throw new InvalidOperationException($"A row of {entry.Metadata.ClrType.Name} comes and goes; it does not change.");
        var value = part.Value(entry.Entity) ?? throw new InvalidOperationException($"A row of {entry.Metadata.ClrType.Name} is changed without what it names being loaded.");
        var (id, added) = ((long)parent.CurrentValue!, entry.State == EntityState.Added);
        var change = new Change(part.Kind, id, part.CustomerOf(db, id)) { Field = part.Field(entry.Entity), Old = added ? null : value, New = added ? value : null };
        if (!TryPair(change)) changes.Add(db.Sign(change, now));
    }

    /// <summary>One value of a custom field that takes the place of another is one change: the two rows meet here, in whichever order.</summary>
    private bool TryPair(Change change)
    {
        if (change.Field?.StartsWith(CustomField.Prefix, StringComparison.Ordinal) != true) return false;
        var at = changes.FindIndex(told => told.Record == change.Record && told.RecordId == change.RecordId && told.Field == change.Field && told.Old is null != change.Old is null);
        if (at < 0 || changes[at] is { Old: not null, New: not null }) return false;
        var other = changes[at];
        changes[at] = db.Sign(new Change(change.Record, change.RecordId, change.CustomerId) { Field = change.Field, Old = other.Old ?? change.Old, New = other.New ?? change.New }, now);
        return true;
    }

    private Change Of(ToldRecord told, EntityEntry entry, Act act, string? field = null, string? before = null, string? after = null) =>
        db.Sign(new Change(told.Kind, (long)entry.Property("Id").CurrentValue!, told.CustomerOf(entry.Entity)) { Act = act, Field = field, Old = before, New = after }, now);

    private static ToldField[] Fields(IEntityType type, ToldRecord told) =>
    [
        .. type.GetProperties()
            .Where(p => p.PropertyInfo is not null && p.Name is not (nameof(TenantOwned.Id) or nameof(TenantOwned.TenantId) or nameof(IVersioned.Version)))
            .Where(p => !told.Untold.Contains(p.Name, StringComparer.Ordinal))
            .Select(p => new ToldField(p, JsonNamingPolicy.CamelCase.ConvertName(p.Name), told.Secret.Contains(p.Name, StringComparer.Ordinal),
                p.Name == nameof(IDeletable.DeletedAt) && type.ClrType.IsAssignableTo(typeof(IDeletable)))),
    ];

    private sealed record ToldField(IProperty Property, string Name, bool IsSecret, bool IsAway);
}
