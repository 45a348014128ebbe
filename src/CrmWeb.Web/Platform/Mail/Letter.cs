using System.Globalization;
using System.Text;
using CrmWeb.Data.Identity;
using CrmWeb.Web.Platform.Localisation;

namespace CrmWeb.Web.Platform.Mail;

/// <summary>
/// A mail of the product to a person, in that person's language: what it is about, a few sentences, one button. Written twice, as text and as HTML.
/// </summary>
/// <param name="Language">Of the reader: "en" or "fa".</param>
/// <param name="Subject">One line; also the heading.</param>
public sealed record Letter(string Language, string Subject)
{
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>What the button says.</summary>
    public string? Button { get; init; }

    /// <summary>Where it leads; complete, made by <see cref="Security.Site"/>.</summary>
    public string? Url { get; init; }

    /// <summary>In small print below: how long the link lives, what to do when one did not ask for it.</summary>
    public IReadOnlyList<string> Footnotes { get; init; } = [];

    /// <summary>In small print at the end: other places to go, complete.</summary>
    public IReadOnlyList<(string Text, string Url)> Links { get; init; } = [];

    /// <summary>Of letters that one may want no more of: where one POST ends them.</summary>
    public string? UnsubscribeUrl { get; init; }

    /// <summary>Writes a letter in another language than the page's: what <paramref name="write"/> asks the localizer for comes in the reader's.</summary>
    public static Letter In(string language, Func<Letter> write)
    {
        var (culture, ui) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Cultures.Of(language);
            return write();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, ui);
        }
    }

    /// <summary>The row that the sender works off. Add it in the transaction of the fact it tells of.</summary>
    public OutgoingMail To(string address, DateTime now) => new(address, Heading, Text(), LetterHtml.Draw(this), now) { UnsubscribeUrl = UnsubscribeUrl };

    /// <summary>The subject as it may stand in a header.</summary>
    internal string Heading => OneLine(Subject);

    private string Text()
    {
        var text = new StringBuilder().AppendLine(Heading).AppendLine();
        foreach (var line in Lines) text.AppendLine(line).AppendLine();
        if (Url is not null) text.Append(Button).AppendLine(":").AppendLine(Url).AppendLine();
        foreach (var note in Footnotes) text.AppendLine(note);
        foreach (var (words, url) in Links) text.Append(words).Append(": ").AppendLine(url);
        return text.ToString();
    }

    /// <summary>Names go into subjects, and a line break there would begin another header.</summary>
    private static string OneLine(string text)
    {
        var line = string.Join(' ', new string([.. text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= OutgoingMail.SubjectLength) return line;
        var end = OutgoingMail.SubjectLength - 1;
        return line[..(char.IsHighSurrogate(line[end - 1]) ? end - 1 : end)] + "…";
    }
}
