using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Encodings.Web;
using CrmWeb.Web.Platform.Views;
using Microsoft.AspNetCore.Html;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared;

/// <summary>The icons of the sprite (Client/icons.txt) as markup. A page has a hundred of them, of thirty kinds: each kind is drawn once.</summary>
public sealed class Icons(Assets assets)
{
    private static readonly HashSet<string> Directional = new(StringComparer.Ordinal)
    {
        "chevron-left", "chevron-right", "arrow-left", "arrow-right", "arrow-back-up", "logout", "login", "external-link", "send", "list", "message-circle",
    };

    private readonly ConcurrentDictionary<(string Sprite, string Name, string? Css), HtmlString> drawn = [];

    /// <summary>Icons that point somewhere are mirrored in right-to-left pages.</summary>
    public IHtmlContent Draw(string name, string? css = null)
    {
        // names and classes stand in the code and the views, never in what people type: there are only so many
        var key = (assets.Url("dist/icons.svg"), name, css);
        return drawn.TryGetValue(key, out var known) ? known : drawn.GetOrAdd(key, Render(key.Item1, name, css));
    }

    private static HtmlString Render(string sprite, string name, string? css)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        El("svg", $"crm-icon{(Directional.Contains(name) ? " is-directional" : "")}{(css is null ? "" : " " + css)}", El("use").Attr("href", $"{sprite}#{name}"))
            .Attr("aria-hidden", "true").Attr("focusable", "false").WriteTo(writer, HtmlEncoder.Default);
        return new HtmlString(writer.ToString());
    }
}
