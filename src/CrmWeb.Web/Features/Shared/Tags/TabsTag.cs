using CrmWeb.Web.Platform.Localisation;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>Views of one thing, each with an address of its own: a row of <c>crm-tab</c>.</summary>
[HtmlTargetElement("crm-tabs", Attributes = "label")]
public sealed class TabsTag : KitTag
{
    public string Label { get; set; } = "";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var tabs = await output.GetChildContentAsync();
        Become(output, "nav", "crm-tabs");
        output.Attributes.SetAttribute("aria-label", Label);
        output.Content.SetHtmlContent(El("ul", null, tabs));
    }
}

[HtmlTargetElement("crm-tab", Attributes = "text,href", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class TabTag : KitTag
{
    public string Text { get; set; } = "";
    public string Href { get; set; } = "";
    public bool Active { get; set; }
    public long? Count { get; set; }
    public string? Icon { get; set => field = value.OrNull(); }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "li";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Content.SetHtmlContent(El("a", "crm-tab", GlyphOrNull(Icon), El("span", null, Text), Count is { } count ? El("span", "crm-count", Digits.Number(count)) : null)
            .Attr("href", Resolve(Href)).Attr("aria-current", Active ? "page" : null));
    }
}
