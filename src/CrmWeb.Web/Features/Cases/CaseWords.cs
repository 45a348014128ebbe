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

    /// <summary>A length of business time, with the digits of the language.</summary>
    public static string Length(int minutes, BusinessCalendar calendar) => Length(minutes, calendar.DayMinutes);

    public static string Length(int minutes, int dayMinutes) => Digits.Shape(BusinessTime.Write(minutes, dayMinutes));

    /// <summary>What is left of a clock that runs, or by how much it is over.</summary>
    public static string Left(this IStringLocalizer L, BusinessCalendar calendar, DateTime due, DateTime now) => due >= now
        ? L["{0} left", Length(calendar.Minutes(now, due), calendar)]
        : L["{0} over", Length(calendar.Minutes(due, now), calendar)];
}
