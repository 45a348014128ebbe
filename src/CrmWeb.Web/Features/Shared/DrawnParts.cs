using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Caching.Memory;

namespace CrmWeb.Web.Features.Shared;

/// <summary>
/// Parts of a page that are large and the same on many pages, drawn once for a language. What is drawn holds no record and no token, and whatever
/// else may differ is named by whoever asks: the tenant (T6), what the member may, the place.
/// </summary>
public sealed class DrawnParts(HtmlEncoder encoder) : IDisposable
{
    private const int MaxLetters = 8_000_000;

    private readonly MemoryCache parts = new(new MemoryCacheOptions { SizeLimit = MaxLetters });

    /// <param name="part">The name of the part.</param>
    /// <param name="by">Everything the part depends on besides the language: a value that equals another one when the markup does.</param>
    public async ValueTask<IHtmlContent> Once(string part, object by, Func<Task<IHtmlContent>> draw)
    {
        var key = (part, by, CultureInfo.CurrentUICulture.Name);
        if (parts.TryGetValue<IHtmlContent>(key, out var known)) return known!;

        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        (await draw()).WriteTo(writer, encoder);
        var html = new HtmlString(writer.ToString());
        parts.Set<IHtmlContent>(key, html, new MemoryCacheEntryOptions { Size = html.Value!.Length, SlidingExpiration = TimeSpan.FromMinutes(30) });
        return html;
    }

    public void Dispose() => parts.Dispose();
}
