using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>A key to press.</summary>
[HtmlTargetElement("crm-key")]
public sealed class KeyTag : KitTag
{
    public override void Process(TagHelperContext context, TagHelperOutput output) => Become(output, "kbd", "crm-key");
}
