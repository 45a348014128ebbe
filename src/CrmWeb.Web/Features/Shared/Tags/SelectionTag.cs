using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>
/// What can be done with the chosen rows: a form around buttons with <c>formaction</c>. Scripts show it when something is chosen, and count.
/// The boxes of the list belong to it and post <c>ids</c>.
/// </summary>
[HtmlTargetElement("crm-selection")]
public sealed class SelectionTag(IStringLocalizer L) : KitTag
{
    public const string FormId = "selection";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var buttons = await output.GetChildContentAsync();
        Become(output, "form", "crm-selection");
        output.Attributes.SetAttribute("id", FormId);
        output.Attributes.SetAttribute("method", "post");
        output.Attributes.SetAttribute("data-selection", L["{0} selected"]);
        output.Content.AppendHtml(Antiforgery());
        output.Content.AppendHtml(El("span", "crm-selection-count").Attr("role", "status"));
        output.Content.AppendHtml(El("div", "crm-actions", buttons,
            El("button", "btn btn-ghost-secondary", L["Clear"]).Attr("type", "reset")));
    }
}
