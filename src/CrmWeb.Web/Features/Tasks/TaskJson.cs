using System.Linq.Expressions;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Platform.Api;

namespace CrmWeb.Web.Features.Tasks;

/// <summary>A task as the API tells it.</summary>
[Example("""{"id":55,"title":"Send the offer","note":null,"dueOn":"2026-11-27","priority":"high","repeat":"never","ownerId":3,"createdById":3,"customerId":41,"done":false,"doneAt":null,"createdAt":"2026-11-22T09:58:00Z"}""")]
public sealed record TaskJson(
    long Id, string Title, string? Note, DateOnly DueOn, Priority Priority, Repeat Repeat, long OwnerId, long CreatedById, long? CustomerId, bool Done, DateTime? DoneAt, DateTime CreatedAt);

/// <summary>What is read of a task for the API. A customer that the member does not see is not named.</summary>
internal sealed record TaskReading(TaskJson Json, int Version)
{
    public static readonly Expression<Func<CrmTask, TaskReading>> Of = t => new TaskReading(
        new TaskJson(t.Id, t.Title, t.Note, t.DueOn, t.Priority, t.Repeat, t.OwnerId, t.CreatedById, t.Customer!.Id, t.DoneAt != null, t.DoneAt, t.CreatedAt), t.Version);
}

/// <summary>What a program may say about a task. It becomes the form of the page, and is judged like it.</summary>
[Example("""{"title":"Send the offer","dueOn":"2026-11-27","priority":"high"}""")]
public sealed record TaskInput
{
    public string? Title { get; init; }
    public string? Note { get; init; }
    public DateOnly? DueOn { get; init; }
    public Priority? Priority { get; init; }
    public Repeat Repeat { get; init; }

    /// <summary>The member of the key, unless said.</summary>
    public long? OwnerId { get; init; }

    public long? CustomerId { get; init; }

    /// <summary>True ticks the task off, which makes the next one of a rhythm; false opens it again; without it the task stays as it is.</summary>
    public bool? Done { get; init; }

    public static TaskInput Of(CrmTask t) => new()
    {
        Title = t.Title,
        Note = t.Note,
        DueOn = t.DueOn,
        Priority = t.Priority,
        Repeat = t.Repeat,
        OwnerId = t.OwnerId,
        CustomerId = t.CustomerId,
    };

    public TaskForm ToForm(long me) => new()
    {
        Title = Title,
        Note = Note,
        DueOn = DueOn,
        Priority = Priority ?? Domain.Customers.Priority.Normal,
        Repeat = Repeat,
        OwnerId = OwnerId ?? me,
        CustomerId = CustomerId,
    };
}
