using System.Globalization;
using System.Text;

namespace CrmWeb.Domain.Customers;

/// <summary>E-mail addresses: shown as typed, matched by their normal form.</summary>
public static class EmailAddress
{
    /// <summary>Of an address, in characters, as typed and in normal form (RFC 5321, with the errata).</summary>
    public const int MaxLength = 254;

    /// <summary>Of the part before the @, in characters.</summary>
    public const int MaxLocalLength = 64;

    private const string Specials = "!#$%&'*+-/=?^_`{|}~";

    /// <summary>
    /// The normal form: no white space or invisible marks around, lower case, the domain in punycode (<c>Büro@BÜCHER.example</c> →
    /// <c>büro@xn--bcher-kva.example</c>). Dots and tags of the local part stay: what they mean is for the receiving server to say.
    /// False, with an empty normal form, for what is not an address: no or several @, quoted local parts, IP literals, a domain
    /// without a dot, anything with a control character (CR and LF could smuggle a header), anything longer than the limits. Never throws.
    /// </summary>
    public static bool TryNormalise(string? typed, out string normal)
    {
        normal = "";
        if (typed is null || SearchText.HasControl(typed)) return false;

        var address = TrimInvisible(SearchText.WellFormed(typed));
        var at = address.IndexOf('@');
        if (at <= 0 || address.Length > MaxLength || !IsLocal(address.AsSpan(0, at)) || !DomainName.TryNormalise(address[(at + 1)..], out var domain)) return false;

        var local = address[..at].ToLowerInvariant().Normalize(NormalizationForm.FormC);
        if (local.Length > MaxLocalLength || local.Length + 1 + domain.Length > MaxLength) return false;
        normal = local + "@" + domain;
        return true;
    }

    private static bool IsLocal(ReadOnlySpan<char> local)
    {
        if (local.Length > MaxLocalLength || local[0] == '.' || local[^1] == '.' || local.IndexOf("..") >= 0) return false;
        foreach (var rune in local.EnumerateRunes())
        {
            var allowed = rune.IsAscii
                ? rune.Value == '.' || char.IsAsciiLetterOrDigit((char)rune.Value) || Specials.Contains((char)rune.Value, StringComparison.Ordinal)
                : Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            if (!allowed) return false;
        }

        return true;
    }

    // Addresses copied out of web pages and mails come with direction marks and zero-width spaces around them.
    internal static string TrimInvisible(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && IsInvisible(text[start])) start++;
        while (end > start && IsInvisible(text[end - 1])) end--;
        return text[start..end];

        static bool IsInvisible(char c) => char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format;
    }
}
