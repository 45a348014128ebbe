using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>Numbers of equal spans of time as a small line of bars, the newest last; <c>label</c> says what they are to whoever does not see it.</summary>
[HtmlTargetElement("crm-spark", Attributes = "values", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class SparkTag : KitTag
{
    private const decimal Height = 24;
    private const decimal Step = 10;

    public IReadOnlyList<long> Values { get; set; } = [];
    public string Label { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "svg", "crm-spark");
        var most = Math.Max(1, Values.DefaultIfEmpty().Max());
        output.Attributes.SetAttribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {Values.Count * Step} {Height}"));
        output.Attributes.SetAttribute("role", "img");
        output.Attributes.SetAttribute("aria-label", Label);
        output.Attributes.SetAttribute("preserveAspectRatio", "none");
        foreach (var (value, i) in Values.Select((value, i) => (Math.Max(0, value), i)))
        {
            // what is not nothing is seen
            var tall = value == 0 ? 1 : Math.Max(2, Math.Round(Height * value / most, 1));
            output.Content.AppendHtml(El("rect", value == 0 ? "is-none" : null)
                .Attr("x", At((i * Step) + 1)).Attr("y", At(Height - tall)).Attr("width", At(Step - 2)).Attr("height", At(tall)));
        }
    }

    private static string At(decimal place) => place.ToString(CultureInfo.InvariantCulture);
}
