using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.BulkEdits;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared.Tags;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers.Bulk;

/// <summary>Which customers a bulk edit means, and who sees it.</summary>
internal static class BulkSelection
{
    public const int MostIds = 1_000;

    /// <summary>The customers as the member sees them now, in no order; null when the address is not understood (any more): half of it would mean more of them.</summary>
    public static async Task<IQueryable<Customer>?> Customers(this BulkEdit edit, CrmDb db, CurrentMember me, CustomFieldSet seen, CancellationToken stop)
    {
        if (edit.Query is null)
        {
            var ids = Ids(edit.Ids);
            return db.Seen(db.Customers).AsNoTracking().Where(c => ids.Contains(c.Id));
        }

        var query = Read(edit.Query, seen);
        return query.Ignored.Count > 0 || query.Filter.AsksForArchived ? null : await query.Customers(db, me, stop);
    }

    public static CustomerQuery Read(string query, CustomFieldSet seen) =>
        CustomerQuery.Read(new QueryCollection(QueryHelpers.ParseQuery(query)), seen, ViewQuery.From, FilterBarTag.OpenParameter);

    public static List<long> Ids(string? ids) => [.. (ids ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => long.Parse(id, CultureInfo.InvariantCulture))];

    public static string Write(IEnumerable<long> ids) => string.Join(' ', ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));

    /// <summary>One's own; an admin's are all. One about a field that the member may not see is not for them (T10).</summary>
    public static IQueryable<BulkEdit> SeenBulkEdits(this CrmDb db)
    {
        var actor = db.Current.Actor;
        if (actor == Actor.System || actor.Roles.HasFlag(Role.Admin)) return db.BulkEdits;
        var roles = actor.Roles;
        return db.BulkEdits.Where(e => e.MemberId == actor.MemberId
            && !db.CustomFields.Any(f => f.VisibleTo != Role.None && (f.VisibleTo & roles) == Role.None && e.What!.Contains("\"" + CustomField.Prefix + f.Key + "\"")));
    }

    public static async Task<BulkEdit> BulkEditOf(this CrmDb db, JobRun run, CancellationToken stop)
    {
        var id = long.Parse(run.Payload, CultureInfo.InvariantCulture);
        return await db.SeenBulkEdits().AsNoTracking().SingleOrDefaultAsync(e => e.Id == id, stop) ?? throw new JobFailedException("The bulk edit is gone.");
    }
}
