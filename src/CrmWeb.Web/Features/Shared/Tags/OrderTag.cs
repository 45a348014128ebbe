using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>Parts of a form that can be put in order: by their buttons, or dragged by their handle. What is posted comes in that order. Inside: <c>crm-order-item</c>s.</summary>
[HtmlTargetElement("crm-order")]
public sealed class OrderTag : KitTag
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "ol", "crm-order");
        output.Attributes.SetAttribute("data-order", "");
    }
}

/// <summary>One of them.</summary>
[HtmlTargetElement("crm-order-item")]
public sealed class OrderItemTag(IStringLocalizer L) : KitTag
{
    /// <summary>What it is called.</summary>
    public string? Label { get; set => field = value.OrNull(); }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        Become(output, "li", "crm-order-item");
        output.Content.AppendHtml(El("span", "crm-order-handle", Glyph("grip-vertical")).Attr("aria-hidden", "true").Attr("data-order-handle", ""));
        output.Content.AppendHtml(El("div", "crm-order-words", content));
        output.Content.AppendHtml(El("div", "crm-order-moves", Move("up", "arrow-up", L["Move up: {0}", Label ?? ""]), Move("down", "arrow-down", L["Move down: {0}", Label ?? ""])));
    }

    private Microsoft.AspNetCore.Mvc.Rendering.TagBuilder Move(string way, string icon, string name) =>
        El("button", "btn btn-icon btn-sm btn-ghost-secondary", Glyph(icon)).Attr("type", "button").Attr("data-order-move", way).Attr("aria-label", name).Attr("title", name);
}
