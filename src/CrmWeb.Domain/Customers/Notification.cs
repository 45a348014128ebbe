using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers;

/// <summary>What a member is told of. Numbers are stored: add at the end, never renumber.</summary>
public enum NotificationKind
{
    /// <summary>Somebody named them in a text.</summary>
    Mention = 0,

    /// <summary>A customer is theirs from now on, or as many as are counted.</summary>
    Assigned = 1,

    /// <summary>Somebody gave them a task.</summary>
    Task = 2,

    /// <summary>A contact was logged with a customer they follow, or a note written.</summary>
    Contact = 3,

    /// <summary>A customer they follow came to another stage.</summary>
    Stage = 4,

    /// <summary>A customer they follow got another owner.</summary>
    Owner = 5,

    /// <summary>A customer they follow was archived or restored.</summary>
    Archived = 6,

    /// <summary>Their import or bulk edit has ended.</summary>
    Job = 7,

    /// <summary>A file was added to a customer they follow.</summary>
    File = 8,

    /// <summary>Somebody gave them a case.</summary>
    Case = 9,

    /// <summary>The time of a case of theirs runs out.</summary>
    CaseDue = 10,

    /// <summary>The time of a case ran out: of theirs, or of one that they are to look after now.</summary>
    CaseLate = 11,
}

/// <summary>How a member wants to be told. Everything but <see cref="Nothing"/> stands at the bell. Numbers are stored.</summary>
public enum NotificationWay
{
    Nothing = 0,
    Bell = 1,
    Mail = 2,
    Digest = 3,
}

/// <summary>
/// One thing a member is told. It holds no words: what it says is read, with the rights of that moment, whenever it is shown or sent. Several of a kind
/// about one customer within a while are one row that counts them.
/// </summary>
public sealed class Notification : TenantOwned
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>What happens within this time after the last is told with it.</summary>
    public static readonly TimeSpan Folded = TimeSpan.FromHours(1);

    /// <summary>More are counted as this many and a plus.</summary>
    public const int MostCounted = 99;

    private Notification() { }

    public Notification(long memberId, NotificationKind kind, long? byId, DateTime now) => (MemberId, Kind, ById, At, Count) = (memberId, kind, byId, now, 1);

    /// <summary>Who is told.</summary>
    public long MemberId { get; private set; }

    public Member? Member { get; private set; }

    public NotificationKind Kind { get; private set; }

    /// <summary>Who did it, the last time; null where no member stands behind it.</summary>
    public long? ById { get; private set; }

    public Member? By { get; private set; }

    public long? CustomerId { get; init; }

    public Customer? Customer { get; private set; }

    /// <summary>The last contact, or the one whose text names the member.</summary>
    public long? InteractionId { get; init; }

    public Interaction? Interaction { get; private set; }

    public long? TaskId { get; init; }

    public CrmTask? Task { get; private set; }

    /// <summary>By number alone: what this noun is about comes after it.</summary>
    public long? CaseId { get; init; }

    /// <summary>The job that ended. By number alone: the notification may outlive it.</summary>
    public long? JobNumber { get; init; }

    /// <summary>Of the last one.</summary>
    public DateTime At { get; private set; }

    /// <summary>How many it stands for.</summary>
    public int Count { get; init; }

    public DateTime? ReadAt { get; private set; }

    /// <summary>When it shall be in a mail; null when in none, or no more.</summary>
    public DateTime? MailDueAt { get; init; }

    public DateTime? MailedAt { get; private set; }
}

/// <summary>A member's own choice for one kind; without a row the default of the kind holds.</summary>
public sealed class NotificationChoice : ITenantOwned
{
    private NotificationChoice() { }

    public NotificationChoice(long memberId, NotificationKind kind, NotificationWay way) => (MemberId, Kind, Way) = (memberId, kind, way);

    public long TenantId { get; private set; }

    public long MemberId { get; private set; }

    public Member? Member { get; private set; }

    public NotificationKind Kind { get; private set; }

    public NotificationWay Way { get; set; }
}

public static class NotificationKinds
{
    public static readonly IReadOnlyList<NotificationKind> All = Enum.GetValues<NotificationKind>();

    /// <summary>Quiet: what is meant for this one member comes by mail too, together and only while unread; the rest waits at the bell.</summary>
    public static NotificationWay DefaultWay(this NotificationKind kind) =>
        kind is NotificationKind.Mention or NotificationKind.Assigned or NotificationKind.Task or NotificationKind.Case or NotificationKind.CaseLate ? NotificationWay.Digest : NotificationWay.Bell;

    public static bool IsFolded(this NotificationKind kind) =>
        kind is NotificationKind.Contact or NotificationKind.Stage or NotificationKind.Owner or NotificationKind.Archived or NotificationKind.File;
}
