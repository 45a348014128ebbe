using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace CrmWeb.Domain.Customers;

/// <summary>The form in which texts are matched and searched: what people hold for the same text has the same form.</summary>
public static class SearchText
{
    // Letters that Unicode does not decompose, though people type them in several ways.
    private static readonly FrozenDictionary<char, string> Alike = new Dictionary<char, string>
    {
        ['ß'] = "ss",
        ['æ'] = "ae",
        ['œ'] = "oe",
        ['ø'] = "o",
        ['đ'] = "d",
        ['ð'] = "d",
        ['þ'] = "th",
        ['ł'] = "l",
        ['ħ'] = "h",
        ['ı'] = "i",
        ['ς'] = "σ",
        ['ي'] = "ی",
        ['ى'] = "ی",
        ['ے'] = "ی",
        ['ې'] = "ی",
        ['ك'] = "ک",
        ['ڪ'] = "ک",
        ['ة'] = "ه",
        ['ە'] = "ه",
        ['ہ'] = "ه",
        ['ھ'] = "ه",
        ['ۃ'] = "ه",
        ['ٱ'] = "ا",
        ['’'] = "'",
        ['‘'] = "'",
        ['‐'] = "-",
        ['–'] = "-",
        ['—'] = "-",
        ['−'] = "-",
    }.ToFrozenDictionary();

    /// <summary>
    /// Lower case without accents and diacritics; full width and presentation forms as plain letters; one letter for the Persian and
    /// Arabic variants of ye, kaf, heh and alef; Latin digits; no tatweel, joiners, direction marks or control characters; runs of white
    /// space as one space, none at the ends. Never null, never throws; <c>Fold(Fold(x)) == Fold(x)</c>. A lone surrogate or noncharacter becomes U+FFFD.
    /// The vowel signs of scripts that cannot be read without them (Thai, Devanagari, …) stay.
    /// </summary>
    public static string Fold(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (Ascii.IsValid(text)) return CollapseAscii(text);

        var plain = Collapse(WellFormed(text).Normalize(NormalizationForm.FormKD).ToLowerInvariant());
        return plain.Normalize(NormalizationForm.FormKC);
    }

    // the same as below for the texts that are most of all texts
    private static string CollapseAscii(string text)
    {
        var folded = text.Length <= 256 ? stackalloc char[256] : new char[text.Length];
        var (length, space) = (0, false);
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c)) space = true;
            else if (!char.IsControl(c))
            {
                if (space && length > 0) folded[length++] = ' ';
                space = false;
                folded[length++] = c == '`' ? '\'' : char.ToLowerInvariant(c);
            }
        }

        return folded[..length].SequenceEqual(text) ? text : new string(folded[..length]);
    }

    private static string Collapse(string text)
    {
        var folded = new StringBuilder(text.Length);
        var space = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune)) space = true;
            else if (!IsDropped(rune))
            {
                if (space && folded.Length > 0) folded.Append(' ');
                space = false;
                Append(folded, rune);
            }
        }

        return folded.ToString();
    }

    private static void Append(StringBuilder folded, Rune rune)
    {
        if (rune.IsAscii) folded.Append(rune.Value == '`' ? '\'' : (char)rune.Value);
        else if (rune.IsBmp && Alike.TryGetValue((char)rune.Value, out var alike)) folded.Append(alike);
        else if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber) folded.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
        else folded.Append(rune.ToString());
    }

    private static bool IsDropped(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format => true,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => IsAccent(rune.Value),
        _ => rune.Value == 'ـ',
    };

    // Marks of Latin, Greek, Cyrillic, Hebrew and Arabic writing, and variation selectors.
    private static bool IsAccent(int mark) => mark is (>= 0x0300 and <= 0x036F) or (>= 0x0483 and <= 0x0489) or (>= 0x0591 and <= 0x05C7)
        or (>= 0x0610 and <= 0x061A) or (>= 0x064B and <= 0x065F) or 0x0670 or (>= 0x06D6 and <= 0x06ED) or (>= 0x0897 and <= 0x08FF)
        or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF) or (>= 0x20D0 and <= 0x20FF) or (>= 0xFE00 and <= 0xFE0F)
        or (>= 0xFE20 and <= 0xFE2F) or (>= 0xE0100 and <= 0xE01EF);

    internal static bool HasControl(string text, char but = '\0')
    {
        foreach (var c in text)
        {
            if (char.IsControl(c) && (c != but || c == '\0')) return true;
        }

        return false;
    }

    // Normalisation throws on lone surrogates and on some of the code points that are no characters.
    internal static string WellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsSurrogate(c) || c >= '\uFDD0') return Mended(text);
        }

        return text;

        static string Mended(string text)
        {
            var mended = new StringBuilder(text.Length);
            foreach (var rune in text.EnumerateRunes())
            {
                var isNone = (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF;
                mended.Append((isNone ? Rune.ReplacementChar : rune).ToString());
            }

            return mended.ToString();
        }
    }
}
