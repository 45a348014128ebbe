using Microsoft.AspNetCore.Razor.TagHelpers;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>A short list of people or organisations, for the side of a page. Inside: <c>crm-person</c>.</summary>
[HtmlTargetElement("crm-people")]
public sealed class PeopleTag : KitTag
{
    public override void Process(TagHelperContext context, TagHelperOutput output) => Become(output, "ul", "crm-people");
}

/// <summary>One of them: the name leads to <c>href</c>; below it how to reach them.</summary>
[HtmlTargetElement("crm-person", Attributes = "name,href", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PersonTag : KitTag
{
    public string Name { get; set; } = "";
    public string Href { get; set; } = "";
    public bool Organisation { get; set; }

    /// <summary>A phone number or an address of mail: read from the left in every language.</summary>
    public string? Reach { get; set => field = value.OrNull(); }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "li", "crm-person");
        output.Content.SetHtmlContent(AvatarTag.Draw(Name, "sm", Organisation));
        output.Content.AppendHtml(El("span", "crm-person-words",
            El("a", null, El("bdi", null, Name)).Attr("href", Resolve(Href)),
            Reach is null ? null : El("span", "crm-hint", El("bdi", null, Reach).Attr("dir", "ltr"))));
    }
}
