using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>
/// A link (<c>href</c>), a button that posts (<c>post</c>), or a button. <c>dialog</c> opens the page of <c>href</c> in a dialog where scripts run.
/// </summary>
[HtmlTargetElement("crm-button", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ButtonTag : KitTag
{
    public string? Text { get; set => field = value.OrNull(); }
    public string? Icon { get; set => field = value.OrNull(); }
    public string? Href { get; set => field = value.OrNull(); }
    public string? Post { get; set => field = value.OrNull(); }

    /// <summary>The post is answered by <see cref="Answers.Done"/>: the page stays and shows itself anew.</summary>
    public bool InPlace { get; set; }

    /// <summary>primary, secondary (default), ghost, danger.</summary>
    public string Tone { get; set; } = "secondary";

    /// <summary>sm or nothing.</summary>
    public string? Size { get; set => field = value.OrNull(); }

    public string? Type { get; set => field = value.OrNull(); }
    public string? Shortcut { get; set => field = value.OrNull(); }

    /// <summary>A key that presses it while its row has the focus, in a list that is worked through.</summary>
    public string? RowKey { get; set => field = value.OrNull(); }

    /// <summary>Shows the icon alone; the text is its name for whoever cannot see it.</summary>
    public bool IconOnly { get; set; }

    public bool Dialog { get; set; }

    /// <summary>The id of a dialog on the page to open.</summary>
    public string? Opens { get; set => field = value.OrNull(); }

    /// <summary>Asked before a post that cannot be undone.</summary>
    public string? Confirm { get; set => field = value.OrNull(); }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        var element = El(Href is null ? "button" : "a", Class(output),
            GlyphOrNull(Icon), IconOnly ? null : El("span", null, Text).Add(content), ShortcutHint());
        if (Href is null) element.Attr("type", Type ?? "button");
        element.Attr("href", Resolve(Href)).Attr("data-shortcut", Shortcut).Attr("data-row-key", RowKey).Attr("data-opens", Opens).Attr("data-confirm", Confirm);
        element.Flag("data-dialog", Dialog);
        if (IconOnly) element.Attr("aria-label", Text).Attr("title", Text);
        foreach (var attribute in output.Attributes.Where(attribute => attribute.Name != "class"))
            element.Take(attribute);
        output.TagName = null;
        output.Content.SetHtmlContent(Post is null ? element : Posting(element, Post, InPlace));
    }

    private TagBuilder? ShortcutHint() =>
        Shortcut is null || IconOnly ? null : El("kbd", "crm-key", Shortcut.ToUpperInvariant()).Attr("aria-hidden", "true");

    private string Class(TagHelperOutput output)
    {
        var tone = Tone switch { "primary" => "btn-primary", "danger" => "crm-btn-danger", "ghost" => "btn-ghost-secondary", _ => "crm-btn" };
        return $"btn {tone}{(Size is null ? "" : $" btn-{Size}")}{(IconOnly ? " btn-icon" : "")} {output.Attributes["class"]?.Value}".TrimEnd();
    }
}
