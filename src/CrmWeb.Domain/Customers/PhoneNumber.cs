using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace CrmWeb.Domain.Customers;

/// <summary>Telephone numbers: shown as typed, matched by their normal form.</summary>
public static partial class PhoneNumber
{
    /// <summary>Of a number as typed, in characters.</summary>
    public const int MaxTypedLength = 64;

    /// <summary>Of a normal form, in characters: +, 15 digits, <c>;ext=</c>, 7 digits.</summary>
    public const int MaxLength = 28;

    private const int MaxDigits = 15;
    private const int MinDigits = 3;
    private const int MinInternationalDigits = 7;
    // a number of these alone has no extension
    private static readonly SearchValues<char> Plain = SearchValues.Create("0123456789+ -./()");
    private const string Keys = "22233344455566677778889999";

    /// <summary>
    /// The normal form: <c>+491701234567</c> when the country is known by a leading +, by 00 or the default country's international
    /// prefix, or by the default country (its national prefix is dropped); otherwise the digits as dialled at home. An extension
    /// follows as <c>;ext=123</c>. Digits of any script count, letters after at least three digits are read from the keypad.
    /// A number too short for its country stays in national form. False, with an empty normal form, for what is not a number:
    /// other characters, fewer than 3 or more than 15 digits. Never throws.
    /// </summary>
    /// <param name="typed">What was typed or imported.</param>
    /// <param name="defaultCountry">ISO 3166 alpha-2 code of the country where the number is dialled; null or unknown: no guess is made.</param>
    /// <param name="normal">The normal form, or empty.</param>
    public static bool TryNormalise(string? typed, string? defaultCountry, out string normal)
    {
        normal = "";
        if (typed is null || typed.Length > MaxTypedLength || SearchText.HasControl(typed, but: '\t')) return false;

        var text = SearchText.Fold(typed);
        if (text.StartsWith("tel:", StringComparison.Ordinal)) text = text[4..].TrimStart();
        var extension = "";
        if (text.AsSpan().ContainsAnyExcept(Plain) && Extension().Match(text) is { Success: true } match)
        {
            extension = match.Groups["digits"].Value;
            text = text[..match.Index];
        }

        if (!TryDigits(text, out var digits, out var plus) || !TryInternational(digits, plus, defaultCountry, out var number)) return false;
        normal = extension.Length == 0 ? number : $"{number};ext={extension}";
        return true;
    }

    private static bool TryDigits(string text, out string digits, out bool plus)
    {
        digits = "";
        plus = text.StartsWith('+') || text.StartsWith("(+", StringComparison.Ordinal);
        var rest = plus ? text[(text.IndexOf('+', StringComparison.Ordinal) + 1)..] : text;
        // "+49 (0)170 …": the zero is for callers at home
        if (plus || rest.StartsWith("00", StringComparison.Ordinal)) rest = rest.Replace("(0)", "", StringComparison.Ordinal);

        var dialled = new StringBuilder(rest.Length);
        foreach (var c in rest)
        {
            if (char.IsAsciiDigit(c)) dialled.Append(c);
            else if (char.IsAsciiLetterLower(c) && dialled.Length >= MinDigits) dialled.Append(Keys[c - 'a']);
            else if (!" -./()[]~·•".Contains(c, StringComparison.Ordinal)) return false;
        }

        digits = dialled.ToString();
        return digits.Length is >= MinDigits and <= MaxDigits + 5;
    }

    private static bool TryInternational(string digits, bool plus, string? defaultCountry, out string number)
    {
        number = "";
        if (plus) return TryFromAbroad(digits, out number);

        var known = CallingCodes.TryGet(defaultCountry, out var home);
        if (known && digits.StartsWith(home.International, StringComparison.Ordinal) && TryFromAbroad(digits[home.International.Length..], out number)) return true;
        if (digits.StartsWith("00", StringComparison.Ordinal) && TryFromAbroad(digits[2..], out number)) return true;
        if (known && TryFromHome(digits, home, out number)) return true;
        number = digits;
        return digits.Length <= MaxDigits;
    }

    private static bool TryFromAbroad(string digits, out string number)
    {
        number = "";
        if (CallingCodes.Of(digits) is not { } code) return false;

        var trunk = CallingCodes.TrunkOf(code);
        var national = digits[code.Length..];
        // "+49 0170 …", a common mistake; a trunk prefix other than zero may begin a real number
        if (trunk is "0" && national.StartsWith('0')) national = national[1..];
        if ((trunk is "0" && national.StartsWith('0')) || code.Length + national.Length is < MinInternationalDigits or > MaxDigits) return false;
        number = $"+{code}{national}";
        return true;
    }

    private static bool TryFromHome(string digits, CallingCode home, out string number)
    {
        number = "";
        var national = digits;
        if (home.Length == 0)
        {
            if (home.Trunk.Length > 0 && digits.StartsWith(home.Trunk, StringComparison.Ordinal)) national = digits[home.Trunk.Length..];
        }
        else
        {
            // 8 (495) … and 7 495 … in Russia, 1-800-… in America: the length tells a prefix from the number's own digits
            if (digits.Length == home.Length + home.Trunk.Length && digits.StartsWith(home.Trunk, StringComparison.Ordinal)) national = digits[home.Trunk.Length..];
            else if (digits.Length == home.Length + home.Code.Length && digits.StartsWith(home.Code, StringComparison.Ordinal)) national = digits[home.Code.Length..];
            if (national.Length != home.Length) return false;
        }

        // a second zero is not a national number, and one of four digits is an extension of somebody's
        if ((home.Trunk is "0" && national.StartsWith('0')) || national.Length < 5 || home.Code.Length + national.Length is < MinInternationalDigits or > MaxDigits) return false;
        number = $"+{home.Code}{national}";
        return true;
    }

#pragma warning disable MA0009 // the texts are short: their length is limited above
    [GeneratedRegex(@"\s*(?:;\s*ext\s*=|[,;]?\s*(?:extension|extn?|durchwahl|داخلی)\b\s*[.:]?|[,;]?\s*(?<=[\d\s).,;])x\s*[.:]?|#)\s*(?<digits>[0-9]{1,7})$", RegexOptions.CultureInvariant)]
    private static partial Regex Extension();
}
