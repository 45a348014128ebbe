using System.Globalization;
using System.Linq.Expressions;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.BulkEdits;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Notifications;

/// <summary>A notification as it reads now, for whoever reads it now.</summary>
public sealed record NotificationRow(
    long Id, NotificationKind Kind, DateTime At, int Count, DateTime? ReadAt, string? By, long? CustomerId, string? Customer, bool CustomerAway, LifecycleStage? Stage, string? Owner,
    long? InteractionId, Channel? Channel, long? TaskId, string? Task, long? CaseId, string? Case, string? JobKind, string? JobOf, JobState? Job)
{
    /// <summary>The name of the file of an import.</summary>
    public string? File { get; private init; }

    /// <summary>What the job was about, by its own word: the import or the edit may be at another job by now.</summary>
    public long? ImportId => JobKind is Import.RunJob or Import.RevertJob ? Number(JobOf) : null;

    public long? BulkEditId => JobKind is BulkEdit.RunJob or BulkEdit.UndoJob ? Number(JobOf) : null;

    public bool IsTakingBack => JobKind is Import.RevertJob or BulkEdit.UndoJob;

    /// <summary>The rows in their order, with what they say now. Names of files are asked for only where a job had one.</summary>
    public static async Task<List<NotificationRow>> Read(CrmDb db, IQueryable<Notification> notifications, CancellationToken stop)
    {
        var rows = await notifications.Select(Of(db)).ToListAsync(stop);
        List<long> imports = [.. rows.Select(row => row.ImportId).OfType<long>().Distinct()];
        if (imports.Count == 0) return rows;
        var names = await db.Imports.Where(i => imports.Contains(i.Id)).Select(i => new { i.Id, i.FileName }).ToDictionaryAsync(i => i.Id, i => i.FileName, stop);
        return rows.ConvertAll(row => row.ImportId is { } import ? row with { File = names.GetValueOrDefault(import) } : row);
    }

    private static Expression<Func<Notification, NotificationRow>> Of(CrmDb db) => n => new NotificationRow(
        n.Id, n.Kind, n.At, n.Count, n.ReadAt, n.By!.Name, n.Customer!.Id, n.Customer!.Name, n.Customer!.DeletedAt != null, n.Customer!.Stage, n.Customer!.Owner!.Name,
        n.Interaction!.Id, n.Interaction!.Channel, n.Task!.Id, n.Task!.Title,
        n.CaseId, db.Cases.Where(c => c.Id == n.CaseId).Select(c => c.Subject).FirstOrDefault(),
        db.Jobs.Where(j => j.Id == n.JobNumber).Select(j => j.Kind).FirstOrDefault(),
        db.Jobs.Where(j => j.Id == n.JobNumber).Select(j => j.Payload).FirstOrDefault(),
        db.Jobs.Where(j => j.Id == n.JobNumber).Select(j => (JobState?)j.State).FirstOrDefault());

    /// <summary>Where it leads, inside the tenant; null where there is nothing to be seen any more.</summary>
    public string? Path() => this switch
    {
        { CaseId: { } its } => FormattableString.Invariant($"/cases/{its}"),
        { TaskId: { } task } => FormattableString.Invariant($"/tasks/{task}"),
        { CustomerId: { } customer, CustomerAway: false } => FormattableString.Invariant($"/customers/{customer}"),
        { ImportId: { } import } => FormattableString.Invariant($"/imports/{import}"),
        { BulkEditId: { } edit } => FormattableString.Invariant($"/customers/bulk/{edit}"),
        { IsOfMany: true } => "/customers?owner=me",
        _ => null,
    };

    /// <summary>Customers that somebody gave them at once.</summary>
    public bool IsOfMany => this is { Kind: NotificationKind.Assigned, CustomerId: null, Count: > 1 };

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>A part of the notifications of the member, newest first.</summary>
public sealed record NotificationFilter(bool Unread, NotificationKind? Kind)
{
    public const string UnreadOnly = "unread";

    public static NotificationFilter Of(string? show, string? kind) => new(show == UnreadOnly, KindOf(kind));

    public static NotificationKind? KindOf(string? word) =>
        NotificationKinds.All.Cast<NotificationKind?>().FirstOrDefault(kind => string.Equals(kind.ToString(), word, StringComparison.OrdinalIgnoreCase));

    public IQueryable<Notification> Apply(IQueryable<Notification> rows)
    {
        if (Unread) rows = rows.Where(n => n.ReadAt == null);
        if (Kind is { } only) rows = rows.Where(n => n.Kind == only);
        return rows;
    }

    public static IQueryable<Notification> After(IQueryable<Notification> rows, DateTime until, long last) =>
        rows.Where(n => n.At <= until && (n.At < until || n.Id < last)).OrderByDescending(n => n.At).ThenByDescending(n => n.Id);
}
