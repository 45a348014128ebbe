using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>A number with its name, and how it changed. <c>tone</c> says whether the change is good: churn that falls is.</summary>
[HtmlTargetElement("crm-stat", Attributes = "label", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class StatTag : KitTag
{
    public string Label { get; set; } = "";

    /// <summary>Null is shown as not available, never as 0.</summary>
    public string? Value { get; set => field = value.OrNull(); }

    /// <summary>With its sign: +6%.</summary>
    public string? Change { get; set => field = value.OrNull(); }

    public Tone Tone { get; set; }
    public string? Hint { get; set => field = value.OrNull(); }

    /// <summary>The records behind the number.</summary>
    public string? Href { get; set => field = value.OrNull(); }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, Href is null ? "div" : "a", "crm-stat");
        if (Href is not null) output.Attributes.SetAttribute("href", Resolve(Href));
        output.Content.AppendHtml(El("span", "crm-stat-label", Label));
        // a sign before a number would move behind it in a right-to-left line
        output.Content.AppendHtml(El("span", "crm-stat-line",
            El("bdi", "crm-stat-value", Value ?? "—").Attr("dir", "auto"),
            Change is null ? null : El("span", $"crm-stat-change {Css(Tone)}", Trend(Change), El("bdi", null, Change).Attr("dir", "ltr"))));
        if (Hint is not null) output.Content.AppendHtml(El("span", "crm-stat-hint", Hint));
    }

    private IHtmlContent? Trend(string change) => change[0] switch
    {
        '+' => Glyph("trending-up"),
        '-' or '−' => Glyph("trending-down"),
        _ => null,
    };
}
