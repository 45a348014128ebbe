using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>A native dialog, opened by a button with <c>opens="id"</c>. Slot: <c>footer</c>.</summary>
[HtmlTargetElement("crm-dialog", Attributes = "id,title")]
public sealed class DialogTag(IStringLocalizer L) : KitTag
{
    public string Id { get; set; } = "";
    public string Title { get; set; } = "";

    /// <summary>sm, md (default) or lg.</summary>
    public string Size { get; set; } = "md";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var slots = Slots.Open(context);
        var content = await output.GetChildContentAsync();
        Become(output, "dialog", $"crm-dialog is-{Size}");
        output.Attributes.SetAttribute("id", Id);
        output.Attributes.SetAttribute("aria-labelledby", $"{Id}-title");
        output.Content.AppendHtml(El("div", "crm-dialog-head",
            El("h2", null, Title).Attr("id", $"{Id}-title"),
            El("button", "btn btn-icon btn-ghost-secondary", Glyph("x")).Attr("type", "button").Flag("data-close").Attr("aria-label", L["Close"])));
        output.Content.AppendHtml(El("div", "crm-dialog-body", content).Attr("tabindex", "0"));
        if (slots["footer"] is { } footer) output.Content.AppendHtml(El("footer", "crm-dialog-foot", footer));
    }
}
