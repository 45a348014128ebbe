using CrmWeb.Web.Platform.Views;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>An icon of the sprite (Client/icons.txt). Decoration unless it has a label.</summary>
[HtmlTargetElement("icon", Attributes = "name", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTag : KitTag
{
    private static readonly HashSet<string> Directional = new(StringComparer.Ordinal)
    {
        "chevron-left", "chevron-right", "arrow-left", "arrow-right", "arrow-back-up", "logout", "login", "external-link", "send", "list", "message-circle",
    };

    public string Name { get; set; } = "";
    public string? Label { get; set => field = value.OrNull(); }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var css = output.Attributes["class"]?.Value?.ToString();
        var svg = Draw(Need<Assets>(), Name, css);
        if (Label is not null)
        {
            svg.Attributes.Remove("aria-hidden");
            svg.Attr("role", "img").Attr("aria-label", Label);
        }

        output.TagName = null;
        output.Content.SetHtmlContent(svg);
    }

    /// <summary>Icons that point somewhere are mirrored in right-to-left pages.</summary>
    public static TagBuilder Draw(Assets assets, string name, string? css = null) =>
        El("svg", $"crm-icon{(Directional.Contains(name) ? " is-directional" : "")}{(css is null ? "" : " " + css)}",
            El("use").Attr("href", $"{assets.Url("dist/icons.svg")}#{name}")).Attr("aria-hidden", "true").Attr("focusable", "false");
}
