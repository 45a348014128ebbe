using Microsoft.AspNetCore.Razor.TagHelpers;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>One of several ways to go on: a title and a sentence, the whole of it a link.</summary>
[HtmlTargetElement("crm-choice", Attributes = "title,href", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ChoiceTag : KitTag
{
    public string Title { get; set; } = "";
    public string? Text { get; set => field = value.OrNull(); }
    public string Href { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "a", "crm-choice");
        output.Attributes.SetAttribute("href", Resolve(Href));
        output.Content.AppendHtml(El("strong", null, Title));
        if (Text is not null) output.Content.AppendHtml(El("span", "crm-hint", Text));
    }
}
