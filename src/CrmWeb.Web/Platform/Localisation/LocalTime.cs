using System.Globalization;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Platform.Localisation;

/// <summary>Instants and dates as the viewer reads them: in their zone, Jalali with Persian digits in Persian, Gregorian otherwise.</summary>
public sealed class LocalTime(IHttpContextAccessor accessor, TimeProvider clock, IStringLocalizer L)
{
    private static readonly PersianCalendar Jalali = new();
    private static readonly string[] JalaliMonths =
        ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"];

    private static readonly string[] GregorianMonths =
        ["ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"];

    private static bool Persian => Languages.IsPersian(CultureInfo.CurrentUICulture);

    // a page shows many instants, all of them to one viewer
    public TimeZoneInfo Zone => field ??= accessor.HttpContext is { } context ? Viewer.Of(context).Zone : TimeZoneInfo.Utc;

    /// <summary>The viewer's wall clock for an instant.</summary>
    public DateTime InZone(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone);

    public DateOnly Today => DateOnly.FromDateTime(InZone(clock.GetUtcNow().UtcDateTime));

    public string Time(DateTime utc) => Clock(InZone(utc));

    public string DateAndTime(DateTime utc) => InZone(utc) is var local ? $"{Date(DateOnly.FromDateTime(local))}{(Persian ? "، " : ", ")}{Clock(local)}" : "";

    private static string Clock(DateTime local) => Digits.Shape(local.ToString("HH:mm", CultureInfo.InvariantCulture));

    public string Date(DateTime utc) => Date(DateOnly.FromDateTime(InZone(utc)));

    /// <summary>22 Nov 2026, or ۱ آذر ۱۴۰۵.</summary>
    public string Date(DateOnly date)
    {
        if (!Persian) return date.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
        var day = date.ToDateTime(TimeOnly.MinValue);
        return Digits.Shape(string.Create(CultureInfo.InvariantCulture,
            $"{Jalali.GetDayOfMonth(day)} {JalaliMonths[Jalali.GetMonth(day) - 1]} {Jalali.GetYear(day)}"));
    }

    /// <summary>How a date is typed in the language.</summary>
    public static string Pattern => Persian ? "۱۴۰۵/۰۹/۰۱" : "2026-11-22";

    /// <summary>The form that a field shows and takes back: 2026-11-22, or 1405/09/01 with Persian digits.</summary>
    public static string Field(DateOnly date)
    {
        if (!Persian) return date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var day = date.ToDateTime(TimeOnly.MinValue);
        return Digits.Shape(string.Create(CultureInfo.InvariantCulture,
            $"{Jalali.GetYear(day):0000}/{Jalali.GetMonth(day):00}/{Jalali.GetDayOfMonth(day):00}"));
    }

    /// <summary>Today, Yesterday, Tomorrow, or the date with its weekday.</summary>
    public string Day(DateOnly date) => (date.DayNumber - Today.DayNumber) switch
    {
        0 => L["Today"],
        -1 => L["Yesterday"],
        1 => L["Tomorrow"],
        _ => $"{Weekday(date)}{(Persian ? "، " : ", ")}{Date(date)}",
    };

    /// <summary>How long ago, or how soon; beyond a month the date says more.</summary>
    public string Relative(DateTime utc)
    {
        var ago = clock.GetUtcNow().UtcDateTime - utc;
        var size = ago.Duration();
        var past = ago >= TimeSpan.Zero;
        if (size < TimeSpan.FromSeconds(45)) return past ? L["just now"] : L["in a moment"];
        if (size < TimeSpan.FromMinutes(90)) return Counted((int)Math.Max(1, size.TotalMinutes), past, Minutes);
        if (size < TimeSpan.FromHours(22)) return Counted((int)Math.Round(size.TotalHours), past, Hours);
        if (size < TimeSpan.FromDays(31)) return Counted((int)Math.Max(1, Math.Round(size.TotalDays)), past, Days);
        return Date(utc);
    }

    private string Minutes(int count, bool past) => (past, count) switch
    {
        (true, 1) => L["1 minute ago"],
        (true, _) => L["{0} minutes ago", count],
        (false, 1) => L["in 1 minute"],
        _ => L["in {0} minutes", count],
    };

    private string Hours(int count, bool past) => (past, count) switch
    {
        (true, 1) => L["1 hour ago"],
        (true, _) => L["{0} hours ago", count],
        (false, 1) => L["in 1 hour"],
        _ => L["in {0} hours", count],
    };

    private string Days(int count, bool past) => (past, count) switch
    {
        (true, 1) => L["1 day ago"],
        (true, _) => L["{0} days ago", count],
        (false, 1) => L["in 1 day"],
        _ => L["in {0} days", count],
    };

    private static string Counted(int count, bool past, Func<int, bool, string> say) => Digits.Shape(say(count, past));

    /// <summary>November 2026, or آذر ۱۴۰۵: the month that the day is in.</summary>
    public static string Month(DateOnly date)
    {
        if (!Persian) return date.ToString("MMMM yyyy", CultureInfo.InvariantCulture);
        var day = date.ToDateTime(TimeOnly.MinValue);
        return Digits.Shape(string.Create(CultureInfo.InvariantCulture, $"{JalaliMonths[Jalali.GetMonth(day) - 1]} {Jalali.GetYear(day)}"));
    }

    /// <summary>November 2026, or نوامبر ۲۰۲۶: a month by which numbers are kept, which is no month of the Persian calendar.</summary>
    public static string MonthOfNumbers(DateOnly date) =>
        Persian ? Digits.Shape(string.Create(CultureInfo.InvariantCulture, $"{GregorianMonths[date.Month - 1]} {date.Year}")) : Month(date);

    /// <summary>The number of the day in its month.</summary>
    public static string DayNumber(DateOnly date) =>
        Digits.Number(Persian ? Jalali.GetDayOfMonth(date.ToDateTime(TimeOnly.MinValue)) : date.Day);

    public static string Weekday(DateOnly date) =>
        Persian ? CultureInfo.CurrentUICulture.DateTimeFormat.GetDayName(date.DayOfWeek) : CultureInfo.InvariantCulture.DateTimeFormat.GetDayName(date.DayOfWeek);
}
