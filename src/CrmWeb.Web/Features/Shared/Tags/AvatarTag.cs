using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>The initials of a name on a colour that stays the same for that name. The name itself stands beside it, so it is hidden from readers.</summary>
[HtmlTargetElement("crm-avatar", Attributes = "name", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class AvatarTag : TagHelper
{
    private const int Colours = 8;

    public string Name { get; set; } = "";

    /// <summary>sm, md (default) or lg.</summary>
    public string Size { get; set; } = "md";

    public bool Organisation { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Draw(Name, Size, Organisation));
    }

    public static TagBuilder Draw(string name, string size = "md", bool organisation = false) =>
        El("span", $"crm-avatar is-{size} is-colour-{Colour(name)}{(organisation ? " is-organisation" : "")}", Initials(name)).Attr("aria-hidden", "true");

    /// <summary>The first letters of the first and the last word: by text element, so that no letter is cut in two.</summary>
    public static string Initials(string name)
    {
        var words = name.Split([' ', '\u200c', '.', '-', '@'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0) return "?";
        var first = StringInfo.GetNextTextElement(words[0]);
        var last = words.Length > 1 ? StringInfo.GetNextTextElement(words[^1]) : "";
        // Arabic letters would join up into a word that nobody wrote
        var joiner = last.Length > 0 && first[0] is >= '\u0600' and <= '\u06ff' ? "\u200c" : "";
        return (first + joiner + last).ToUpperInvariant();
    }

    // string.GetHashCode differs from run to run
    private static int Colour(string name) => (int)(name.Aggregate(2166136261u, (hash, letter) => (hash ^ letter) * 16777619u) % Colours);
}
