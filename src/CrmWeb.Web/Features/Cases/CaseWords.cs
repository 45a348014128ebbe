using CrmWeb.Domain.Service;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Cases;

public static class CaseWords
{
    public static string Of(this IStringLocalizer L, CaseKind kind) => kind switch
    {
        CaseKind.Complaint => L["Complaint"],
        CaseKind.Return => L["Return"],
        _ => L["Question"],
    };

    public static Tone ToneOf(CaseKind kind) => kind == CaseKind.Complaint ? Tone.Warn : Tone.Neutral;

    /// <summary>A length of business time: whole days where it is some, else hours and minutes.</summary>
    /// <param name="dayMinutes">How long a business day is.</param>
    public static string Length(this IStringLocalizer L, int minutes, int dayMinutes)
    {
        if (minutes > 0 && minutes % dayMinutes == 0) return L["{0}d", Digits.Number(minutes / dayMinutes)];
        var (hours, rest) = Math.DivRem(minutes, 60);
        return (hours, rest) switch
        {
            (0, _) => L["{0}m", Digits.Number(rest)],
            (_, 0) => L["{0}h", Digits.Number(hours)],
            _ => L["{0}h {1}m", Digits.Number(hours), Digits.Number(rest)],
        };
    }

    /// <summary>What is left of a clock that runs, or by how much it is over; what is over since the last closing time is not over by any of it.</summary>
    public static string Left(this IStringLocalizer L, BusinessCalendar calendar, DateTime due, DateTime now) => (due >= now, calendar.Minutes(due < now ? due : now, due < now ? now : due)) switch
    {
        (true, var left) => L["{0} left", L.Length(left, calendar.DayMinutes)],
        (false, 0) => L["Too late"],
        (false, var over) => L["{0} over", L.Length(over, calendar.DayMinutes)],
    };
}
