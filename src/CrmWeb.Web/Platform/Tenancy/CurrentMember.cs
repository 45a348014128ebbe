using CrmWeb.Data;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Web.Platform.Tenancy;

/// <summary>The tenant and member of this request or job, for pages: names, rights, language, time. Empty on pages outside a tenant.</summary>
public sealed class CurrentMember(TimeProvider clock)
{
    private TenantPass? pass;

    public bool IsSet => pass is not null;

    /// <exception cref="InvalidOperationException">The page stands outside a tenant.</exception>
    public TenantPass Pass => pass ?? throw new InvalidOperationException("There is no member in this scope.");

    public long Id => Pass.MemberId;

    public Role Roles => Pass.Roles;

    /// <summary>Every customer: numbers of all of them are for who does.</summary>
    public bool SeesAll => Pass.Actor.SeesAll;

    public TimeZoneInfo TimeZone => WallClock.ZoneOf(Pass.MemberTimeZone ?? Pass.TenantTimeZone);

    /// <summary>Where the organisation is: what is sold on a day is sold on its day, wherever the seller is.</summary>
    public TimeZoneInfo TenantZone => WallClock.ZoneOf(Pass.TenantTimeZone);

    public DateOnly TenantDay(DateTime instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(instant, TenantZone));

    /// <summary>Today, where the member is.</summary>
    public DateOnly Today => DateOnly.FromDateTime(ToLocal(Now));

    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    public bool May(string permission) =>
        pass is not null && pass.Roles.Allow(permission) && pass.Scopes?.Contains(permission, StringComparer.Ordinal) != false;

    public DateTime ToLocal(DateTime instant) => TimeZoneInfo.ConvertTimeFromUtc(instant, TimeZone);

    /// <summary>UTC of a wall-clock time of the member. A time that a clock change skips is read as the moment after it; one that comes twice, as the first.</summary>
    public DateTime ToUtc(DateTime local) => WallClock.ToUtc(local, TimeZone);

    public void Enter(TenantPass entered) => pass = entered;
}
