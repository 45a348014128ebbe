namespace CrmWeb.Domain.Tenants;

/// <summary>What kind of record a change is about. Numbers are stored: add at the end, never renumber.</summary>
public enum RecordKind
{
    Customer = 1,
    Interaction = 2,
    Task = 3,
    Tag = 4,
    Member = 5,
    Team = 6,
    Invitation = 7,
    Tenant = 8,
    RoleVisibility = 9,
    ContactCadence = 10,
    Import = 11,
    ApiKey = 12,
    CustomField = 13,
    CustomFieldGroup = 14,
    CustomFieldOption = 15,
    SavedView = 16,
    Attachment = 17,
    Product = 18,
    Order = 19,
    Deal = 20,
    Case = 21,
    ExchangeRate = 22,
    Pipeline = 23,
    Stage = 24,
    Reason = 25,
    ServiceTier = 26,
    SlaRule = 27,
    Holiday = 28,
    OpeningTime = 29,
    DataField = 30,
    StaleRule = 31,
    CostRate = 32,
    Segment = 33,
}

/// <summary>What happened: a field got another value, or the record as a whole came or went.</summary>
public enum Act
{
    Changed = 0,
    Created = 1,
    Archived = 2,
    Restored = 3,
    Deleted = 4,
}

/// <summary>The way a change came in.</summary>
public enum Via
{
    Page = 0,
    Api = 1,
    Import = 2,
    Bulk = 3,
    Job = 4,
    Command = 5,
}

/// <summary>
/// One field of one record that got another value, or one record that came or went: who, when, how, from what to what. Written in the transaction of the
/// change itself, and never changed. It points to its record by number alone, so that it outlives it.
/// </summary>
public sealed class Change : ITenantOwned
{
    public const int FieldLength = 80;

    /// <summary>As the longest text of any field.</summary>
    public const int ValueLength = 32_000;

    private Change() { }

    public Change(RecordKind record, long recordId, long? customerId = null) => (Record, RecordId, CustomerId) = (record, recordId, customerId);

    public long Id { get; private set; }

    public long TenantId { get; private set; }

    /// <summary>The same for all changes of one save.</summary>
    public DateTime At { get; private set; }

    /// <summary>Null where no member stands behind it.</summary>
    public long? MemberId { get; private set; }

    public Via Via { get; private set; }

    /// <summary>What caused it: the import of <see cref="Via.Import"/>, the job of <see cref="Via.Bulk"/> and <see cref="Via.Job"/>.</summary>
    public long? CauseId { get; private set; }

    public RecordKind Record { get; private set; }

    public long RecordId { get; private set; }

    /// <summary>The customer the record is, or hangs on: whoever may not see that customer does not see the change, and its page tells it.</summary>
    public long? CustomerId { get; private set; }

    public Act Act { get; init; }

    /// <summary>
    /// The property in camelCase, <c>tags</c>, <c>emails</c>, <c>phones</c> for one entry that a customer's list lost or got, <c>custom.KEY</c> for a
    /// field of the tenant's own; null when the record as a whole came or went.
    /// </summary>
    public string? Field { get; init; }

    /// <summary>As <see cref="ChangeText"/> writes it. Of a record that is gone for good: its name.</summary>
    public string? Old { get; init; }

    public string? New { get; init; }

    /// <summary>Who made it, when and how, which the scope of the save knows.</summary>
    public Change By(long? memberId, DateTime at, Via via, long? causeId)
    {
        (MemberId, At, Via, CauseId) = (memberId, at, via, causeId);
        return this;
    }
}
