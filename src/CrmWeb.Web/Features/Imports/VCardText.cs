using System.Globalization;
using System.Text;

namespace CrmWeb.Web.Features.Imports;

/// <summary>Takes the encodings of vCard texts off: quoted-printable with its character set, backslashes, the parts of a compound value.</summary>
internal static class VCardText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The parts between the signs that are not escaped, each without its escapes.</summary>
    public static string[] Parts(VCardLine line, char sign) => Array.ConvertAll(Cut(line, sign), part => part.Trim());

    /// <summary>The text as a whole, without its escapes.</summary>
    public static string Plain(VCardLine line) => Cut(line, null)[0].Trim();

    private static string[] Cut(VCardLine line, char? sign)
    {
        var text = line.IsQuotedPrintable ? QuotedPrintable(line.Text, line.Parameter("CHARSET")) : line.Text;
        var parts = new List<string>();
        var part = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
            {
                var escaped = text[++i];
                if (escaped is 'n' or 'N') part.Append('\n');
                else if (escaped is '\\' or ',' or ';' or ':') part.Append(escaped);
                else part.Append('\\').Append(escaped);
            }
            else if (text[i] == sign)
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else part.Append(text[i]);
        }

        parts.Add(part.ToString());
        return [.. parts];
    }

    private static string QuotedPrintable(string text, string? charset)
    {
        var decoded = new StringBuilder(text.Length);
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 2;
                continue;
            }

            // a plain character may be the second byte of one in a double-byte set
            if (char.IsAscii(text[i])) bytes.Add((byte)text[i]);
            else
            {
                Flush();
                decoded.Append(text[i]);
            }
        }

        Flush();
        return decoded.ToString();

        void Flush()
        {
            decoded.Append(Decode([.. bytes], charset));
            bytes.Clear();
        }
    }

    private static string Decode(byte[] bytes, string? charset)
    {
        if (charset is not null && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && Named(charset) is { } named) return named.GetString(bytes);
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return FileEncoding.Windows1252.GetString(bytes);
        }
    }

    private static Encoding? Named(string charset)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
