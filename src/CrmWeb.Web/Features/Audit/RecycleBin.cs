using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Audit;

/// <summary>A record that was put away.</summary>
/// <param name="By">Null where the history does not tell it.</param>
public sealed record PutAway(long Id, string? Name, long? CustomerId, string? Customer, DateTime At, string? By);

/// <summary>What of one kind is put away, the latest first. Visibility holds here as everywhere.</summary>
public sealed record RecycleBin(RecordKind Kind, IReadOnlyList<PutAway> Rows, string? Next)
{
    public const int PageSize = 50;

    /// <summary>What can be put away and brought back.</summary>
    public static readonly IReadOnlyList<RecordKind> Kinds = [RecordKind.Customer, RecordKind.Interaction, RecordKind.Task, RecordKind.Attachment, RecordKind.SavedView, RecordKind.Product, RecordKind.Order, RecordKind.Deal, RecordKind.Case, RecordKind.Segment];

    private static readonly string[] Away = [TenantScoping.DeletedFilter];

    /// <param name="by">Only what these members put away; empty for everybody.</param>
    /// <param name="from">UTC, from this instant on.</param>
    /// <param name="to">UTC, before this instant.</param>
    public static async Task<RecycleBin> Read(CrmDb db, RecordKind kind, IReadOnlyCollection<long> by, DateTime? from, DateTime? to, string? after, CancellationToken stop)
    {
        var (until, last) = ChangeCursor.Read(after) ?? ChangeCursor.Newest;
        var rows = RowsOf(db, kind).Where(row => row.At <= until && (row.At < until || row.Id < last));
        if (from is { } begin) rows = rows.Where(row => row.At >= begin);
        if (to is { } end) rows = rows.Where(row => row.At < end);
        if (by.Count > 0) rows = rows.Where(row => row.MemberId != null && by.Contains(row.MemberId.Value));
        var found = await rows.OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Take(PageSize + 1).ToListAsync(stop);
        var members = found.Select(row => row.MemberId).OfType<long>().Distinct().ToList();
        var names = members.Count == 0 ? [] : await db.Members.Where(m => members.Contains(m.Id)).ToDictionaryAsync(m => m.Id, m => m.Name, stop);
        var next = found.Count > PageSize ? new ChangeCursor(found[PageSize - 1].At, found[PageSize - 1].Id).ToString() : null;
        return new(kind, [.. found.Take(PageSize).Select(row => new PutAway(
            row.Id, row.Name, row.CustomerId, row.Customer, row.At, row.MemberId is { } member ? names.GetValueOrDefault(member) : null))], next);
    }

    private static IQueryable<Row> RowsOf(CrmDb db, RecordKind kind) => kind switch
    {
        RecordKind.Customer => db.Customers.IgnoreQueryFilters(Away).Where(c => c.DeletedAt != null && c.MergedIntoId == null).Select(c => new Row
        {
            Id = c.Id,
            Name = c.Name,
            CustomerId = c.Id,
            At = c.DeletedAt!.Value,
            MemberId = db.Changes.Where(x => x.Record == RecordKind.Customer && x.RecordId == c.Id && x.Act == Act.Archived).OrderByDescending(x => x.Id).Select(x => x.MemberId).FirstOrDefault(),
        }),
        RecordKind.Interaction => db.Interactions.IgnoreQueryFilters(Away).Where(i => i.DeletedAt != null).Select(i => new Row
        {
            Id = i.Id,
            Name = i.Subject,
            CustomerId = i.CustomerId,
            Customer = i.Customer!.Name,
            At = i.DeletedAt!.Value,
            MemberId = db.Changes.Where(x => x.Record == RecordKind.Interaction && x.RecordId == i.Id && x.Act == Act.Deleted).OrderByDescending(x => x.Id).Select(x => x.MemberId).FirstOrDefault(),
        }),
        RecordKind.Attachment => db.Attachments.IgnoreQueryFilters(Away).Where(a => a.DeletedAt != null).Select(a => new Row
        {
            Id = a.Id,
            Name = a.Name,
            CustomerId = a.CustomerId,
            Customer = a.Customer!.Name,
            At = a.DeletedAt!.Value,
            MemberId = db.Changes.Where(x => x.Record == RecordKind.Attachment && x.RecordId == a.Id && x.Act == Act.Deleted).OrderByDescending(x => x.Id).Select(x => x.MemberId).FirstOrDefault(),
        }),
        RecordKind.Case => db.Cases.IgnoreQueryFilters(Away).Where(c => c.DeletedAt != null).Select(c => new Row
        {
            Id = c.Id,
            Name = c.Subject,
            CustomerId = c.CustomerId,
            Customer = c.Customer!.Name,
            At = c.DeletedAt!.Value,
            MemberId = db.Changes.Where(x => x.Record == RecordKind.Case && x.RecordId == c.Id && x.Act == Act.Deleted).OrderByDescending(x => x.Id).Select(x => x.MemberId).FirstOrDefault(),
        }),
        RecordKind.Segment => db.Segments.IgnoreQueryFilters(Away).Where(s => s.DeletedAt != null).Select(s => new Row
        {
            Id = s.Id,
            Name = s.Name,
            At = s.DeletedAt!.Value,
            MemberId = db.Changes.Where(x => x.Record == RecordKind.Segment && x.RecordId == s.Id && x.Act == Act.Deleted).OrderByDescending(x => x.Id).Select(x => x.MemberId).FirstOrDefault(),
        }),
        RecordKind.SavedView => Views(db).Where(v => v.DeletedAt != null).Select(v => new Row
        {
            Id = v.Id,
            Name = v.Name,
            At = v.DeletedAt!.Value,
            MemberId = db.Changes.Where(x => x.Record == RecordKind.SavedView && x.RecordId == v.Id && x.Act == Act.Deleted).OrderByDescending(x => x.Id).Select(x => x.MemberId).FirstOrDefault(),
        }),
        RecordKind.Product => db.Products.IgnoreQueryFilters(Away).Where(p => p.DeletedAt != null).Select(p => new Row
        {
            Id = p.Id,
            Name = p.Name,
            At = p.DeletedAt!.Value,
            MemberId = db.Changes.Where(x => x.Record == RecordKind.Product && x.RecordId == p.Id && x.Act == Act.Deleted).OrderByDescending(x => x.Id).Select(x => x.MemberId).FirstOrDefault(),
        }),
        RecordKind.Order => db.Orders.IgnoreQueryFilters(Away).Where(o => o.DeletedAt != null).Select(o => new Row
        {
            Id = o.Id,
            Name = o.ExternalId,
            CustomerId = o.CustomerId,
            Customer = o.Customer!.Name,
            At = o.DeletedAt!.Value,
            MemberId = db.Changes.Where(x => x.Record == RecordKind.Order && x.RecordId == o.Id && x.Act == Act.Deleted).OrderByDescending(x => x.Id).Select(x => x.MemberId).FirstOrDefault(),
        }),
        RecordKind.Deal => db.Deals.IgnoreQueryFilters(Away).Where(d => d.DeletedAt != null).Select(d => new Row
        {
            Id = d.Id,
            Name = d.Name,
            CustomerId = d.CustomerId,
            Customer = d.Customer!.Name,
            At = d.DeletedAt!.Value,
            MemberId = db.Changes.Where(x => x.Record == RecordKind.Deal && x.RecordId == d.Id && x.Act == Act.Deleted).OrderByDescending(x => x.Id).Select(x => x.MemberId).FirstOrDefault(),
        }),
        _ => db.Tasks.IgnoreQueryFilters(Away).Where(t => t.DeletedAt != null).Select(t => new Row
        {
            Id = t.Id,
            Name = t.Title,
            CustomerId = t.CustomerId,
            Customer = t.Customer!.Name,
            At = t.DeletedAt!.Value,
            MemberId = db.Changes.Where(x => x.Record == RecordKind.Task && x.RecordId == t.Id && x.Act == Act.Deleted).OrderByDescending(x => x.Id).Select(x => x.MemberId).FirstOrDefault(),
        }),
    };

    /// <summary>One's own; of others those that they shared, for whoever manages the tenant. Put away or not.</summary>
    public static IQueryable<SavedView> Views(CrmDb db)
    {
        var (me, manages) = (db.Current.Actor.MemberId, db.Current.Actor.Roles.Allow(Permissions.ManageTenant));
        return db.SavedViews.IgnoreQueryFilters(Away).SeenBy(db.Current.Actor).Where(v => v.OwnerId == me || (manages && v.SharedWith != Sharing.Nobody));
    }

    private sealed record Row
    {
        public long Id { get; init; }
        public string? Name { get; init; }
        public long? CustomerId { get; init; }
        public string? Customer { get; init; }
        public DateTime At { get; init; }
        public long? MemberId { get; init; }
    }

    public static string Word(RecordKind kind) => ChangeText.Word(kind);

    public static RecordKind? KindOf(string? word) => ChangeText.Enum<RecordKind>(word) is { } kind && Kinds.Contains(kind) ? kind : null;
}
