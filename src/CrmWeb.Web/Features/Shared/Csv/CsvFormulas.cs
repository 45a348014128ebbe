using System.Globalization;
using System.Text;

namespace CrmWeb.Web.Features.Shared.Csv;

/// <summary>
/// Keeps spreadsheets from running values as formulas (T16), and takes the protection off again.
/// A value that could start a formula, or that starts with the apostrophe itself, gets one apostrophe in front; taking one off is
/// therefore exact. Only files that we wrote may be treated so, for elsewhere an apostrophe is the value's own. They are known by a
/// last column of the name <see cref="MarkColumn"/>: it survives being opened and saved by a spreadsheet, which invisible marks or the
/// style of quoting do not, and a person sees what it is.
/// </summary>
public static class CsvFormulas
{
    /// <summary>The name of the last column of every file that we write; it is empty, or has a <see cref="RowKey"/>.</summary>
    public const string MarkColumn = "CrmWeb export (')";

    private const char Apostrophe = '\'';

    /// <summary>The value as it is written: harmless in a spreadsheet.</summary>
    public static string Neutralise(string value) => StartsFormula(value) ? Apostrophe + value : value;

    /// <summary>The value that <see cref="Neutralise"/> was given.</summary>
    public static string Restore(string written) => written.StartsWith(Apostrophe) ? written[1..] : written;

    // Programs differ in what they skip before the sign, so anything invisible in front of it counts as nothing.
    private static bool StartsFormula(string value)
    {
        if (value.Length == 0) return false;
        if (value[0] is Apostrophe or '\t' or '\r' or '\n') return true;
        foreach (var rune in value.EnumerateRunes())
        {
            var invisible = Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format;
            if (!invisible) return rune.Value is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠' or '−' or '﹢' or '﹣' or '﹦' or '﹫';
        }

        return false;
    }
}
