using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers.Quality;

/// <summary>What must not lie too long back. Numbers are stored: add at the end.</summary>
public enum StaleSince
{
    /// <summary>The last contact, or the creation where there was none.</summary>
    Contact = 0,

    /// <summary>The last edit of the record.</summary>
    Update = 1,

    /// <summary>The later of both.</summary>
    Either = 2,
}

/// <param name="Stages">None: any.</param>
/// <param name="ViewId">A saved view that customers must be in as well.</param>
/// <param name="MemberId">Who gets the tasks; null: the owner of each customer.</param>
/// <param name="MostPerNight">Tasks that one member gets of this rule in a day.</param>
public sealed record StaleRuleDetails(
    string Name, CustomFields.StageSet Stages, long? ViewId, StaleSince Since, int Days, string TaskTitle, long? MemberId, int DueInDays, int MostPerNight);

/// <summary>Customers that nobody contacted or edited for so long become tasks, every night; a task closes by itself when its customer is fresh again.</summary>
public sealed class StaleRule : TenantOwned, IVersioned, IDeletable
{
    public const int NameLength = 120;
    public const int MostDays = 3650;
    public const int MostDueInDays = 365;
    public const int MostTasks = 200;

    /// <summary>Rules of a tenant.</summary>
    public const int Most = 50;

    private StaleRule() { }

    public StaleRule(StaleRuleDetails details, long createdById)
    {
        (CreatedById, IsOn) = (createdById, true);
        Change(details);
    }

    public string Name { get; private set; } = "";

    public CustomFields.StageSet Stages { get; private set; }

    public long? ViewId { get; private set; }

    public SavedView? View { get; private set; }

    public StaleSince Since { get; private set; }

    public int Days { get; private set; }

    public string TaskTitle { get; private set; } = "";

    public long? MemberId { get; private set; }

    public Member? Member { get; private set; }

    public int DueInDays { get; private set; }

    public int MostPerNight { get; private set; }

    public bool IsOn { get; private set; }

    /// <summary>In whose name the tasks are made.</summary>
    public long CreatedById { get; private set; }

    public DateTime? DeletedAt { get; private set; }

    public int Version { get; private set; }

    public StaleRuleDetails Details => new(Name, Stages, ViewId, Since, Days, TaskTitle, MemberId, DueInDays, MostPerNight);

    public void Change(StaleRuleDetails details)
    {
        (Name, Stages, ViewId, Since, Days) = (details.Name.Trim(), details.Stages, details.ViewId, details.Since, details.Days);
        (TaskTitle, MemberId, DueInDays, MostPerNight) = (details.TaskTitle.Trim(), details.MemberId, details.DueInDays, details.MostPerNight);
    }

    public void Switch(bool on) => IsOn = on;

    public void Delete(DateTime now) => DeletedAt ??= now;

    public void Restore() => DeletedAt = null;
}

/// <summary>The task that a rule last made of a customer. One row for each of both, so that two runs at once never make two tasks of one.</summary>
public sealed class StaleTask : TenantOwned, IVersioned
{
    private StaleTask() { }

    public StaleTask(long ruleId, long customerId, CrmTask task, DateTime now) => (RuleId, CustomerId, Task, MadeAt) = (ruleId, customerId, task, now);

    public long RuleId { get; private set; }

    public StaleRule? Rule { get; private set; }

    public long CustomerId { get; private set; }

    public Customer? Customer { get; private set; }

    public long TaskId { get; private set; }

    public CrmTask? Task { get; private set; }

    public DateTime MadeAt { get; private set; }

    public int Version { get; private set; }

    /// <summary>The task before is done, and it is time again.</summary>
    public void Renew(CrmTask task, DateTime now) => (Task, MadeAt) = (task, now);
}
