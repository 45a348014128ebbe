using System.Text;

namespace CrmWeb.Web.Features.Imports;

/// <summary>A content line of a vCard: <c>group.NAME;PARAM=value:text</c>.</summary>
/// <param name="Line">The line in the file on which it begins, from 1.</param>
/// <param name="Name">In upper case, without the group.</param>
/// <param name="Parameters">Names in upper case; what version 2.1 writes without a name (<c>TEL;HOME</c>) has the name TYPE.</param>
/// <param name="Text">After the colon, still escaped.</param>
/// <param name="IsWhole">False when the text is longer than a value may be and was cut.</param>
internal sealed record VCardLine(long Line, string Name, IReadOnlyList<(string Name, string Value)> Parameters, string Text, bool IsWhole)
{
    public bool Has(string name, string value) =>
        Parameters.Any(p => p.Name == name && p.Value.Split(',').Contains(value, StringComparer.OrdinalIgnoreCase));

    public string? Parameter(string name) => Parameters.FirstOrDefault(p => p.Name == name).Value;

    /// <summary>Photos, sounds and keys, which are passed over.</summary>
    public bool IsBinary => Has("ENCODING", "b") || Has("ENCODING", "BASE64") || Text.StartsWith("data:", StringComparison.OrdinalIgnoreCase);

    public bool IsPreferred => Has("TYPE", "PREF") || Parameter("PREF") is not null;

    public bool IsQuotedPrintable => Has("ENCODING", "QUOTED-PRINTABLE");
}

/// <summary>Cuts the text of a vCard file into content lines, putting folded ones together.</summary>
internal static class VCardLines
{
    private const int MaxLength = CsvRows.MaxValueLength;

    public static IEnumerable<VCardLine> Read(TextReader text)
    {
        var line = 0L;
        var next = text.ReadLine();
        while (next is not null)
        {
            var start = ++line;
            var whole = new StringBuilder(next, 0, Math.Min(next.Length, MaxLength + 1), 0);
            var soft = IsSoftBreak(next);
            next = text.ReadLine();
            while (next is not null && (soft || next.StartsWith(' ') || next.StartsWith('\t')))
            {
                if (soft) whole.Length = Math.Max(0, whole.Length - 1);
                var from = !soft || (next.Length > 0 && next[0] is ' ' or '\t') ? Math.Min(1, next.Length) : 0;
                if (whole.Length <= MaxLength) whole.Append(next, from, Math.Min(next.Length - from, MaxLength + 1));
                soft = soft && next.EndsWith('=');
                line++;
                next = text.ReadLine();
            }

            if (Parse(start, whole.ToString(), whole.Length <= MaxLength) is { } parsed) yield return parsed;
        }
    }

    // Version 2.1 breaks long quoted-printable text with "=" at the end of the line, without a space on the next.
    private static bool IsSoftBreak(string line) =>
        line.EndsWith('=') && line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 && line[..colon].Contains("QUOTED-PRINTABLE", StringComparison.OrdinalIgnoreCase);

    private static VCardLine? Parse(long number, string line, bool whole)
    {
        var colon = EndOf(line, 0, ':');
        if (colon <= 0 || colon == line.Length) return null;

        var end = EndOf(line, 0, ';', colon);
        var name = line[..end].Trim().ToUpperInvariant();
        name = name[(name.LastIndexOf('.') + 1)..];
        var parameters = new List<(string, string)>();
        for (var at = end; at < colon; at = end)
        {
            end = EndOf(line, at + 1, ';', colon);
            var parameter = line[(at + 1)..end];
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            if (equals >= 0) parameters.Add((parameter[..equals].Trim().ToUpperInvariant(), parameter[(equals + 1)..].Trim().Replace("\"", "", StringComparison.Ordinal)));
            else parameters.Add((parameter.Equals("QUOTED-PRINTABLE", StringComparison.OrdinalIgnoreCase) || parameter.Equals("BASE64", StringComparison.OrdinalIgnoreCase) ? "ENCODING" : "TYPE", parameter.Trim()));
        }

        return new(number, name, parameters, line[(colon + 1)..], whole);
    }

    // Parameters may be quoted and hold the signs that otherwise end them.
    private static int EndOf(string line, int from, char sign, int? limit = null)
    {
        var quoted = false;
        for (var i = from; i < (limit ?? line.Length); i++)
        {
            if (line[i] == '"') quoted = !quoted;
            else if (line[i] == sign && !quoted) return i;
        }

        return limit ?? line.Length;
    }
}
