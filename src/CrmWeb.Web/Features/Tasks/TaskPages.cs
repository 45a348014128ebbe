using System.Globalization;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Tasks;

/// <summary>A task as its list shows it.</summary>
public sealed record TaskRow(
    long Id, string Title, DateOnly DueOn, Priority Priority, Repeat Repeat, long OwnerId, string OwnerName, long? CustomerId, string? CustomerName, DateTime? DoneAt);

/// <summary>
/// Orders and pages of the list of tasks, by key. A cursor is the key of the row at the edge: due day, priority and id, joined by dots.
/// </summary>
public sealed class TaskPages
{
    public const int Size = 50;
    private const int CountedUpTo = 10_000;

    private readonly bool _byPriority;
    private readonly bool _descending;

    public TaskPages(string? sort)
    {
        _byPriority = sort is "priority" or "-priority";
        _descending = sort is "-due" or "-priority";
        Sort = sort is "-due" or "priority" or "-priority" ? sort : "due";
    }

    /// <summary>The order that holds: an unknown one falls back to the due day.</summary>
    public string Sort { get; }

    public async Task<(List<TaskRow> Rows, Pager Pager)> Page(IQueryable<CrmTask> tasks, string? after, string? before, CancellationToken stop)
    {
        var total = await tasks.Take(CountedUpTo + 1).CountAsync(stop);
        var back = after is null && before is not null;
        var from = Read(after ?? before);
        var ordered = Order(from is { } cursor ? Beyond(tasks, cursor, back) : tasks, back);
        var rows = await Rows(ordered.Take(Size + 1)).ToListAsync(stop);

        var more = rows.Count > Size;
        if (more) rows.RemoveAt(Size);
        if (back) rows.Reverse();
        var hasBefore = back ? more : from is not null;
        var hasAfter = back || more;
        return (rows, new Pager(
            hasBefore && rows.Count > 0 ? Write(rows[0]) : null, hasAfter && rows.Count > 0 ? Write(rows[^1]) : null, rows.Count,
            new CappedCount(Math.Min(total, CountedUpTo), total > CountedUpTo)));
    }

    /// <summary>The tasks that follow a cursor, in order; null when it is none.</summary>
    public IQueryable<CrmTask>? Following(IQueryable<CrmTask> tasks, string? after)
    {
        if (string.IsNullOrEmpty(after)) return Order(tasks);
        return Read(after) is { } cursor ? Order(Beyond(tasks, cursor, back: false)) : null;
    }

    public IQueryable<TaskRow> Rows(IQueryable<CrmTask> tasks) => tasks.Select(t => new TaskRow(
        t.Id, t.Title, t.DueOn, t.Priority, t.Repeat, t.OwnerId, t.Owner!.Name, t.CustomerId, t.Customer!.Name, t.DoneAt));

    public IQueryable<CrmTask> Order(IQueryable<CrmTask> tasks, bool back = false)
    {
        // "priority" puts the highest first; within a priority the earliest is first either way
        if (_byPriority)
        {
            var highFirst = !_descending;
            var ordered = highFirst == back ? tasks.OrderBy(t => t.Priority) : tasks.OrderByDescending(t => t.Priority);
            return back ? ordered.ThenByDescending(t => t.DueOn).ThenByDescending(t => t.Id) : ordered.ThenBy(t => t.DueOn).ThenBy(t => t.Id);
        }

        return _descending == back ? tasks.OrderBy(t => t.DueOn).ThenBy(t => t.Id) : tasks.OrderByDescending(t => t.DueOn).ThenByDescending(t => t.Id);
    }

    private IQueryable<CrmTask> Beyond(IQueryable<CrmTask> tasks, Cursor cursor, bool back)
    {
        var (due, priority, id) = cursor;
        if (_byPriority)
        {
            var higher = _descending != back;
            var rest = back
                ? tasks.Where(t => t.Priority != priority || t.DueOn < due || (t.DueOn == due && t.Id < id))
                : tasks.Where(t => t.Priority != priority || t.DueOn > due || (t.DueOn == due && t.Id > id));
            return higher ? rest.Where(t => t.Priority >= priority) : rest.Where(t => t.Priority <= priority);
        }

        return _descending == back
            ? tasks.Where(t => t.DueOn > due || (t.DueOn == due && t.Id > id))
            : tasks.Where(t => t.DueOn < due || (t.DueOn == due && t.Id < id));
    }

    private static string Write(TaskRow row) => Write(row.DueOn, row.Priority, row.Id);

    public static string Write(DateOnly dueOn, Priority priority, long id) => string.Create(CultureInfo.InvariantCulture, $"{dueOn.DayNumber}.{(int)priority}.{id}");

    private static Cursor? Read(string? text) =>
        text?.Split('.') is [var day, var priority, var id]
            && int.TryParse(day, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= DateOnly.MaxValue.DayNumber
            && int.TryParse(priority, NumberStyles.None, CultureInfo.InvariantCulture, out var level)
            && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            ? new Cursor(DateOnly.FromDayNumber(number), (Priority)level, row)
            : null;

    private readonly record struct Cursor(DateOnly DueOn, Priority Priority, long Id);
}
