using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers;

/// <summary>How much service a customer is promised: "Gold". Clocks of cases and the rhythm of contacts may depend on it.</summary>
public sealed class ServiceTier : TenantOwned, IVersioned, IDeletable
{
    public const int NameLength = 60;

    /// <summary>In a tenant.</summary>
    public const int Most = 20;

    private ServiceTier() { }

    public ServiceTier(string name, int position) => (Name, Position) = (name.Trim(), position);

    public string Name { get; private set; } = "";

    /// <summary>From the top; the first is the best.</summary>
    public int Position { get; set; }

    /// <summary>Days after the last contact at which the next one is due, whatever the stage says; null: as the stage says.</summary>
    public int? CadenceDays { get; private set; }

    public DateTime? DeletedAt { get; private set; }

    public int Version { get; private set; }

    public void Rename(string name) => Name = name.Trim();

    /// <summary>How often its customers should hear from us.</summary>
    public void Call(int? cadenceDays) => CadenceDays = cadenceDays;

    public void Delete(DateTime now) => DeletedAt ??= now;

    public void Restore() => DeletedAt = null;
}
