using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using CrmWeb.Web.Platform.Localisation;

namespace CrmWeb.Web.Platform.Mail;

/// <summary>The look of a letter. Mail programs know no style sheets and little CSS: a table, a width, styles on the elements.</summary>
internal static class LetterHtml
{
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    private const string Frame =
        """
        <!DOCTYPE html>
        <html lang="{{language}}" dir="{{direction}}">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"></head>
        <body style="margin:0;padding:0;background:#f2f6f7">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f2f6f7"><tr><td align="center" style="padding:32px 16px">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" dir="{{direction}}" style="max-width:520px">
        <tr><td style="padding:0 4px 16px;font:600 15px/1.4 {{font}};color:#00656f;text-align:{{start}}">CrmWeb</td></tr>
        <tr><td style="padding:32px;border:1px solid #dfe7ea;border-radius:12px;background:#ffffff;font:400 15px/1.65 {{font}};color:#2a383e;text-align:{{start}}">
        {{body}}
        </td></tr></table></td></tr></table>
        </body></html>
        """;

    public static string Draw(Letter letter)
    {
        var persian = letter.Language == Languages.Persian;
        return Frame
            .Replace("{{language}}", persian ? Languages.Persian : Languages.English, StringComparison.Ordinal)
            .Replace("{{direction}}", persian ? "rtl" : "ltr", StringComparison.Ordinal)
            .Replace("{{start}}", persian ? "right" : "left", StringComparison.Ordinal)
            .Replace("{{font}}", "Inter,Vazirmatn,'Segoe UI',Tahoma,Arial,sans-serif", StringComparison.Ordinal)
            // last: a name that holds the mark of another part is not filled in again
            .Replace("{{body}}", Body(letter), StringComparison.Ordinal);
    }

    private static string Body(Letter letter)
    {
        var body = new StringBuilder(Element("h1", "margin:0 0 16px;font-size:20px;line-height:1.4;font-weight:600;color:#16242a", letter.Heading));
        foreach (var line in letter.Lines) body.Append(Element("p", "margin:0 0 14px", line));
        if (letter.Url is { } url) body.Append(Button(url, letter.Button ?? url));
        foreach (var note in letter.Footnotes) body.Append(Element("p", "margin:0 0 6px;font-size:13px;color:#5c6b72", note));
        foreach (var (text, to) in letter.Links)
            body.Append($"<p style=\"margin:0 0 6px;font-size:13px\"><a href=\"{Html.Encode(to)}\" target=\"_blank\" style=\"color:#00656f\">{Html.Encode(text)}</a></p>\n");
        return body.ToString();
    }

    private static string Element(string name, string style, string text) => $"<{name} style=\"{style}\">{Html.Encode(text)}</{name}>\n";

    private static string Button(string url, string text) =>
        $"""
        <p style="margin:24px 0"><a href="{Html.Encode(url)}" target="_blank" style="display:inline-block;padding:12px 22px;border-radius:8px;background:#00656f;color:#ffffff;font-weight:600;text-decoration:none">{Html.Encode(text)}</a></p>

        """;
}
