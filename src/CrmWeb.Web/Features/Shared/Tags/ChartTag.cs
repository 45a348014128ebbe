using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>A picture of numbers with its title, what it says in a sentence, and the numbers themselves in the slot <c>data</c> (a table). Slot: <c>actions</c>.</summary>
[HtmlTargetElement("crm-chart", Attributes = "title")]
public sealed class ChartTag(IStringLocalizer L) : KitTag
{
    public string Title { get; set; } = "";
    public string? Caption { get; set => field = value.OrNull(); }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var slots = Slots.Open(context);
        var picture = await output.GetChildContentAsync();
        Become(output, "figure", "crm-card crm-chart");
        output.Content.AppendHtml(El("figcaption", "crm-card-head",
            El("div", "crm-card-words", El("h2", "crm-card-title", Title), Caption is null ? null : El("p", "crm-card-description", Caption)),
            slots["actions"] is { } actions ? El("div", "crm-actions", actions) : null));
        output.Content.AppendHtml(El("div", "crm-chart-picture", picture));
        if (slots["data"] is { } data) output.Content.AppendHtml(El("details", "crm-chart-data", El("summary", null, L["Show the numbers"]), El("div", "crm-scroll", data)));
    }
}
