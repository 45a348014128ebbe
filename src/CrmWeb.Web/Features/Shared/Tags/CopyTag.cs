using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>Copies the value. Without scripts it is not there.</summary>
[HtmlTargetElement("crm-copy", Attributes = "value", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class CopyTag(IStringLocalizer L) : KitTag
{
    public string Value { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(El("button", "btn btn-icon btn-sm btn-ghost-secondary crm-copy", Glyph("copy"), Glyph("check", "crm-copied"))
            .Attr("type", "button").Attr("data-copy", Value).Attr("data-copied", L["Copied"]).Attr("aria-label", L["Copy"]).Attr("title", L["Copy"]).Flag("hidden"));
    }
}
