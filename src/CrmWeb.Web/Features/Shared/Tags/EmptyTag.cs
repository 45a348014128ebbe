using Microsoft.AspNetCore.Razor.TagHelpers;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>Nothing here yet, and what to do about it. What stands inside follows the button.</summary>
[HtmlTargetElement("crm-empty", Attributes = "title")]
public sealed class EmptyTag : KitTag
{
    public string Icon { get; set; } = "inbox";
    public string Title { get; set; } = "";
    public string? Text { get; set => field = value.OrNull(); }
    public string? ActionText { get; set => field = value.OrNull(); }
    public string? ActionHref { get; set => field = value.OrNull(); }
    public string? ActionIcon { get; set => field = value.OrNull(); }
    public bool ActionDialog { get; set; }

    /// <summary>Of the heading; by itself one below the card it stands in, or below the page.</summary>
    public int? Level { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var level = Level ?? (context.Items.ContainsKey(typeof(CardTag)) ? 3 : 2);
        var content = await output.GetChildContentAsync();
        Become(output, "div", "crm-empty");
        output.Content.AppendHtml(El("span", "crm-empty-icon", Glyph(Icon)));
        output.Content.AppendHtml(El($"h{level}", "crm-empty-title", Title));
        if (Text is not null) output.Content.AppendHtml(El("p", "crm-empty-text", Text));
        if (ActionHref is not null)
        {
            output.Content.AppendHtml(El("a", "btn btn-primary", GlyphOrNull(ActionIcon), El("span", null, ActionText))
                .Attr("href", Resolve(ActionHref)).Flag("data-dialog", ActionDialog));
        }

        output.Content.AppendHtml(content);
    }
}
