using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>How a customer came to be, where no change tells it: rows of an import, and rows older than the history.</summary>
public sealed record CustomerBeginning(DateTime At, string? By, long? ImportId, string? Import);

/// <summary>A page of what changed at a customer, at its interactions and its tasks, newest first, by save.</summary>
public sealed record CustomerHistory(
    long Id, string Name, CustomerKind Kind, bool IsArchived, IReadOnlyList<ChangeGroup> Groups, ChangeNames Names, string? Older, bool Continued, CustomerBeginning? Beginning, CustomFieldSet Custom)
{
    public const int PageSize = 100;

    private static readonly string[] Away = [TenantScoping.DeletedFilter];

    /// <summary>Null when there is no such customer, or none that the member may see. An archived one has its history still.</summary>
    public static async Task<CustomerHistory?> Read(CrmDb db, long id, string? older, CustomFieldSet custom, IStringLocalizer L, LocalTime time, CancellationToken stop)
    {
        var customer = await db.Customers.IgnoreQueryFilters(Away).Where(c => c.Id == id)
            .Select(c => new { c.Name, c.Kind, c.DeletedAt, c.CreatedAt, c.ImportId }).SingleOrDefaultAsync(stop);
        if (customer is null) return null;

        var cursor = ChangeCursor.Read(older);
        var (until, last) = cursor ?? ChangeCursor.Newest;
        var changes = await db.Seen(db.Changes).AsNoTracking().IgnoreQueryFilters(Away)
            .Where(x => x.CustomerId == id && x.At <= until && (x.At < until || x.Id < last))
            .OrderByDescending(x => x.At).ThenByDescending(x => x.Id).Take(PageSize + 1).ToListAsync(stop);
        var more = changes.Count > PageSize;
        if (more) changes.RemoveAt(PageSize);
        var beginning = more || changes.Exists(x => x is { Record: RecordKind.Customer, Act: Act.Created }) ? null : await BeginningOf(db, id, customer.CreatedAt, customer.ImportId, stop);
        return new(id, customer.Name, customer.Kind, customer.DeletedAt is not null, ChangeGroup.Of(changes), await ChangeNames.Of(db, changes, L, time, stop),
            more ? ChangeCursor.Of(changes[^1]).ToString() : null, cursor is not null, beginning, custom);
    }

    private static async Task<CustomerBeginning> BeginningOf(CrmDb db, long id, DateTime createdAt, long? importId, CancellationToken stop)
    {
        var said = await db.CustomerEvents.IgnoreQueryFilters(Away).Where(e => e.CustomerId == id && e.Kind == CustomerEvent.Created)
            .Select(e => new { e.OccurredAt, By = db.Members.Where(m => m.Id == e.MemberId).Select(m => m.Name).FirstOrDefault() }).FirstOrDefaultAsync(stop);
        var import = importId is null ? null : await db.Imports.Where(i => i.Id == importId).Select(i => i.FileName).SingleOrDefaultAsync(stop);
        return new(said?.OccurredAt ?? createdAt, said?.By, import is null ? null : importId, import);
    }
}
