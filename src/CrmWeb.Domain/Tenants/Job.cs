namespace CrmWeb.Domain.Tenants;

public enum JobState
{
    Waiting = 0,
    Running = 1,
    Done = 2,
    Failed = 3,
    Cancelled = 4,
}

/// <summary>
/// Long work that survives a restart: a row that is due, claimed by one node for the length of a lease. It carries the tenant and the member on
/// whose behalf it runs. A handler may be called again after a crash, so its effect must be the same when repeated.
/// </summary>
public sealed class Job : TenantOwned
{
    public const int KindLength = 40;
    public const int PayloadLength = 4000;
    public const int NoteLength = 500;
    public const int WorkerLength = 80;
    public const int MaxAttempts = 5;
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>How long a finished one is kept; one that its import still shows stays as long as that.</summary>
    public static readonly TimeSpan KeptFinished = TimeSpan.FromDays(90);

    private Job() { }

    public Job(string kind, string payload, long memberId, DateTime now)
    {
        Kind = kind;
        Payload = payload;
        MemberId = memberId;
        CreatedAt = DueAt = now;
    }

    /// <summary>Which handler does it: "import-customers".</summary>
    public string Kind { get; private set; } = "";

    /// <summary>What the handler needs, as JSON or a plain id.</summary>
    public string Payload { get; private set; } = "";

    /// <summary>The member on whose behalf it runs, with that member's rights.</summary>
    public long MemberId { get; private set; }

    public Member? Member { get; private set; }

    public JobState State { get; private set; }

    public DateTime CreatedAt { get; private set; }

    /// <summary>Not before this instant.</summary>
    public DateTime DueAt { get; private set; }

    public DateTime? FinishedAt { get; private set; }

    /// <summary>Pieces done so far.</summary>
    public long Progress { get; private set; }

    /// <summary>Pieces in all; null while unknown.</summary>
    public long? Total { get; private set; }

    /// <summary>What happened, for the person who waits: a result or an error, in one line.</summary>
    public string? Note { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>The node that holds it, and until when. A node that lost its lease can no longer write progress (fencing by <see cref="Attempts"/>).</summary>
    public string? Worker { get; private set; }

    public DateTime? LeasedUntil { get; private set; }
}
