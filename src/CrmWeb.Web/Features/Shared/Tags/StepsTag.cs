using CrmWeb.Web.Platform.Localisation;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>A way in steps, and where on it something is. Inside: <c>crm-step</c>s.</summary>
[HtmlTargetElement("crm-steps", Attributes = "label")]
public sealed class StepsTag : KitTag
{
    public string Label { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "ol", "crm-steps");
        output.Attributes.SetAttribute("aria-label", Label);
    }
}

/// <summary>One of them; with <c>post</c> it is a button that goes there.</summary>
[HtmlTargetElement("crm-step", Attributes = "text", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class StepTag : KitTag
{
    public string Text { get; set; } = "";
    public string? Post { get; set => field = value.OrNull(); }
    public bool Current { get; set; }
    public bool Passed { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "li", $"crm-step{(Current ? " is-current" : Passed ? " is-passed" : "")}");
        var words = El("bdi", null, Passed ? Glyph("check") : null, Text);
        if (Current) output.Attributes.SetAttribute("aria-current", "step");
        output.Content.SetHtmlContent(Post is null ? El("span", "crm-step-name", words) : Posting(El("button", "crm-step-name", words), Post, inPlace: true));
    }
}

/// <summary>
/// Columns of cards that are moved from one to another: dragged where a pointer drags, and by what each card offers everywhere else. Inside:
/// <c>crm-board-column</c>s.
/// </summary>
[HtmlTargetElement("crm-board", Attributes = "label")]
public sealed class BoardTag : KitTag
{
    public string Label { get; set; } = "";

    /// <summary>Cards may be dragged.</summary>
    public bool Drag { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "div", "crm-board");
        output.Attributes.SetAttribute("role", "group");
        output.Attributes.SetAttribute("aria-label", Label);
        if (Drag) output.Attributes.SetAttribute("data-board", "");
    }
}

/// <summary>A column with its number of cards and their sum; <c>value</c> is what a card that is dropped here is moved to.</summary>
[HtmlTargetElement("crm-board-column", Attributes = "title,value")]
public sealed class BoardColumnTag : KitTag
{
    public string Title { get; set; } = "";
    public string Value { get; set; } = "";
    public int Count { get; set; }
    public string? Sum { get; set => field = value.OrNull(); }
    public string? Hint { get; set => field = value.OrNull(); }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var cards = await output.GetChildContentAsync();
        Become(output, "section", "crm-board-column");
        var id = "column-" + Value;
        output.Attributes.SetAttribute("aria-labelledby", id);
        output.Attributes.SetAttribute("data-column", Value);
        output.Content.AppendHtml(El("header", "crm-board-head",
            El("h2", null, El("bdi", null, Title), " ", El("span", "crm-count", Digits.Number(Count))).Attr("id", id),
            El("p", "crm-hint", Sum is null ? null : El("bdi", null, Sum).Attr("dir", "ltr"), Hint is null ? null : El("span", null, Sum is null ? "" : " · ", Hint))));
        output.Content.AppendHtml(El("ul", "crm-board-cards", cards).Attr("data-cards", ""));
    }
}
