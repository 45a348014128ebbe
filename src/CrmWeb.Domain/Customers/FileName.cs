using System.Globalization;
using System.Text;

namespace CrmWeb.Domain.Customers;

/// <summary>Names of files that come from outside.</summary>
public static class FileName
{
    public const int Length = 200;

    private const int LongestExtension = 20;
    private const char ZeroWidthNonJoiner = '\u200C';
    private const char ZeroWidthJoiner = '\u200D';

    /// <summary>Names of devices on Windows, whatever stands after the first dot.</summary>
    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
        "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
    };

    /// <summary>A name that was made to lead out of a folder, or to end before its end: no browser sends one.</summary>
    public static bool IsHostile(string? typed) => typed is not null && (typed.Contains('\0', StringComparison.Ordinal) || typed.Split('/', '\\').Any(part => part.Trim() == ".."));

    /// <summary>
    /// The name alone, without a path, as it may stand on every system and in a header: no control characters, nothing that turns the direction of the
    /// text, none of the signs that systems reserve. Shortened in front of the extension. Null when nothing is left.
    /// </summary>
    public static string? Clean(string? typed)
    {
        if (typed is null) return null;
        var name = new StringBuilder();
        foreach (var rune in typed[(typed.LastIndexOfAny(['/', '\\']) + 1)..].EnumerateRunes())
        {
            // half of a pair comes as the sign of replacement
            if (rune == Rune.ReplacementChar || IsUnseen(rune)) continue;
            name.Append(rune.Value is '<' or '>' or ':' or '"' or '|' or '?' or '*' ? "_" : rune.ToString());
        }

        var clean = Short(name.ToString().Normalize(NormalizationForm.FormC).Trim(' ', '.', '\u00A0'));
        if (clean.Length == 0) return null;
        return Devices.Contains(clean.Split('.')[0].TrimEnd()) ? "_" + clean : clean;
    }

    /// <summary>In small letters, without the dot; empty where there is none.</summary>
    public static string Extension(string name) => name.LastIndexOf('.') is var dot and >= 0 ? name[(dot + 1)..].ToLowerInvariant() : "";

    // the joiners belong to the spelling of Persian and of other languages
    private static bool IsUnseen(Rune rune) => rune.Value is not (ZeroWidthNonJoiner or ZeroWidthJoiner)
        && Rune.GetUnicodeCategory(rune) is (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    // room for the sign in front of the name of a device
    private static string Short(string name)
    {
        if (name.Length < Length) return name;
        var dot = name.LastIndexOf('.');
        var extension = dot >= 0 && name.Length - dot <= LongestExtension ? name[dot..] : "";
        var end = Length - 1 - extension.Length;
        if (char.IsHighSurrogate(name[end - 1])) end--;
        return name[..end].TrimEnd(' ', '.') + extension;
    }
}
