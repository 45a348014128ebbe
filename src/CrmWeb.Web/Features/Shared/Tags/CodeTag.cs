using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>Some lines of code, left to right in every language, with a button that copies them.</summary>
[HtmlTargetElement("crm-code", Attributes = "text", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class CodeTag(IStringLocalizer L) : KitTag
{
    public string Text { get; set; } = "";

    /// <summary>What the lines are, for whoever cannot see them.</summary>
    public string Label { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "div", "crm-code");
        output.Attributes.SetAttribute("dir", "ltr");
        output.Content.SetHtmlContent(El("pre", null, El("code", null, Text)).Attr("tabindex", "0").Attr("role", "group").Attr("aria-label", Label));
        output.Content.AppendHtml(El("button", "btn btn-icon btn-sm btn-ghost-secondary crm-copy", Glyph("copy"), Glyph("check", "crm-copied"))
            .Attr("type", "button").Attr("data-copy", Text).Attr("data-copied", L["Copied"]).Attr("aria-label", L["Copy"]).Attr("title", L["Copy"]).Flag("hidden"));
    }
}
