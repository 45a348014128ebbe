using System.Globalization;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>A share of a whole, as a bar with its percentage. Of nothing there is no share.</summary>
[HtmlTargetElement("crm-meter", Attributes = "value,max", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class MeterTag : KitTag
{
    public long Value { get; set; }
    public long Max { get; set; }

    /// <summary>What it is the share of, for whoever cannot see the bar.</summary>
    public string Label { get; set; } = "";

    /// <summary>The records behind it.</summary>
    public string? Href { get; set => field = value.OrNull(); }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, Href is null ? "span" : "a", "crm-meter");
        if (Href is not null) output.Attributes.SetAttribute("href", Resolve(Href));
        var text = Percent(Value, Max);
        if (Max > 0)
        {
            output.Content.AppendHtml(El("meter").Attr("min", "0").Attr("max", Max.ToString(CultureInfo.InvariantCulture)).Attr("value", Value.ToString(CultureInfo.InvariantCulture))
                .Attr("aria-label", $"{Label} {text}".Trim()));
        }

        output.Content.AppendHtml(El("bdi", null, text ?? "—").Attr("dir", "ltr"));
    }

    /// <summary>Null where there is nothing. What is not whole never reads as a hundred, and what is there never as none.</summary>
    public static string? Percent(long value, long of)
    {
        if (of <= 0) return null;
        var share = value * 100m / of;
        var whole = value == of ? 100 : value == 0 ? 0 : Math.Clamp((int)Math.Round(share), 1, 99);
        return Digits.Shape(whole.ToString(CultureInfo.InvariantCulture)) + (Languages.Current == Languages.Persian ? "٪" : "%");
    }
}
