using Microsoft.AspNetCore.Razor.TagHelpers;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>Something the reader should know before going on. Slot: <c>actions</c>.</summary>
[HtmlTargetElement("crm-callout")]
public sealed class CalloutTag : KitTag
{
    public Tone Tone { get; set; } = Tone.Accent;
    public string? Title { get; set => field = value.OrNull(); }
    public string? Icon { get; set => field = value.OrNull(); }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var slots = Slots.Open(context);
        var content = await output.GetChildContentAsync();
        Become(output, "div", $"crm-callout {Css(Tone)}");
        output.Attributes.SetAttribute("role", Tone == Tone.Bad ? "alert" : "note");
        output.Content.AppendHtml(Glyph(Icon ?? Default));
        output.Content.AppendHtml(El("div", "crm-callout-words", Title is null ? null : El("p", "crm-callout-title", Title), El("div", null, content)));
        if (slots["actions"] is { } actions) output.Content.AppendHtml(El("div", "crm-actions", actions));
    }

    private string Default => Tone switch
    {
        Tone.Good => "circle-check",
        Tone.Warn => "alert-triangle",
        Tone.Bad => "alert-circle",
        _ => "info-circle",
    };
}
