using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>The shape of what is coming. With <c>load</c> the element fetches that address at once and is replaced by the answer.</summary>
[HtmlTargetElement("crm-skeleton", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class SkeletonTag(IStringLocalizer L) : KitTag
{
    public int Lines { get; set; } = 3;
    public string? Load { get; set => field = value.OrNull(); }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "div", "crm-skeleton");
        output.Attributes.SetAttribute("role", "status");
        if (Load is not null)
        {
            output.Attributes.SetAttribute("hx-get", Resolve(Load));
            output.Attributes.SetAttribute("hx-trigger", "load");
            output.Attributes.SetAttribute("hx-swap", "outerHTML");
        }

        output.Content.AppendHtml(El("span", "visually-hidden", L["Loading"]));
        for (var line = 0; line < Lines; line++) output.Content.AppendHtml(El("span", "crm-skeleton-line"));
    }
}
