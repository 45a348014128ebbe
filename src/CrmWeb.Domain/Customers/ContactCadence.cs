using System.Linq.Expressions;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers;

/// <summary>How often customers of a lifecycle stage should hear from us. Without a row there is no cadence for the stage.</summary>
public sealed class ContactCadence : TenantOwned
{
    public const int MaxDays = 3650;

    private ContactCadence() { }

    public ContactCadence(LifecycleStage stage, int days) => (Stage, Days) = (stage, days);

    public LifecycleStage Stage { get; private set; }

    /// <summary>Days after the last contact (or the creation, when there was none) at which the next one is due.</summary>
    public int Days { get; set; }

    /// <summary>Since when a contact is waited for: since the last one, or the creation when there was none.</summary>
    public static Expression<Func<Customer, DateTime?>> Since { get; } = c => c.LastInteractionAt ?? (DateTime?)c.CreatedAt;

    /// <summary>For whom of the customers it counts: for each at most one of the tenant's does.</summary>
    public Expression<Func<Customer, bool>> CountsFor()
    {
        var stage = Stage;
        return c => c.Stage == stage;
    }

    /// <summary>The first day that is too late for the last contact: whoever heard from us on an earlier day is due on <paramref name="today"/>.</summary>
    public DateOnly DueBefore(DateOnly today) => today.AddDays(1 - Days);

    /// <summary>The first day on which somebody who last heard from us on <paramref name="day"/> is due.</summary>
    public DateOnly DueAfter(DateOnly day) => day.AddDays(Days);
}
