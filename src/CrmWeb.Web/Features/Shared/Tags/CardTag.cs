using Microsoft.AspNetCore.Razor.TagHelpers;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>A piece of a page with a title of its own. Slots: <c>actions</c>, <c>footer</c>. <c>flush</c> lets a list reach the edges.</summary>
[HtmlTargetElement("crm-card")]
public sealed class CardTag : KitTag
{
    public string? Title { get; set => field = value.OrNull(); }
    public string? Description { get; set => field = value.OrNull(); }
    public string? Icon { get; set => field = value.OrNull(); }
    public bool Flush { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        if (Title is not null) context.Items[typeof(CardTag)] = Title;
        var slots = Slots.Open(context);
        var content = await output.GetChildContentAsync();
        Become(output, "section", $"crm-card{(Flush ? " is-flush" : "")}");
        var id = NewId("card");
        if (Title is not null)
        {
            output.Attributes.SetAttribute("aria-labelledby", id);
            output.Content.AppendHtml(El("header", "crm-card-head",
                GlyphOrNull(Icon),
                El("div", "crm-card-words", El("h2", "crm-card-title", Title).Attr("id", id), Description is null ? null : El("p", "crm-card-description", Description)),
                slots["actions"] is { } actions ? El("div", "crm-actions", actions) : null));
        }

        output.Content.AppendHtml(El("div", "crm-card-body", content));
        if (slots["footer"] is { } footer) output.Content.AppendHtml(El("footer", "crm-card-foot", footer));
    }
}
