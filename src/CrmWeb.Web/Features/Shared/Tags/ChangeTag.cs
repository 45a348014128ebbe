using Microsoft.AspNetCore.Razor.TagHelpers;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>A value before and after, or with <c>only</c> the value alone. Nothing is shown as a dash.</summary>
[HtmlTargetElement("crm-change", Attributes = "label", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ChangeTag : KitTag
{
    private const int MaxShown = 120;

    public string Label { get; set; } = "";

    public string? Before { get; set; }

    /// <summary>There is no before.</summary>
    public bool Only { get; set; }

    public string? After { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "span", "crm-change");
        output.Content.AppendHtml(El("em", null, Label));
        output.Content.Append(" ");
        if (!Only)
        {
            output.Content.AppendHtml(El("del", null, El("bdi", null, Short(Before))));
            output.Content.Append(" ");
        }

        output.Content.AppendHtml(El(Only ? "span" : "ins", null, El("bdi", null, Short(After))));
    }

    private static string Short(string? text) => string.IsNullOrEmpty(text) ? "—" : text.Length <= MaxShown ? text : string.Concat(text.AsSpan(0, MaxShown), "…");
}
