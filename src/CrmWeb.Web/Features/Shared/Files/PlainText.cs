using System.Buffers;
using System.Text;

namespace CrmWeb.Web.Features.Shared.Files;

/// <summary>Files without a head of their own: text has no signs that no keyboard types, and a mail begins with its headers.</summary>
internal static class PlainText
{
    private const int Buffer = 1 << 16;

    private static readonly string[] MailHeaders = ["received", "from", "date", "return-path", "message-id", "mime-version", "delivered-to", "subject"];

    // tab, line feed, form feed, carriage return, escape
    private static readonly SearchValues<byte> Unwritten = SearchValues.Create([.. Enumerable.Range(0, 0x20).Except([0x09, 0x0A, 0x0C, 0x0D, 0x1B]).Select(i => (byte)i), 0x7F]);

    public static FileType? Of(Stream file, ReadOnlySpan<byte> head, string extension)
    {
        var wide = head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]);
        if (wide ? !IsWideText(file, head[0] == 0xFE) : !IsText(file)) return null;
        if (extension == "eml") return !wide && IsMail(head) ? FileType.Mail : null;
        var text = (wide ? (head[0] == 0xFE ? Encoding.BigEndianUnicode : Encoding.Unicode) : Encoding.Latin1).GetString(head[..Math.Min(head.Length, HostileMarks.Guessed)]);
        if (IsMarkup(text)) return null;
        return FileType.Csv.Has(extension) ? FileType.Csv : FileType.Text;
    }

    // a page, a picture of XML, a style sheet or a script of a server, whatever its name says
    private static bool IsMarkup(string start)
    {
        var text = start.TrimStart('\uFEFF', 'ï', '»', '¿', '\0').TrimStart();
        return text.StartsWith('<') || HostileMarks.Words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsText(Stream file)
    {
        var buffer = new byte[Buffer];
        file.Position = 0;
        for (int read; (read = file.Read(buffer)) > 0;)
        {
            if (buffer.AsSpan(0, read).ContainsAny(Unwritten)) return false;
        }

        return true;
    }

    private static bool IsWideText(Stream file, bool bigEndian)
    {
        if (file.Length % 2 != 0) return false;
        var buffer = new byte[Buffer];
        file.Position = 0;
        for (int read; (read = file.ReadAtLeast(buffer, Buffer, throwOnEndOfStream: false)) > 0;)
        {
            for (var i = 0; i + 1 < read; i += 2)
            {
                var (high, low) = bigEndian ? (buffer[i], buffer[i + 1]) : (buffer[i + 1], buffer[i]);
                if (high == 0 && Unwritten.Contains(low)) return false;
            }
        }

        return true;
    }

    private static bool IsMail(ReadOnlySpan<byte> head)
    {
        var names = new List<string>();
        foreach (var line in Encoding.Latin1.GetString(head).Split('\n'))
        {
            var text = line.TrimEnd('\r');
            if (text.Length == 0) break;
            // a header that goes on
            if (names.Count > 0 && text[0] is ' ' or '\t') continue;
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            // the last line that was read may be half of one
            if (colon <= 0 || text.AsSpan(0, colon).TrimEnd().ContainsAnyExceptInRange('!', '~')) break;
            names.Add(text[..colon].Trim().ToLowerInvariant());
        }

        return names.Count > 1 && names.Intersect(MailHeaders, StringComparer.Ordinal).Count() > 1;
    }
}
