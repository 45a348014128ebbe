using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Quality;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Quality;

/// <summary>What a rule about stale records asks past what somebody sees: deleted tasks count as answers too.</summary>
public static class StaleCustomers
{
    /// <summary>
    /// Of the customers, those of whom the rule may make a task now: none is open, and the last one was not closed or thrown away since. The task is looked
    /// for where it stands by now, for it moves with a merge.
    /// </summary>
    public static IQueryable<Customer> WithoutTaskOf(this CrmDb db, IQueryable<Customer> customers, long ruleId, DateTime since) =>
        customers.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => c.DeletedAt == null && !db.StaleTasks.Any(s => s.RuleId == ruleId
            && (s.CustomerId == c.Id || s.Task!.CustomerId == c.Id)
            && ((s.Task!.DoneAt == null && s.Task.DeletedAt == null) || s.Task.DoneAt >= since || s.Task.DeletedAt >= since)));

    /// <summary>Those that this member sees.</summary>
    public static IQueryable<Customer> SeenBy(this IQueryable<Customer> customers, Actor actor)
    {
        var (me, teams) = (actor.MemberId, actor.TeamIds);
        return actor.Sees switch
        {
            Visibility.All => customers,
            Visibility.Team => customers.Where(c => c.OwnerId == me || (c.TeamId != null && teams.Contains(c.TeamId.Value))),
            _ => customers.Where(c => c.OwnerId == me),
        };
    }

    /// <summary>Open tasks of the rule whose customer is fresh again.</summary>
    public static IQueryable<CrmTask> FreshAgain(this CrmDb db, StaleRule rule, DateTime since)
    {
        var (id, contact, update) = (rule.Id, rule.Since != StaleSince.Update, rule.Since != StaleSince.Contact);
        return from s in db.StaleTasks
               where s.RuleId == id
               join t in db.Tasks on s.TaskId equals t.Id
               join c in db.Customers on t.CustomerId equals c.Id
               where t.DoneAt == null && ((contact && c.LastInteractionAt >= since) || (update && c.UpdatedAt >= since))
               select t;
    }

    /// <summary>Tasks that a member got of the rule since an instant, be they done by now.</summary>
    public static Task<int> GotOf(this CrmDb db, long ruleId, long memberId, DateTime since, CancellationToken stop) =>
        db.StaleTasks.IgnoreQueryFilters(TenantScoping.Unseen).CountAsync(s => s.RuleId == ruleId && s.MadeAt >= since && s.Task!.OwnerId == memberId, stop);

    /// <summary>The rows of these customers, to be renewed.</summary>
    public static Task<Dictionary<long, StaleTask>> TasksOf(this CrmDb db, long ruleId, IReadOnlyCollection<long> customers, CancellationToken stop) =>
        db.StaleTasks.IgnoreQueryFilters(TenantScoping.Unseen).Where(s => s.RuleId == ruleId && customers.Contains(s.CustomerId)).ToDictionaryAsync(s => s.CustomerId, stop);
}
