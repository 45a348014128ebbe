using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>A button with choices behind it (a native popover: it opens without scripts too). Inside: <c>crm-menu-item</c>, <c>crm-menu-line</c>.</summary>
[HtmlTargetElement("crm-menu", Attributes = "text")]
public sealed class MenuTag : KitTag
{
    public string Text { get; set; } = "";
    public string? Icon { get; set => field = value.OrNull(); }

    /// <summary>Shows the icon alone, such as the three dots of a row.</summary>
    public bool IconOnly { get; set; }

    /// <summary>primary, secondary (default) or ghost.</summary>
    public string Tone { get; set; } = "secondary";

    public string? Size { get; set => field = value.OrNull(); }

    /// <summary>Of the list, where the menu is drawn once for many pages (<c>crm-once</c>) and must not meet a counted one.</summary>
    public string? Id { get; set => field = value.OrNull(); }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var items = await output.GetChildContentAsync();
        var id = Id ?? NewId("menu");
        Become(output, "div", "crm-menu");
        output.Content.AppendHtml(Opener(id));
        output.Content.AppendHtml(List(id, Text, items));
    }

    public static TagBuilder Opener(string id, string css, params object?[] inside) =>
        El("button", css, inside).Attr("type", "button").Attr("popovertarget", id).Attr("aria-haspopup", "menu");

    public static TagBuilder List(string id, string name, params object?[] items) =>
        El("div", "crm-popover crm-menu-list", items).Attr("id", id).Attr("popover", "auto").Attr("role", "menu").Attr("aria-label", name);

    private TagBuilder Opener(string id)
    {
        var tone = Tone switch { "primary" => "btn-primary", "ghost" => "btn-ghost-secondary", _ => "crm-btn" };
        var button = Opener(id, $"btn {tone}{(IconOnly ? " btn-icon" : "")}{(Size is null ? "" : $" btn-{Size}")}",
            GlyphOrNull(Icon), IconOnly ? null : El("span", null, Text), IconOnly ? null : Glyph("chevron-down", "crm-caret"));
        return IconOnly ? button.Attr("aria-label", Text).Attr("title", Text) : button;
    }
}

/// <summary>A choice: a link (<c>href</c>) or a post (<c>post</c>).</summary>
[HtmlTargetElement("crm-menu-item", Attributes = "text", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class MenuItemTag : KitTag
{
    public string Text { get; set; } = "";
    public string? Icon { get; set => field = value.OrNull(); }
    public string? Href { get; set => field = value.OrNull(); }
    public string? Post { get; set => field = value.OrNull(); }

    /// <summary>The post is answered by <see cref="Answers.Done"/>: the page stays and shows itself anew.</summary>
    public bool InPlace { get; set; }

    public string? Shortcut { get; set => field = value.OrNull(); }
    public string? Opens { get; set => field = value.OrNull(); }
    public string? Confirm { get; set => field = value.OrNull(); }
    public bool Dialog { get; set; }
    public bool Danger { get; set; }
    public bool Checked { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var item = Draw(Text, GlyphOrNull(Icon), Resolve(Href), Danger)
            .Add(Checked ? Glyph("check", "crm-menu-check") : null, Shortcut is null ? null : El("kbd", "crm-key", Shortcut.ToUpperInvariant()).Attr("aria-hidden", "true"))
            .Attr("data-shortcut", Shortcut).Attr("data-opens", Opens).Attr("data-confirm", Confirm).Flag("data-dialog", Dialog);
        foreach (var attribute in output.Attributes) item.Take(attribute);
        output.TagName = null;
        output.Content.SetHtmlContent(Post is null ? item : Posting(item, Post, InPlace));
    }

    public static TagBuilder Draw(string text, IHtmlContent? icon, string? href = null, bool danger = false) =>
        El(href is null ? "button" : "a", danger ? "crm-menu-item is-danger" : "crm-menu-item", icon, El("span", null, text))
            .Attr("role", "menuitem").Attr("href", href).Attr("type", href is null ? "button" : null);
}

[HtmlTargetElement("crm-menu-line", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class MenuLineTag : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(El("div", "crm-menu-line").Attr("role", "separator"));
    }
}
