using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace CrmWeb.Domain.Customers.Dates;

/// <summary>A date as people and programs write it, perhaps with a time of day, perhaps with its distance from UTC.</summary>
/// <param name="Date">The calendar date as written, in the Gregorian calendar.</param>
/// <param name="Time">The time of day as written, or null.</param>
/// <param name="Offset">Local time minus UTC as written (Z is zero), or null.</param>
[StructLayout(LayoutKind.Auto)]
public readonly partial record struct TypedDate(DateOnly Date, TimeOnly? Time, TimeSpan? Offset)
{
    /// <summary>Two-digit years below it are 20xx, the others 19xx: 49 is 2049, 50 is 1950.</summary>
    public const int Pivot = 50;

    /// <summary>Years are read from here on; an earlier one is a slip.</summary>
    public const int FirstYear = 1800;

    /// <summary>Years are read up to here; a later one stands for "never" somewhere else, or is a slip.</summary>
    public const int LastYear = 2200;

    private const int MaxTypedLength = 80;
    private static readonly PersianCalendar Persian = new();

    /// <summary>
    /// Reads a date in the given order. Always read, whatever the order: ISO 8601 (also <c>20241231</c>), a four-digit year in front, a month by
    /// its English or Persian name with a four-digit year. Parts are separated by <c>. / -</c> or spaces, digits are of any script. A year
    /// from 1300 to 1500 is of the Jalali calendar. A two-digit year in Persian digits is refused, for it may be of either calendar.
    /// After the date may stand a time (24 hours, or am/pm, ق.ظ/ب.ظ) and Z or an offset. Never throws.
    /// </summary>
    public static bool TryParse(string? typed, DateOrder order, out TypedDate date)
    {
        date = default;
        if (typed is null || typed.Length > MaxTypedLength) return false;
        var text = SearchText.Fold(typed);
        var local = typed.Any(c => c is >= '٠' and <= '٩' or >= '۰' and <= '۹');

        var match = Weekday().Replace(text, "");
        if (!TryClock(Clock().Match(match), out var time, out var offset)) return false;
        if (!TryDay(Clock().Replace(match, ""), order, local, out var day)) return false;
        date = new(day, time, offset);
        return true;
    }

    /// <summary>
    /// The instant in UTC. An offset as written decides; without one the time is local in <paramref name="zone"/>, midnight where none was
    /// written. A time that the clocks skip is moved on by what they skip (02:30 becomes 03:30 summer time); of a time that comes
    /// twice the first one is meant.
    /// </summary>
    public DateTime ToUtc(TimeZoneInfo zone)
    {
        var local = Date.ToDateTime(Time ?? TimeOnly.MinValue, DateTimeKind.Unspecified);
        var offset = Offset ?? OffsetAt(local, zone);
        var ticks = Math.Clamp(local.Ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return new DateTime(ticks, DateTimeKind.Utc);
    }

    // Twice: the larger offset is the earlier instant. Skipped: the offset that held before the gap moves the time behind it.
    private static TimeSpan OffsetAt(DateTime local, TimeZoneInfo zone)
    {
        if (zone.IsAmbiguousTime(local)) return zone.GetAmbiguousTimeOffsets(local).Max();
        if (!zone.IsInvalidTime(local)) return zone.GetUtcOffset(local);

        var before = local;
        while (zone.IsInvalidTime(before)) before = before.AddMinutes(-15);
        return zone.GetUtcOffset(before);
    }

    private static bool TryDay(string text, DateOrder order, bool local, out DateOnly day)
    {
        day = default;
        if (Compact().Match(text) is { Success: true } compact) return TryNumbers(compact, DateOrder.YearMonthDay, local, out day);
        if (Numeric().Match(text) is { Success: true } numeric) return TryNumbers(numeric, order, local, out day);
        if (DayFirst().Match(text) is { Success: true } named) return TryNamed(named, order, local, out day);
        return MonthFirst().Match(text) is { Success: true } american && TryNamed(american, order == DateOrder.YearMonthDay ? DateOrder.Unambiguous : order, local, out day);
    }

    private static bool TryNumbers(Match match, DateOrder order, bool local, out DateOnly day)
    {
        var (a, b, c) = (match.Groups["a"].Value, match.Groups["b"].Value, match.Groups["c"].Value);
        day = default;
        if (a.Length == 4) return TryDate(a, Number(b), c, jalali: null, local, out day);
        return order switch
        {
            DateOrder.YearMonthDay => TryDate(a, Number(b), c, jalali: null, local, out day),
            DateOrder.DayMonthYear => TryDate(c, Number(b), a, jalali: null, local, out day),
            DateOrder.MonthDayYear => TryDate(c, Number(a), b, jalali: null, local, out day),
            _ => false,
        };
    }

    private static bool TryNamed(Match match, DateOrder order, bool local, out DateOnly day)
    {
        day = default;
        var (a, c) = (match.Groups["a"].Value, match.Groups["c"].Value);
        if (!MonthNames.TryFind(match.Groups["month"].Value, out var month)) return false;
        if (a.Length == 4) return TryDate(a, month.Month, c, month.Jalali, local, out day);
        if (c.Length == 4) return TryDate(c, month.Month, a, month.Jalali, local, out day);
        return order switch
        {
            DateOrder.Unambiguous => false,
            DateOrder.YearMonthDay => TryDate(a, month.Month, c, month.Jalali, local, out day),
            _ => TryDate(c, month.Month, a, month.Jalali, local, out day),
        };
    }

    private static bool TryDate(string writtenYear, int month, string writtenDay, bool? jalali, bool local, out DateOnly date)
    {
        date = default;
        if (writtenYear.Length is not (2 or 4) || writtenDay.Length > 2 || (writtenYear.Length == 2 && (local || jalali is true))) return false;
        var (year, day) = (Number(writtenYear), Number(writtenDay));
        if (writtenYear.Length == 2) year += year < Pivot ? 2000 : 1900;
        if (month is < 1 or > 12 || day < 1) return false;

        if (year is >= 1300 and <= 1500 && jalali is not false)
        {
            if (day > Persian.GetDaysInMonth(year, month)) return false;
            date = DateOnly.FromDateTime(Persian.ToDateTime(year, month, day, 0, 0, 0, 0));
            return true;
        }

        if (jalali is true || year is < FirstYear or > LastYear || day > DateTime.DaysInMonth(year, month)) return false;
        date = new DateOnly(year, month, day);
        return true;
    }

    private static bool TryClock(Match match, out TimeOnly? time, out TimeSpan? offset)
    {
        (time, offset) = (null, null);
        if (!match.Success) return true;

        var (hour, minute, second) = (Number(match.Groups["h"].Value), Number(match.Groups["m"].Value), Number(match.Groups["s"].Value));
        var half = match.Groups["half"].Value;
        if (half.Length > 0)
        {
            if (hour is < 1 or > 12) return false;
            hour = (hour % 12) + (half[0] is 'p' or 'ب' ? 12 : 0);
        }

        if (hour > 23 || minute > 59 || second > 59) return false;
        var ticks = long.Parse(match.Groups["f"].Value.PadRight(7, '0')[..7], CultureInfo.InvariantCulture);
        time = new TimeOnly(hour, minute, second).Add(TimeSpan.FromTicks(ticks));
        return TryOffset(match.Groups["zone"].Value, out offset);
    }

    private static bool TryOffset(string zone, out TimeSpan? offset)
    {
        offset = null;
        if (zone.Length == 0) return true;
        offset = TimeSpan.Zero;
        if (char.IsAsciiLetter(zone[0])) return true;

        var digits = zone[1..].Replace(":", "", StringComparison.Ordinal);
        var (hours, minutes) = (Number(digits[..2]), digits.Length > 2 ? Number(digits[2..]) : 0);
        if (hours > 14 || minutes > 59) return false;
        var distance = new TimeSpan(hours, minutes, 0);
        offset = zone[0] == '-' ? -distance : distance;
        return true;
    }

    private static int Number(string digits) => digits.Length == 0 ? 0 : int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

#pragma warning disable MA0009 // the texts are short: their length is limited above
    [GeneratedRegex(@"^(?<a>1[89]\d\d|2[01]\d\d)(?<b>\d\d)(?<c>\d\d)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Compact();

    [GeneratedRegex(@"^(?<a>\d{4}|\d{1,2}) ?(?<separator>[./\- ]) ?(?<b>\d{1,2}) ?\k<separator> ?(?<c>\d{4}|\d{1,2})\.?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Numeric();

    [GeneratedRegex(@"^(?<a>\d{4}|\d{1,2})(st|nd|rd|th)?[./\- ]*(?<month>\p{L}{2,12})[./\-, ]*(?<c>\d{4}|\d{1,2})$", RegexOptions.ExplicitCapture)]
    private static partial Regex DayFirst();

    [GeneratedRegex(@"^(?<month>\p{L}{2,12})[./\- ]*(?<a>\d{1,2})(st|nd|rd|th)?(, ?|[./\- ])(?<c>\d{4}|\d{2})$", RegexOptions.ExplicitCapture)]
    private static partial Regex MonthFirst();

    [GeneratedRegex(@"(t|,? |, ?)(?<h>\d{1,2}):(?<m>\d\d)(:(?<s>\d\d)([.,](?<f>\d{1,9}))?)? ?(?<half>[ap]\.?m\.?|ق\.? ?ظ\.?|ب\.? ?ظ\.?)? ?(?<zone>z|utc|gmt|[+\-]\d\d(:?\d\d)?)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Clock();

    [GeneratedRegex(@"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]? ", RegexOptions.ExplicitCapture)]
    private static partial Regex Weekday();
}
