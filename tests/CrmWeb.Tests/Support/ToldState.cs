using CrmWeb.Data;
using CrmWeb.Data.History;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Support;

/// <summary>Everything the history tells of a tenant, as it stands now or, after <see cref="Undo"/>, as it stood before.</summary>
public sealed class ToldState
{
    private const string Away = "away";

    /// <summary>By record: its fields, and the entries of its lists as field and value.</summary>
    private readonly SortedDictionary<(RecordKind Kind, long Id), SortedSet<string>> records = [];

    public static async Task<ToldState> Read(CrmDb db)
    {
        var state = new ToldState();
        foreach (var (type, told) in Told.Records.Where(pair => pair.Key != typeof(Tenant)))
        {
            var properties = db.Model.FindEntityType(type)!.GetProperties().Where(p => p.PropertyInfo is not null && p.Name is not ("Id" or "TenantId" or "Version"))
                .Where(p => !told.Untold.Concat(told.Secret).Contains(p.Name, StringComparer.Ordinal)).ToList();
            foreach (var row in await Rows(db, type))
            {
                var fields = state.Of(told.Kind, ((TenantOwned)row).Id);
                foreach (var property in properties)
                {
                    var text = ChangeText.Of(property.PropertyInfo!.GetValue(row));
                    if (text is null) continue;
                    fields.Add(property.Name == nameof(IDeletable.DeletedAt) ? Away : Entry(char.ToLowerInvariant(property.Name[0]) + property.Name[1..], text));
                }
            }
        }

        foreach (var point in await db.ContactPoints.IgnoreQueryFilters([TenantScoping.DeletedFilter]).ToListAsync())
            state.Of(RecordKind.Customer, point.CustomerId).Add(Entry(Told.ListOf(point.Kind), point.Value));
        foreach (var tag in await db.CustomerTags.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Select(t => new { t.CustomerId, t.Tag!.Name }).ToListAsync())
            state.Of(RecordKind.Customer, tag.CustomerId).Add(Entry("tags", tag.Name));
        foreach (var member in await db.TeamMemberships.ToListAsync()) state.Of(RecordKind.Team, member.TeamId).Add(Entry("members", ChangeText.Of(member.MemberId)!));
        return state;
    }

    /// <summary>Takes one change back. Changes come newest first.</summary>
    public void Undo(Change change)
    {
        var key = (change.Record, change.RecordId);
        switch (change.Act)
        {
            case Act.Created:
                records.Remove(key);
                break;
            case Act.Archived:
            case Act.Deleted when change.Record is RecordKind.Interaction or RecordKind.Task or RecordKind.Attachment:
                Assert.True(Of(change.Record, change.RecordId).Remove(Away));
                break;
            case Act.Restored:
                Of(change.Record, change.RecordId).Add(Away);
                break;
            case Act.Deleted:
                break;
            default:
                var fields = Of(change.Record, change.RecordId);
                if (change.New is { } after) Assert.True(fields.Remove(Entry(change.Field!, after)), $"{change.Record} {change.Field} is not {after}");
                if (change.Old is { } before) fields.Add(Entry(change.Field!, before));
                break;
        }
    }

    public override string ToString() => string.Join('\n', records.Select(record => $"{record.Key.Kind} {record.Key.Id}: {string.Join(" | ", record.Value)}"));

    private SortedSet<string> Of(RecordKind kind, long id) => records.TryGetValue((kind, id), out var fields) ? fields : records[(kind, id)] = new(StringComparer.Ordinal);

    private static string Entry(string field, string value) => $"{field}={value}";

    private static async Task<IReadOnlyList<object>> Rows(CrmDb db, Type type)
    {
        var read = typeof(ToldState).GetMethod(nameof(AllOf), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.MakeGenericMethod(type);
        return await (Task<IReadOnlyList<object>>)read.Invoke(null, [db])!;
    }

    private static async Task<IReadOnlyList<object>> AllOf<T>(CrmDb db) where T : class =>
        await db.Set<T>().AsNoTracking().IgnoreQueryFilters([TenantScoping.DeletedFilter]).ToListAsync();
}

public static class HistoryTesting
{
    public static Task<List<Change>> ChangesOf(this TestTenant tenant, RecordKind kind, long id) =>
        tenant.Use(db => db.Changes.AsNoTracking().Where(x => x.Record == kind && x.RecordId == id).OrderBy(x => x.Id).ToListAsync());

    /// <summary>The change of one field that came last.</summary>
    public static async Task<Change> LastChange(this TestTenant tenant, RecordKind kind, long id, string? field) =>
        (await tenant.ChangesOf(kind, id)).Last(x => x.Field == field);

    public static Task<Customer> CustomerOf(this TestTenant tenant, long id) =>
        tenant.Use(db => db.Customers.AsNoTracking().Include(c => c.ContactPoints).Include(c => c.Tags).ThenInclude(t => t.Tag).IgnoreQueryFilters([TenantScoping.DeletedFilter]).SingleAsync(c => c.Id == id));
}
