using Microsoft.AspNetCore.Razor.TagHelpers;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>The work on one side, what is known on the other; one under the other on a phone. Slot: <c>aside</c>.</summary>
[HtmlTargetElement("crm-split")]
public sealed class SplitTag : KitTag
{
    /// <summary>The name of the side for whoever jumps between regions.</summary>
    public string? AsideLabel { get; set => field = value.OrNull(); }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var slots = Slots.Open(context);
        var main = await output.GetChildContentAsync();
        Become(output, "div", "crm-split");
        output.Content.AppendHtml(El("div", "crm-stack", main));
        if (slots["aside"] is { } aside) output.Content.AppendHtml(El("aside", "crm-stack", aside).Attr("aria-label", AsideLabel));
    }
}

/// <summary>Equal pieces in as many columns as fit.</summary>
[HtmlTargetElement("crm-grid")]
public sealed class GridTag : KitTag
{
    /// <summary>sm (numbers), md (cards, default) or lg.</summary>
    public string Size { get; set; } = "md";

    public override void Process(TagHelperContext context, TagHelperOutput output) => Become(output, "div", $"crm-grid is-{Size}");
}

/// <summary>Pieces under each other with even space.</summary>
[HtmlTargetElement("crm-stack")]
public sealed class StackTag : KitTag
{
    public override void Process(TagHelperContext context, TagHelperOutput output) => Become(output, "div", "crm-stack");
}

/// <summary>Pieces beside each other, wrapping.</summary>
[HtmlTargetElement("crm-row")]
public sealed class RowTag : KitTag
{
    public override void Process(TagHelperContext context, TagHelperOutput output) => Become(output, "div", "crm-row");
}
