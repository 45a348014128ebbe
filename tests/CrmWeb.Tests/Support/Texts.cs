using FsCheck;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Support;

/// <summary>Texts that programs stumble over: made at random, and a list of our own.</summary>
public static class Texts
{
    private static readonly string[] Pieces =
    [
        "a", "Z", "0", "9", "1/2", " ", "\t", "\r", "\n", "\r\n", "\0", "\u001b", "\"", "\"\"", "'", "''", ",", ";", "|", "=", "+", "-", "@", "＝", "＋", "－", "＠", "#", "%",
        "(", ")", ".", ":", "/", "\\", "<b>", "{{", "@example.com", "https://", "ext.", "+49", "0098", "é", "e\u0301", "ß", "İ", "ı", "ﬁ", "Ａ", "①", "½", "ي", "ی", "ك", "ک",
        "ة", "أ", "ؤ", "ـ", "َ", "\u200c", "\u200d", "\u200e", "\u202e", "\ufeff", "۱۲۳", "٤٥", "سلام", "ﷺ", "中文", "が", "한국", "ไทย", "नमस्ते", "👩‍👩‍👧", "𝒳", "𐐀", "\u2028", "\u0085", "\u00a0",
        "�", "\uffff", "2024-02-30", "12:60", "Z", "مرداد", "اسفند",
    ];

    /// <summary>Lines that a person might type or a hostile one might send; each of them must survive import, page and export.</summary>
    public static readonly string[] Naughty =
    [
        "", " ", "  two  spaces  ", "null", "NULL", "undefined", "true", "NaN", "-1", "1e400", "0x10", "١٢٣", "۱۲۳۴", "1/0", "$1.00", "٫٬", "=1+1", "==", "=cmd|' /C calc'!A0", "+491701234567",
        "-12.50", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "'", "''", "'=1+1", "''=1+1", "＝1+1", "＠x", "\"", "\"\"", "\"quoted\"", "a\"b", "a,b;c|d\te", "line\nbreak", "line\r\nbreak", "cr\ronly",
        "trailing\n", "O'Brien", "Robert'); DROP TABLE Customers;--", "<script>alert(1)</script>", "{{ 7*7 }}", "${7*7}", "%00", "\0", "a\u0001b", "\u001b[31mred", "../../etc/passwd", "C:\\CON", "é è ü ñ ø ł",
        "e\u0301 decomposed", "Ω≈ç√∫", "ﬃ ligature", "Ｆｕｌｌ　ｗｉｄｔｈ", "علی‌رضا كاظمي", "می‌روم", "مُحَمَّد", "שָׁלוֹם", "\u202eright to left\u202c", "\u200bzero\ufeffwidth", "田中さん", "パーティーへ行かないか", "한국어", "ภาษาไทย",
        "नमस्ते", "👍🏽 👩‍👩‍👧‍👦 🇩🇪", "𝕱𝖗𝖆𝖐𝖙𝖚𝖗", "Z̸̢͎̀ă̴l̵g̷o̶", "\u0085next\u2028line\u2029", "İstanbul ıI", "ẞß", "sep=;", "ID", "a very long text " + "................................................................",
    ];

    /// <summary>Any string: pieces that matter, mixed with what the generator makes up; lone surrogates among them.</summary>
    public static Arbitrary<string> Any { get; } = Gen.Frequency(
        (6, Gen.Elements(Pieces).ListOf().Select(string.Concat)),
        (2, ArbMap.Default.GeneratorFor<string>().Select(s => s ?? "")),
        (1, Gen.Choose(0, 0xFFFF).Select(c => (char)c).ListOf().Select(string.Concat))).ToArbitrary();

    /// <summary>Any string that has a UTF-8 form.</summary>
    public static Arbitrary<string> Encodable { get; } = Any.Generator.Select(WellFormed).ToArbitrary();

    private static string WellFormed(string text) => string.Concat(text.EnumerateRunes().Select(r => r.ToString()));

    /// <summary>The folder of shared data files, from the environment or beside the project; null where there is none.</summary>
    public static string? Shared(params string[] path)
    {
        if (Environment.GetEnvironmentVariable("CRMWEB_SHARED") is { Length: > 0 } named) return Existing(Path.Combine([named, .. path]));
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Existing(Path.Combine([folder.FullName, "shared", .. path])) is { } found) return found;
        }

        return null;

        static string? Existing(string path) => File.Exists(path) ? path : null;
    }
}
