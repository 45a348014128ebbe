using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>What every tag of the kit can do: know the request, resolve <c>~/</c> against the path base, draw an icon, make a form post.</summary>
public abstract class KitTag : TagHelper
{
    /// <summary>The form in every layout that holds nothing but the token against forged posts.</summary>
    public const string PostFormId = "post";

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    protected HttpRequest Request => ViewContext.HttpContext.Request;

    protected T Need<T>() where T : notnull => ViewContext.HttpContext.RequestServices.GetRequiredService<T>();

    /// <summary><c>~/</c> stands for the path base, which inside a tenant ends with its slug; any other address is complete already.</summary>
    protected string? Resolve(string? url) =>
        url?.StartsWith("~/", StringComparison.Ordinal) == true ? Request.PathBase + url[1..] : url;

    /// <summary>
    /// An id that no other element has. (A tag's own UniqueId stands for its place in the view: in a loop it is the same again and again.)
    /// A part of a page that arrives later must not meet the ids that are there already.
    /// </summary>
    protected string NewId(string prefix)
    {
        var items = ViewContext.HttpContext.Items;
        var (part, count) = items.TryGetValue(typeof(KitTag), out var last)
            ? ((string, int))last!
            : (Request.Headers.ContainsKey("HX-Request") ? RandomNumberGenerator.GetHexString(6, lowercase: true) + "-" : "", 0);
        items[typeof(KitTag)] = (part, count + 1);
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}-{part}{count + 1}");
    }

    protected IHtmlContent Glyph(string name, string? css = null) => Need<Icons>().Draw(name, css);

    protected IHtmlContent? GlyphOrNull(string? name, string? css = null) => string.IsNullOrEmpty(name) ? null : Glyph(name, css);

    /// <summary>The hidden field against forged posts.</summary>
    protected IHtmlContent Antiforgery() => Need<IHtmlGenerator>().GenerateAntiforgery(ViewContext) ?? (IHtmlContent)HtmlString.Empty;

    /// <summary>Makes the button send the one empty form of the page (_PostForm) to the address: what changes something is a post, never a link.</summary>
    /// <param name="inPlace">The action answers by <see cref="Answers.Done"/>: with scripts the page stays and shows itself anew.</param>
    protected TagBuilder Posting(TagBuilder button, string url, bool inPlace = false)
    {
        var to = Resolve(url);
        button.Attr("type", "submit").Attr("form", PostFormId).Attr("formaction", to);
        return inPlace ? button.Attr("hx-post", to).Attr("hx-target", "#shell-dialog-content").Attr("hx-disable", "this") : button;
    }

    /// <summary>Turns the output into the element, keeping attributes written on the tag (class is added to).</summary>
    protected static void Become(TagHelperOutput output, string name, string css)
    {
        output.TagName = name;
        output.TagMode = TagMode.StartTagAndEndTag;
        var own = output.Attributes["class"]?.Value?.ToString();
        output.Attributes.SetAttribute("class", string.IsNullOrEmpty(own) ? css : $"{css} {own}");
    }

    internal static string Css(Tone tone) => tone switch
    {
        Tone.Accent => "is-accent",
        Tone.Good => "is-good",
        Tone.Warn => "is-warn",
        Tone.Bad => "is-bad",
        _ => "is-neutral",
    };
}
