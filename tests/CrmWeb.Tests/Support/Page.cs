using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace CrmWeb.Tests.Support;

/// <summary>An answer, with its HTML parsed.</summary>
public sealed record Page(HttpStatusCode Status, Uri? Location, string Body, IHtmlDocument Html, HttpResponseMessage Response)
{
    /// <summary>What a person reads, white space folded.</summary>
    public string Text => Fold(Html.Body?.TextContent);

    public static async Task<Page> Of(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        return new Page(response.StatusCode, response.Headers.Location, body, new HtmlParser().ParseDocument(body), response);
    }

    public IElement? Find(string selector) => Html.QuerySelector(selector);

    public IEnumerable<string> Texts(string selector) => Html.QuerySelectorAll(selector).Select(e => Fold(e.TextContent));

    /// <summary>The message beside a field; null when there is none.</summary>
    public string? ErrorFor(string field) => Html.GetElementById($"{field.Replace('.', '_')}-error") is { } error && Fold(error.TextContent) is { Length: > 0 } text ? text : null;

    /// <summary>What stands in a field.</summary>
    public string? Value(string field) => Html.QuerySelector($"[name='{field}']") switch
    {
        IHtmlTextAreaElement area => area.Value,
        IHtmlSelectElement select => select.Value,
        IHtmlInputElement input => input.Value,
        _ => null,
    };

    /// <summary>What a browser would post from a form that nobody touched.</summary>
    /// <param name="action">The end of the address the form posts to.</param>
    public IReadOnlyList<KeyValuePair<string, string>> Untouched(string action) =>
        [.. Html.QuerySelectorAll($"form[action$='{action}'] [name]").SelectMany(field => Posted(field).Select(value => KeyValuePair.Create(field.GetAttribute("name")!, value)))];

    private static IEnumerable<string> Posted(IElement field) => field switch
    {
        IHtmlInputElement { Type: "radio" or "checkbox", IsChecked: false } => [],
        IHtmlInputElement input => [input.Value],
        IHtmlTextAreaElement area => [area.Value],
        IHtmlSelectElement { IsMultiple: true } select => select.SelectedOptions.Select(option => option.Value),
        // a browser takes the first where none is chosen
        IHtmlSelectElement select => [(select.SelectedOptions.FirstOrDefault() ?? select.Options.FirstOrDefault())?.Value ?? ""],
        _ => [],
    };

    private static string Fold(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
