using CrmWeb.Web.Platform.Localisation;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>A number, or money in minor units with its <c>currency</c>, with the digits of the language. Nothing is shown as a dash.</summary>
[HtmlTargetElement("crm-number", Attributes = "value", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class NumberTag : TagHelper
{
    public decimal? Value { get; set; }
    public int Decimals { get; set; }
    public string? Currency { get; set => field = value.OrNull(); }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Value is { } value
            ? El("bdi", "crm-number", Currency is null ? Digits.Number(value, Decimals) : Digits.Money((long)value, Currency)).Attr("dir", "ltr")
            : El("span", "crm-none", "—"));
    }
}
