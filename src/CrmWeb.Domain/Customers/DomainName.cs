using System.Globalization;
using System.Text;

namespace CrmWeb.Domain.Customers;

/// <summary>The host part of e-mail and web addresses, in the form that machines compare: lower case, punycode.</summary>
internal static class DomainName
{
    public const int MaxLength = 253;
    private const int MaxLabelLength = 63;
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>False for what is not a name of at least two labels: an IP address, a single word, an empty or too long label.</summary>
    public static bool TryNormalise(string typed, out string ascii)
    {
        ascii = "";
        if (typed.Length is 0 or > MaxLength) return false;
        try
        {
            ascii = typed.ToLowerInvariant();
            // the labels are looked at below; two hyphens may be punycode, which has rules of its own
            if (!Ascii.IsValid(ascii) || ascii.Contains("--", StringComparison.Ordinal)) ascii = Idn.GetAscii(ascii).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return false;
        }

        var labels = ascii.Split('.');
        if (ascii.Length <= MaxLength && labels.Length > 1 && Array.TrueForAll(labels, IsLabel) && !labels[^1].All(char.IsAsciiDigit)) return true;
        ascii = "";
        return false;
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= MaxLabelLength && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
