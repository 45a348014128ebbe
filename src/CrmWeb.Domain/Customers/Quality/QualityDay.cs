using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers.Quality;

/// <summary>A day on which the data of a tenant was looked through: when exactly, and what counted as fresh then.</summary>
public sealed class QualityDay : TenantOwned
{
    /// <summary>Every day is kept for so long, after that one a week.</summary>
    public const int KeptDaily = 60;

    /// <summary>Days after which it goes.</summary>
    public const int Kept = 400;

    private QualityDay() { }

    public QualityDay(DateOnly day, DateTime countedAt, int freshDays) => (Day, CountedAt, FreshDays) = (day, countedAt, freshDays);

    /// <summary>In the time zone of the tenant.</summary>
    public DateOnly Day { get; private set; }

    public DateTime CountedAt { get; private set; }

    public int FreshDays { get; private set; }
}

/// <summary>
/// How many customers of one owner, team, origin, stage and kind there were on a day, and of how many something is true. Rows are kept by owner and team,
/// so that each reader sums what they may see. They name both by number alone: the numbers outlive a team.
/// </summary>
public sealed class QualityCount : TenantOwned
{
    public const int FieldLength = CustomFields.CustomField.KeyLength + 10;

    /// <summary>The <see cref="Field"/> of the row about the records as a whole.</summary>
    public const string Record = "";

    private QualityCount() { }

    public QualityCount(string field, long? ownerId, long? teamId, Via? origin, LifecycleStage stage, CustomerKind kind) =>
        (Field, OwnerId, TeamId, Origin, Stage, Kind) = (field, ownerId, teamId, origin, stage, kind);

    public long DayId { get; private set; }

    public QualityDay? Day { get; private set; }

    /// <summary>The name of a field as in the list's filters, or <see cref="Record"/>. Rows of fields are kept for the newest day only.</summary>
    public string Field { get; private set; } = "";

    public long? OwnerId { get; private set; }

    public long? TeamId { get; private set; }

    public Via? Origin { get; private set; }

    public LifecycleStage Stage { get; private set; }

    public CustomerKind Kind { get; private set; }

    /// <summary>Customers; only in the row of the records.</summary>
    public int Total { get; set; }

    /// <summary>Of a field: the customers that have a value. Of the records: those that miss nothing they need.</summary>
    public int Filled { get; set; }

    /// <summary>Those with a value that cannot be right.</summary>
    public int Invalid { get; set; }

    /// <summary>Of a field: those that have a value which was set long ago. Of the records: the stale ones.</summary>
    public int Stale { get; set; }

    /// <summary>Records in an open pair of duplicates, whoever may see the other one.</summary>
    public int Duplicate { get; set; }

    /// <summary>Records that miss nothing, with no value that cannot be right, and fresh.</summary>
    public int Sound { get; set; }

    /// <summary>Sound ones that are in no open pair of duplicates: what data quality is the share of.</summary>
    public int Passing { get; set; }
}
