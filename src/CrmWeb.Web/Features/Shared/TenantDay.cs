using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Tenancy;

namespace CrmWeb.Web.Features.Shared;

/// <summary>Days and months where the tenant is: numbers of the tenant are the same for every member, wherever they are.</summary>
public static class TenantDay
{
    public static TimeZoneInfo Zone(CurrentMember me) => me.TenantZone;

    public static DateOnly Today(CurrentMember me) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(me.Now, Zone(me)));

    /// <summary>The instant at which a day begins there.</summary>
    public static DateTime Start(CurrentMember me, DateOnly day) =>
        day <= DateOnly.MinValue.AddDays(1) || day >= DateOnly.MaxValue.AddDays(-1)
            ? day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)
            : WallClock.ToUtc(day.ToDateTime(TimeOnly.MinValue), Zone(me));

    public static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);

    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
