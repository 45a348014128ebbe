using System.Globalization;
using System.Text;

namespace CrmWeb.Web.Features.Calendars;

/// <summary>Writes a calendar as RFC 5545 asks: lines of at most 75 octets that never cut a character, CRLF, texts escaped, instants in UTC.</summary>
public sealed class ICalendar
{
    private const int LineOctets = 75;
    private readonly StringBuilder _text = new();

    public ICalendar(string name)
    {
        Line("BEGIN", "VCALENDAR");
        Line("VERSION", "2.0");
        Line("PRODID", "-//CrmWeb//Calendar//EN");
        Line("CALSCALE", "GREGORIAN");
        // not in the RFC, but what calendar programs name the subscription by
        Line("X-WR-CALNAME", Escape(name));
        Line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
        Line("X-PUBLISHED-TTL", "PT1H");
    }

    /// <summary>A meeting, a call: something at a time.</summary>
    public void At(ICalendarEvent e, DateTime start, TimeSpan length) => Event(e, () =>
    {
        Line("DTSTART", Utc(start));
        Line("DTEND", Utc(start + length));
    });

    /// <summary>Something of a day, without a time. It does not make the day look taken.</summary>
    public void AllDay(ICalendarEvent e, DateOnly day) => Event(e, () =>
    {
        Line("DTSTART;VALUE=DATE", Date(day));
        Line("DTEND;VALUE=DATE", Date(day.AddDays(1)));
        Line("TRANSP", "TRANSPARENT");
    });

    /// <summary>Ends the calendar.</summary>
    public string End()
    {
        Line("END", "VCALENDAR");
        return _text.ToString();
    }

    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var letter in text.ReplaceLineEndings("\n"))
        {
            if (letter == '\n') escaped.Append("\\n");
            else if (letter is '\\' or ';' or ',') escaped.Append('\\').Append(letter);
            // control characters have no form in a calendar
            else if (letter == '\t' || !char.IsControl(letter)) escaped.Append(letter);
        }

        return escaped.ToString();
    }

    private void Event(ICalendarEvent e, Action when)
    {
        Line("BEGIN", "VEVENT");
        Line("UID", e.Uid);
        // without a METHOD the stamp says when the record was revised, so an unchanged calendar stays the same to the last octet
        Line("DTSTAMP", Utc(e.ChangedAt));
        Line("SEQUENCE", e.Version.ToString(CultureInfo.InvariantCulture));
        when();
        Line("SUMMARY", Escape(e.Summary));
        if (!string.IsNullOrEmpty(e.Description)) Line("DESCRIPTION", Escape(e.Description));
        Line("URL", e.Url);
        Line("END", "VEVENT");
    }

    private void Line(string name, string value)
    {
        var octets = 0;
        foreach (var rune in $"{name}:{value}".EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LineOctets)
            {
                // the space that begins the next line counts
                _text.Append("\r\n ");
                octets = 1;
            }

            _text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        _text.Append("\r\n");
    }

    private static string Utc(DateTime instant) => instant.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Date(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}

/// <param name="Uid">The same for the same record, for ever.</param>
/// <param name="ChangedAt">UTC.</param>
/// <param name="Url">Where the record is opened; complete.</param>
public sealed record ICalendarEvent(string Uid, DateTime ChangedAt, int Version, string Summary, string? Description, string Url);
