using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Caching.Memory;

namespace CrmWeb.Web.Features.Shared;

/// <summary>
/// Parts of a page that are large and the same for everybody who reads an address in a language, drawn once. The address has the tenant in it,
/// and what is drawn holds no record and no token.
/// </summary>
public sealed class DrawnParts(HtmlEncoder encoder) : IDisposable
{
    private const int MaxParts = 2_000;

    private readonly MemoryCache parts = new(new MemoryCacheOptions { SizeLimit = MaxParts });

    public IHtmlContent Once(object part, string address, Func<IHtmlContent> draw) => parts.GetOrCreate((part.GetType(), address, CultureInfo.CurrentUICulture.Name), entry =>
    {
        entry.Size = 1;
        entry.SlidingExpiration = TimeSpan.FromMinutes(30);
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        draw().WriteTo(writer, encoder);
        return new HtmlString(writer.ToString());
    })!;

    public void Dispose() => parts.Dispose();
}
