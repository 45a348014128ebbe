using System.Globalization;
using System.Net.Mime;
using System.Text;

namespace CrmWeb.Web.Platform.Mail;

/// <summary>A mail of the pickup folder, read back: what the product writes itself, and no more of the standard than that.</summary>
public sealed record PickedMail(string Name, DateTime At, string To, string Subject, string Text, string Html)
{
    public static PickedMail Read(string path)
    {
        var (headers, body) = Split(File.ReadAllText(path, Encoding.ASCII).Replace("\r\n", "\n", StringComparison.Ordinal));
        var boundary = new ContentType(headers["content-type"]).Boundary ?? throw new FormatException("This mail has no parts.");
        var parts = body.Split("--" + boundary, StringSplitOptions.TrimEntries).Select(Split).Where(part => part.Headers.ContainsKey("content-type"))
            .ToDictionary(part => new ContentType(part.Headers["content-type"]).MediaType, Decode, StringComparer.OrdinalIgnoreCase);
        return new(Path.GetFileNameWithoutExtension(path), File.GetLastWriteTimeUtc(path), headers.GetValueOrDefault("to", ""), Words(headers.GetValueOrDefault("subject", "")),
            parts.GetValueOrDefault(MediaTypeNames.Text.Plain, ""), parts.GetValueOrDefault(MediaTypeNames.Text.Html, ""));
    }

    private static (Dictionary<string, string> Headers, string Body) Split(string part)
    {
        var end = part.IndexOf("\n\n", StringComparison.Ordinal);
        var head = end < 0 ? part : part[..end];
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        // a line that begins with white space goes on with the one before
        foreach (var line in head.Replace("\n ", " ", StringComparison.Ordinal).Replace("\n\t", " ", StringComparison.Ordinal).Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0) headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        return (headers, end < 0 ? "" : part[(end + 2)..]);
    }

    // encoded words join without the space between them, plain ones keep it
    private static string Words(string raw)
    {
        var text = new List<byte>();
        foreach (var word in raw.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = word.Split('?');
            if (parts.Length < 5) text.AddRange(Encoding.UTF8.GetBytes(word + " "));
            else text.AddRange(parts[2] is "B" or "b" ? Convert.FromBase64String(parts[3]) : Quoted(parts[3].Replace('_', ' ')));
        }

        return Encoding.UTF8.GetString([.. text]).TrimEnd();
    }

    private static string Decode((Dictionary<string, string> Headers, string Body) part) => part.Headers.GetValueOrDefault("content-transfer-encoding", "").ToLowerInvariant() switch
    {
        "base64" => Encoding.UTF8.GetString(Convert.FromBase64String(part.Body.TrimEnd('-', '\n', ' '))),
        "quoted-printable" => Encoding.UTF8.GetString([.. Quoted(part.Body.Replace("=\n", "", StringComparison.Ordinal))]),
        _ => part.Body,
    };

    private static IEnumerable<byte> Quoted(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value))
            {
                yield return value;
                i += 2;
            }
            else
            {
                yield return (byte)text[i];
            }
        }
    }
}
