using System.Linq.Expressions;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Duplicates;
using CrmWeb.Domain.Customers.Merges;
using CrmWeb.Domain.Customers.Quality;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Segments;
using CrmWeb.Domain.Service;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrmWeb.Data;

/// <summary>Three of the four locks between tenants: the filter on reading, the stamp and the check on saving, the composite keys in the database.</summary>
public static class TenantScoping
{
    public const string TenantFilter = "tenant";
    public const string DeletedFilter = "deleted";
    public const string VisibilityFilter = "visibility";

    /// <summary>Fields that a member may not see drop out of the history here, whoever asks.</summary>
    public const string FieldsFilter = "fields";

    /// <summary>Lifted, every row of the tenant is there, whoever asks and be it put away: for what the system keeps in order.</summary>
    internal static readonly string[] Unseen = [VisibilityFilter, DeletedFilter];

    /// <summary>Gives every tenant-owned type its filters, its stamp, and the key (TenantId, Id) that other rows point to.</summary>
    internal static void OwnByTenant(this ModelBuilder model, CrmDb db)
    {
        foreach (var type in model.Model.GetEntityTypes().Where(type => type.ClrType.IsAssignableTo(typeof(ITenantOwned))).ToList())
        {
            var entity = model.Entity(type.ClrType);
            entity.HasOne(typeof(Tenant)).WithMany().HasForeignKey(nameof(ITenantOwned.TenantId)).OnDelete(DeleteBehavior.NoAction);
            if (type.ClrType.IsAssignableTo(typeof(TenantOwned))) entity.HasAlternateKey(nameof(TenantOwned.TenantId), nameof(TenantOwned.Id));

            Filter<ITenantOwned>(entity, TenantFilter, row => row.TenantId == db.TenantId);
            if (type.ClrType.IsAssignableTo(typeof(IDeletable))) Filter<IDeletable>(entity, DeletedFilter, row => row.DeletedAt == null);
        }

        FilterByVisibility(model, db);
    }

    /// <summary>What hangs on a customer is visible where the customer is. A task without a customer is its owner's and its maker's.</summary>
    private static void FilterByVisibility(ModelBuilder model, CrmDb db)
    {
        model.Entity<Customer>().HasQueryFilter(VisibilityFilter, c =>
            db.SeesAll || c.OwnerId == db.ActorId || (db.SeesTeam && c.TeamId != null && db.ActorTeams.Contains(c.TeamId.Value)));
        model.Entity<Interaction>().HasQueryFilter(VisibilityFilter, i => db.SeesAll || db.Customers.Any(c => c.Id == i.CustomerId));
        model.Entity<Attachment>().HasQueryFilter(VisibilityFilter, a => db.SeesAll || db.Customers.Any(c => c.Id == a.CustomerId));
        model.Entity<ContactPoint>().HasQueryFilter(VisibilityFilter, p => db.SeesAll || db.Customers.Any(c => c.Id == p.CustomerId));
        model.Entity<CustomerTag>().HasQueryFilter(VisibilityFilter, t => db.SeesAll || db.Customers.Any(c => c.Id == t.CustomerId));
        model.Entity<CustomValue>().HasQueryFilter(VisibilityFilter, v => db.SeesAll || db.Customers.Any(c => c.Id == v.CustomerId));
        model.Entity<CustomerEvent>().HasQueryFilter(VisibilityFilter, e => db.SeesAll || db.Customers.Any(c => c.Id == e.CustomerId));
        model.Entity<Mention>().HasQueryFilter(VisibilityFilter, m =>
            db.SeesAll || (m.InteractionId != null ? db.Interactions.Any(i => i.Id == m.InteractionId) : db.Tasks.Any(t => t.Id == m.TaskId)));
        model.Entity<Follow>().HasQueryFilter(VisibilityFilter, f => db.SeesAll || db.Customers.Any(c => c.Id == f.CustomerId));
        // nobody reads what somebody else is told; and of what they are told themselves, only what they may see at that moment
        model.Entity<Notification>().HasQueryFilter(VisibilityFilter, n => n.MemberId == db.ActorId
            && (db.SeesAll || n.CustomerId == null || db.Customers.Any(c => c.Id == n.CustomerId)) && (db.SeesAll || n.TaskId == null || db.Tasks.Any(t => t.Id == n.TaskId))
            && (db.SeesAll || n.CaseId == null || db.Cases.Any(c => c.Id == n.CaseId)));
        model.Entity<NotificationChoice>().HasQueryFilter(VisibilityFilter, c => c.MemberId == db.ActorId);
        model.Entity<Merge>().HasQueryFilter(VisibilityFilter, m => db.SeesAll || db.Customers.Any(c => c.Id == m.SurvivorId));
        model.Entity<DuplicatePair>().HasQueryFilter(VisibilityFilter, p => db.SeesAll || (db.Customers.Any(c => c.Id == p.FirstId) && db.Customers.Any(c => c.Id == p.SecondId)));
        // counted by owner and team: everybody sums what they may see
        model.Entity<QualityCount>().HasQueryFilter(VisibilityFilter, q =>
            db.SeesAll || q.OwnerId == db.ActorId || (db.SeesTeam && q.TeamId != null && db.ActorTeams.Contains(q.TeamId.Value)));
        model.Entity<StaleTask>().HasQueryFilter(VisibilityFilter, s => db.SeesAll || db.Customers.Any(c => c.Id == s.CustomerId));
        // what hangs on a customer of sales and service, likewise; a line is where its order is
        model.Entity<Order>().HasQueryFilter(VisibilityFilter, o => db.SeesAll || db.Customers.Any(c => c.Id == o.CustomerId));
        model.Entity<OrderLine>().HasQueryFilter(VisibilityFilter, l => db.SeesAll || db.Orders.Any(o => o.Id == l.OrderId));
        model.Entity<Deal>().HasQueryFilter(VisibilityFilter, d => db.SeesAll || db.Customers.Any(c => c.Id == d.CustomerId));
        model.Entity<DealLine>().HasQueryFilter(VisibilityFilter, l => db.SeesAll || db.Deals.Any(d => d.Id == l.DealId));
        model.Entity<StageStay>().HasQueryFilter(VisibilityFilter, s => db.SeesAll || db.Deals.Any(d => d.Id == s.DealId));
        model.Entity<Case>().HasQueryFilter(VisibilityFilter, x => db.SeesAll || db.Customers.Any(c => c.Id == x.CustomerId));
        model.Entity<CaseInteraction>().HasQueryFilter(VisibilityFilter, x => db.SeesAll || db.Cases.Any(c => c.Id == x.CaseId));
        model.Entity<Membership>().HasQueryFilter(VisibilityFilter, m => db.SeesAll || db.Customers.Any(c => c.Id == m.CustomerId));
        // kept by whose customers they are as well: everybody sums up what they may see, as the deals of today
        model.Entity<ForecastSnapshot>().HasQueryFilter(VisibilityFilter, s =>
            db.SeesAll || s.CustomerOwnerId == db.ActorId || (db.SeesTeam && s.CustomerTeamId != null && db.ActorTeams.Contains(s.CustomerTeamId.Value)));
        model.Entity<CrmTask>().HasQueryFilter(VisibilityFilter, t =>
            db.SeesAll || t.OwnerId == db.ActorId || t.CreatedById == db.ActorId || db.Customers.Any(c => c.Id == t.CustomerId));
        // what is about no customer is kept from members by permission, but for tasks and imports, which are somebody's
        model.Entity<Change>().HasQueryFilter(VisibilityFilter, x => db.SeesAll
            || (x.CustomerId != null ? db.Customers.Any(c => c.Id == x.CustomerId)
                : x.Record == RecordKind.Task ? db.Tasks.Any(t => t.Id == x.RecordId) : x.Record != RecordKind.Import || x.MemberId == db.ActorId));
        model.Entity<Change>().HasQueryFilter(FieldsFilter, x => db.SeesEveryField || x.Field == null || x.Record != RecordKind.Customer
            || !db.CustomFields.Any(f => f.VisibleTo != Role.None && (f.VisibleTo & db.ActorRoles) == Role.None && x.Field == CustomField.Prefix + f.Key));
    }

    /// <summary>
    /// The same rows, without the condition of visibility where the actor sees everything anyway: the engines keep a condition on a parameter
    /// in the plan, and with it no index covers a list or a count.
    /// </summary>
    public static IQueryable<T> Seen<T>(this CrmDb db, IQueryable<T> rows)
        where T : class, ITenantOwned => db.SeesAll ? rows.IgnoreQueryFilters([VisibilityFilter]) : rows;

    /// <summary>Stamps the tenant on a row at the moment it is added, so that composite keys are whole before anything points to them.</summary>
    internal static void StampNewRows(this ChangeTracker changes, CrmDb db) => changes.Tracking += (_, e) =>
    {
        if (e is { State: EntityState.Added, Entry.Entity: Customer customer }) customer.CameBy(db.Current.Via);
        if (e is { State: EntityState.Added, Entry.Entity: ITenantOwned { TenantId: 0 } }) e.Entry.Property(nameof(ITenantOwned.TenantId)).CurrentValue = db.TenantId;
    };

    /// <summary>Rows of another tenant are refused, whichever way they came into the tracker.</summary>
    /// <exception cref="InvalidOperationException">A changed row belongs to another tenant.</exception>
    internal static void RefuseForeignRows(this ChangeTracker changes, CurrentTenant tenant)
    {
        foreach (var entry in changes.Entries<ITenantOwned>())
        {
            if (entry.State is EntityState.Unchanged or EntityState.Detached) continue;
            var property = entry.Property(row => row.TenantId);
            if (property.CurrentValue != tenant.Id || (entry.State != EntityState.Added && property.OriginalValue != tenant.Id))
                throw new InvalidOperationException($"A row of {entry.Metadata.ClrType.Name} belongs to another tenant.");
        }
    }

    private static void Filter<T>(EntityTypeBuilder entity, string name, Expression<Func<T, bool>> filter)
    {
        var row = Expression.Parameter(entity.Metadata.ClrType, "row");
        var body = new ReplaceParameter(filter.Parameters[0], row).Visit(filter.Body);
        entity.HasQueryFilter(name, Expression.Lambda(body, row));
    }

    private sealed class ReplaceParameter(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
