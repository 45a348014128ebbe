using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers;

/// <summary>What a cost is of.</summary>
public enum CostKind
{
    /// <summary>An hour of a role.</summary>
    Hour = 0,

    /// <summary>One contact by a channel.</summary>
    Contact = 1,
}

/// <summary>
/// What an hour of a role, or a contact by a channel, costs the tenant from a day on, until the next such row. A member with several roles costs what the dearest
/// of them does. What has no row costs nobody knows how much, which is not nothing.
/// </summary>
public sealed class CostRate : TenantOwned, IVersioned
{
    /// <summary>In minor units: a billion of most currencies. A year of logged hours at it can still be summed up.</summary>
    public const long MostAmount = 100_000_000_000;

    /// <summary>The day of a cost that holds since ever.</summary>
    public static readonly DateOnly Always = DateOnly.MinValue;

    private CostRate() { }

    private CostRate(CostKind kind, int which, DateOnly day, DateTime beginsAt, long amount) =>
        (Kind, Which, Day, BeginsAt, Amount) = (kind, which, day, day == Always ? DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc) : beginsAt, Checked(amount));

    public CostKind Kind { get; private set; }

    /// <summary>The number of the <see cref="Tenants.Role"/> or of the <see cref="Customers.Channel"/>.</summary>
    public int Which { get; private set; }

    /// <summary>The first day it holds.</summary>
    public DateOnly Day { get; private set; }

    /// <summary>Midnight of <see cref="Day"/> where the tenant was when it was set, in UTC: statements compare instants.</summary>
    public DateTime BeginsAt { get; private set; }

    /// <summary>Minor units of the tenant's currency, 0 or more.</summary>
    public long Amount { get; private set; }

    public int Version { get; private set; }

    /// <param name="role">One role.</param>
    /// <param name="beginsAt">Midnight of the day where the tenant is, in UTC.</param>
    public static CostRate Of(Role role, DateOnly day, DateTime beginsAt, long amount) => new(CostKind.Hour, (int)role, day, beginsAt, amount);

    /// <inheritdoc cref="Of(Role, DateOnly, DateTime, long)"/>
    public static CostRate Of(Channel channel, DateOnly day, DateTime beginsAt, long amount) => new(CostKind.Contact, (int)channel, day, beginsAt, amount);

    public void Change(long amount) => Amount = Checked(amount);

    private static long Checked(long amount) => amount is >= 0 and <= MostAmount
        ? amount
        : throw new ArgumentOutOfRangeException(nameof(amount), amount, "A cost is 0 or more, and not beyond what can be summed up.");
}
