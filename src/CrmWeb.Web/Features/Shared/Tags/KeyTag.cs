using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>A key to press.</summary>
[HtmlTargetElement("crm-key")]
public sealed class KeyTag : KitTag
{
    public override void Process(TagHelperContext context, TagHelperOutput output) => Become(output, "kbd", "crm-key");
}

/// <summary>Which keys do what on this page, in a line; not where there is no keyboard. Inside: <c>crm-key</c>s and words.</summary>
[HtmlTargetElement("crm-legend")]
public sealed class LegendTag : KitTag
{
    public override void Process(TagHelperContext context, TagHelperOutput output) => Become(output, "p", "crm-legend crm-hint");
}
