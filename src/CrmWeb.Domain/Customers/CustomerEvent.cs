using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers;

/// <summary>Something that happened to a customer, written in the transaction of the fact. Journeys and webhooks read these rows; they never change.</summary>
public sealed class CustomerEvent : TenantOwned
{
    public const int KindLength = 40;
    public const string InteractionLogged = "interaction-logged";
    public const string InteractionPlanned = "interaction-planned";
    public const string Created = "created";
    public const string Archived = "archived";
    public const string Restored = "restored";
    public const string OrderPlaced = "order-placed";
    public const string OrderReturned = "order-returned";
    public const string DealOpened = "deal-opened";
    public const string DealWon = "deal-won";
    public const string DealLost = "deal-lost";
    public const string CaseOpened = "case-opened";
    public const string CaseResolved = "case-resolved";
    public const string CaseClosed = "case-closed";

    /// <summary>A case was closed: the customer is to be asked how it went.</summary>
    public const string SatisfactionDue = "satisfaction-due";

    /// <summary>The customer came into the segment of <see cref="SubjectId"/>.</summary>
    public const string SegmentEntered = "segment-entered";

    /// <summary>The customer went out of the segment of <see cref="SubjectId"/>.</summary>
    public const string SegmentLeft = "segment-left";

    private const string StageChanged = "stage-changed-to-";

    /// <summary>What happened to the customer's own record.</summary>
    private static readonly string[] OfItself = [Created, Archived, Restored];

    private CustomerEvent() { }

    /// <param name="subjectId">As <see cref="SubjectId"/>.</param>
    public CustomerEvent(string kind, long? memberId, DateTime occurredAt, long? subjectId = null) =>
        (Kind, HasOwnEntry, MemberId, OccurredAt, SubjectId) = (kind, !OfItself.Contains(kind) && StageOf(kind) is null, memberId, occurredAt, subjectId);

    /// <summary>The kind of event that says which stage a customer came to.</summary>
    public static string CameTo(LifecycleStage stage) => StageChanged + stage.ToString().ToLowerInvariant();

    /// <summary>The stage that <see cref="CameTo"/> wrote into a kind; null for other kinds.</summary>
    public static LifecycleStage? StageOf(string kind) =>
        kind.StartsWith(StageChanged, StringComparison.Ordinal) && Enum.TryParse<LifecycleStage>(kind.AsSpan(StageChanged.Length), ignoreCase: true, out var stage) ? stage : null;

    public long CustomerId { get; private set; }

    public Customer? Customer { get; private set; }

    public string Kind { get; private set; } = "";

    /// <summary>The interaction, order, deal, case or membership itself tells it to whoever reads the timeline; the index of the other events leaves these out.</summary>
    public bool HasOwnEntry { get; private set; }

    public long? MemberId { get; private set; }

    public DateTime OccurredAt { get; private set; }

    /// <summary>The number of what it is about, where the kind says so.</summary>
    public long? SubjectId { get; private set; }
}
