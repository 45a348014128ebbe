using System.Linq.Expressions;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Web.Features.Notifications;

/// <summary>A notification as it reads now, for whoever reads it now.</summary>
public sealed record NotificationRow(
    long Id, NotificationKind Kind, DateTime At, int Count, DateTime? ReadAt, string? By, long? CustomerId, string? Customer, bool CustomerAway, LifecycleStage? Stage, string? Owner,
    long? InteractionId, Channel? Channel, long? TaskId, string? Task, long? CaseId, string? Case, long? ImportId, string? File, long? BulkEditId, JobState? Job)
{
    public static Expression<Func<Notification, NotificationRow>> Of(CrmDb db) => n => new NotificationRow(
        n.Id, n.Kind, n.At, n.Count, n.ReadAt, n.By!.Name, n.Customer!.Id, n.Customer!.Name, n.Customer!.DeletedAt != null, n.Customer!.Stage, n.Customer!.Owner!.Name,
        n.Interaction!.Id, n.Interaction!.Channel, n.Task!.Id, n.Task!.Title,
        n.CaseId, db.Cases.Where(c => c.Id == n.CaseId).Select(c => c.Subject).FirstOrDefault(),
        db.Imports.Where(i => n.JobNumber != null && i.JobId == n.JobNumber).Select(i => (long?)i.Id).FirstOrDefault(),
        db.Imports.Where(i => n.JobNumber != null && i.JobId == n.JobNumber).Select(i => i.FileName).FirstOrDefault(),
        db.BulkEdits.Where(e => n.JobNumber != null && e.JobId == n.JobNumber).Select(e => (long?)e.Id).FirstOrDefault(),
        db.Jobs.Where(j => j.Id == n.JobNumber).Select(j => (JobState?)j.State).FirstOrDefault());

    /// <summary>Where it leads, inside the tenant; null where there is nothing to be seen any more.</summary>
    public string? Path() => this switch
    {
        { CaseId: { } its } => FormattableString.Invariant($"/cases/{its}"),
        { TaskId: { } task } => FormattableString.Invariant($"/tasks/{task}"),
        { CustomerId: { } customer, CustomerAway: false } => FormattableString.Invariant($"/customers/{customer}"),
        { ImportId: { } import } => FormattableString.Invariant($"/imports/{import}"),
        { BulkEditId: { } edit } => FormattableString.Invariant($"/customers/bulk/{edit}"),
        _ => null,
    };
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
