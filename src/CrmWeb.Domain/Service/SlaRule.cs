using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Service;

/// <summary>How fast cases of a priority are answered and resolved, for customers of a service tier.</summary>
public sealed class SlaRule : TenantOwned, IVersioned
{
    /// <summary>A year of days and nights.</summary>
    public const int MostMinutes = 366 * 24 * 60;

    private SlaRule() { }

    /// <param name="serviceTierId">Null: customers without a tier, and those of tiers without a rule of their own.</param>
    public SlaRule(Priority priority, long? serviceTierId) => (Priority, ServiceTierId) = (priority, serviceTierId);

    public Priority Priority { get; private set; }

    public long? ServiceTierId { get; private set; }

    public ServiceTier? ServiceTier { get; private set; }

    /// <summary>Business minutes until the first answer; null: no promise.</summary>
    public int? AnswerMinutes { get; private set; }

    /// <summary>Business minutes until it is resolved; null: no promise.</summary>
    public int? ResolveMinutes { get; private set; }

    public int Version { get; private set; }

    public void Promise(int? answerMinutes, int? resolveMinutes) => (AnswerMinutes, ResolveMinutes) = (answerMinutes, resolveMinutes);

    /// <summary>The rule of the tier where it has one, else the one for everybody.</summary>
    public static SlaRule? For(IEnumerable<SlaRule> rules, Priority priority, long? serviceTierId)
    {
        var ofPriority = rules.Where(rule => rule.Priority == priority).ToList();
        return ofPriority.Find(rule => serviceTierId is not null && rule.ServiceTierId == serviceTierId) ?? ofPriority.Find(rule => rule.ServiceTierId is null);
    }
}

/// <summary>What a case is held to.</summary>
/// <param name="AnswerMinutes">Business minutes; null: no promise.</param>
/// <param name="ResolveMinutes">Business minutes; null: no promise.</param>
public sealed record SlaClock(BusinessCalendar Calendar, int? AnswerMinutes, int? ResolveMinutes)
{
    /// <summary>How much of the time has passed when the owner is warned.</summary>
    public const int WarnPercent = 80;

    public static SlaClock Of(BusinessCalendar calendar, SlaRule? rule) => new(calendar, rule?.AnswerMinutes, rule?.ResolveMinutes);

    /// <summary>When a promise runs out; null: no promise.</summary>
    /// <param name="waited">Business minutes that do not count.</param>
    public DateTime? Due(DateTime from, int? promised, int waited) => promised is { } minutes ? Calendar.After(from, minutes + waited) : null;

    /// <summary>When so much of the promised time has passed that somebody should hurry.</summary>
    /// <param name="waited">Business minutes that do not count.</param>
    public DateTime? Warning(DateTime from, int? promised, int waited) => Due(from, promised * WarnPercent / 100, waited);
}
