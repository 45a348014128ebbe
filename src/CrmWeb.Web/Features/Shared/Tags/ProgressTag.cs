using System.Globalization;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>
/// How far something is; without a value only that it goes on. With <c>poll</c> the element asks that address every <c>seconds</c> and puts
/// the answer in its own place: an answer without <c>poll</c> ends it.
/// </summary>
[HtmlTargetElement("crm-progress", Attributes = "label", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ProgressTag : KitTag
{
    public string Label { get; set; } = "";
    public long? Value { get; set; }
    public long Max { get; set; } = 100;
    public string? Poll { get; set => field = value.OrNull(); }
    public int Seconds { get; set; } = 1;
    public string? Hint { get; set => field = value.OrNull(); }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "div", "crm-progress");
        if (Poll is not null)
        {
            output.Attributes.SetAttribute("hx-get", Resolve(Poll));
            output.Attributes.SetAttribute("hx-trigger", string.Create(CultureInfo.InvariantCulture, $"every {Seconds}s"));
            output.Attributes.SetAttribute("hx-swap", "outerHTML");
        }

        var id = NewId("progress");
        var share = Value is { } value ? Digits.Shape(Math.Min(100, value * 100 / Math.Max(1, Max)).ToString(CultureInfo.InvariantCulture)) + (Languages.Current == Languages.Persian ? "٪" : "%") : null;
        output.Content.AppendHtml(El("div", "crm-progress-line", El("span", null, Label).Attr("id", id), share is null ? null : El("bdi", null, share).Attr("dir", "ltr")));
        output.Content.AppendHtml(El("progress").Attr("aria-labelledby", id)
            .Attr("max", Value is null ? null : Max.ToString(CultureInfo.InvariantCulture)).Attr("value", Value?.ToString(CultureInfo.InvariantCulture)));
        if (Hint is not null) output.Content.AppendHtml(El("p", "crm-hint", Hint));
    }
}
