using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Tasks;

/// <summary>Whose tasks. "All" is all that the member may see.</summary>
public enum TaskScope
{
    Mine,
    Team,
    All,
}

/// <summary>What the list of tasks shows, all of it in its address. Without a filter by state it shows the open ones.</summary>
public sealed record TaskFilter(TaskScope Scope, IReadOnlyList<Filter> Filters, string? Search)
{
    private const string Open = "open";
    private const string Overdue = "overdue";
    private const string Finished = "done";

    public static IReadOnlyList<FilterField> Fields(IStringLocalizer L, IReadOnlyList<SelectListItem> members, string customersUrl) =>
    [
        new("state", L["State"], FilterKind.Choice, [new(L["Open"], Open), new(L["Overdue"], Overdue), new(L["Done"], Finished)]),
        new("priority", L["Priority"], FilterKind.Choice, Words.Choices<Priority>(p => L.Of(p))),
        new("due", L["Due"], FilterKind.Date),
        new("owner", L["Owner"], FilterKind.Choice, members),
        new("customer", L["Customer"], FilterKind.Picker, Url: customersUrl),
    ];

    public static TaskFilter Read(IQueryCollection query, IReadOnlyList<FilterField> fields) =>
        new(Enum.TryParse<TaskScope>(query["scope"], ignoreCase: true, out var scope) && Enum.IsDefined(scope) ? scope : TaskScope.Mine,
            Shared.Filters.Read(query, fields), query["q"].ToString() is { Length: > 0 } q ? q.Trim() : null);

    /// <summary>Tasks of every state, where no state is asked for.</summary>
    public bool WithDone { get; init; }

    public bool IsNarrow => Filters.Count > 0 || Search is not null;

    public IQueryable<CrmTask> Of(CrmDb db, CurrentMember me)
    {
        var (tasks, id, teams) = (db.Tasks.AsNoTracking(), me.Id, me.Pass.Teams);
        tasks = Scope switch
        {
            TaskScope.Mine => tasks.Where(t => t.OwnerId == id),
            TaskScope.Team => tasks.Where(t => db.TeamMemberships.Any(m => m.MemberId == t.OwnerId && teams.Contains(m.TeamId))),
            _ => tasks,
        };
        if (!WithDone && Filters.All(filter => filter.Field.Key != "state")) tasks = tasks.Where(t => t.DoneAt == null);
        if (Search is { } search) tasks = tasks.Where(AnyCase.Contains<CrmTask>(t => t.Title, search));
        return Filters.Aggregate(tasks, (left, filter) => Narrow(left, filter, me.Today));
    }

    private static IQueryable<CrmTask> Narrow(IQueryable<CrmTask> tasks, Filter filter, DateOnly today) => filter.Field.Key switch
    {
        "state" => ByState(tasks, filter, today),
        "priority" => ByPriority(tasks, filter),
        "due" => ByDay(tasks, filter, today),
        "owner" => ByOwner(tasks, filter),
        _ => ByCustomer(tasks, filter),
    };

    private static IQueryable<CrmTask> ByState(IQueryable<CrmTask> tasks, Filter filter, DateOnly today)
    {
        bool Wants(string state) => filter.Operator switch
        {
            "none" => !filter.Values.Contains(state, StringComparer.Ordinal),
            "any" => filter.Values.Contains(state, StringComparer.Ordinal),
            _ => filter.Operator == Shared.Filters.Filled,
        };
        // "open" covers the overdue, unless those are what is not wanted
        var (late, done) = (Wants(Overdue), Wants(Finished));
        var early = Wants(Open);
        if (filter.Operator == "any" && early) late = true;
        return tasks.Where(t => (early && t.DoneAt == null && t.DueOn >= today) || (late && t.DoneAt == null && t.DueOn < today) || (done && t.DoneAt != null));
    }

    private static IQueryable<CrmTask> ByPriority(IQueryable<CrmTask> tasks, Filter filter)
    {
        var asked = filter.Values.Select(value => Enum.TryParse<Priority>(value, ignoreCase: true, out var priority) ? priority : (Priority?)null).OfType<Priority>().ToArray();
        return filter.Operator switch
        {
            "any" => tasks.Where(t => asked.Contains(t.Priority)),
            "none" => tasks.Where(t => !asked.Contains(t.Priority)),
            Shared.Filters.Empty => tasks.Where(t => false),
            _ => tasks,
        };
    }

    private static IQueryable<CrmTask> ByOwner(IQueryable<CrmTask> tasks, Filter filter)
    {
        var asked = Ids(filter);
        return filter.Operator switch
        {
            "any" => tasks.Where(t => asked.Contains(t.OwnerId)),
            "none" => tasks.Where(t => !asked.Contains(t.OwnerId)),
            Shared.Filters.Empty => tasks.Where(t => false),
            _ => tasks,
        };
    }

    private static IQueryable<CrmTask> ByCustomer(IQueryable<CrmTask> tasks, Filter filter)
    {
        var asked = Ids(filter);
        return filter.Operator switch
        {
            "any" => tasks.Where(t => t.CustomerId != null && asked.Contains(t.CustomerId.Value)),
            "none" => tasks.Where(t => t.CustomerId == null || !asked.Contains(t.CustomerId.Value)),
            Shared.Filters.Empty => tasks.Where(t => t.CustomerId == null),
            _ => tasks.Where(t => t.CustomerId != null),
        };
    }

    private static IQueryable<CrmTask> ByDay(IQueryable<CrmTask> tasks, Filter filter, DateOnly today)
    {
        var range = DayFilter.Of(filter, today);
        if (filter.Operator == Shared.Filters.Empty) return tasks.Where(t => false);
        if (range.From is { } from) tasks = tasks.Where(t => t.DueOn >= from);
        if (range.To is { } to) tasks = tasks.Where(t => t.DueOn <= to);
        return tasks;
    }

    private static long[] Ids(Filter filter) =>
        [.. filter.Values.Select(value => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)];
}
