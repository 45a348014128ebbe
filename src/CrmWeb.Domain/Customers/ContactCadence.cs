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
}
