using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>The initials of a name on a colour that stays the same for that name. The name itself stands beside it, so it is hidden from readers.</summary>
[HtmlTargetElement("crm-avatar", Attributes = "name", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class AvatarTag : TagHelper
{
    private static readonly string[] Colours = [.. Enumerable.Range(0, 8).Select(n => string.Create(CultureInfo.InvariantCulture, $" is-colour-{n}"))];

    public string Name { get; set; } = "";

    /// <summary>sm, md (default) or lg.</summary>
    public string Size { get; set; } = "md";

    public bool Organisation { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Draw(Name, Size, Organisation));
    }

    public static IHtmlContent Draw(string name, string size = "md", bool organisation = false) => new Avatar(name, size, organisation);

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

    private sealed class Avatar(string name, string size, bool organisation) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder)
        {
            writer.Write("<span class=\"crm-avatar is-");
            writer.Write(size);
            writer.Write(Colours[Colour(name)]);
            writer.Write(organisation ? " is-organisation\" aria-hidden=\"true\">" : "\" aria-hidden=\"true\">");
            encoder.Encode(writer, Initials(name));
            writer.Write("</span>");
        }
    }

    // string.GetHashCode differs from run to run
    private static int Colour(string name)
    {
        var hash = 2166136261u;
        foreach (var letter in name) hash = (hash ^ letter) * 16777619u;
        return (int)(hash % (uint)Colours.Length);
    }
}
