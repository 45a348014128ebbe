using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>A state or a label in one or two words: <c>text</c>, or what stands inside, or a whole <see cref="Shared.Badge"/>.</summary>
[HtmlTargetElement("crm-badge", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class BadgeTag : KitTag
{
    public Badge? Badge { get; set; }
    public string? Text { get; set => field = value.OrNull(); }
    public Tone Tone { get; set; }
    public string? Icon { get; set => field = value.OrNull(); }

    /// <summary>A dot in the colour before the text: for states in a list.</summary>
    public bool Dot { get; set; }

    public static TagBuilder Draw(string text, Tone tone, IHtmlContent? icon = null) => El("span", $"crm-badge {Css(tone)}", icon, El("span", null, text));

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        Become(output, "span", $"crm-badge {Css(Badge?.Tone ?? Tone)}{(Dot ? " has-dot" : "")}");
        if (GlyphOrNull(Badge?.Icon ?? Icon) is { } icon) output.Content.AppendHtml(icon);
        output.Content.AppendHtml(El("span", null, Badge?.Text ?? Text, content));
    }
}
