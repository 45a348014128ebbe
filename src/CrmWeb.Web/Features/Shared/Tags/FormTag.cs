using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>
/// <c>&lt;form method="post" crm-form asp-action="…"&gt;</c>: the frame of a form. Shows what is wrong on top, with links to the fields, asks before
/// what was typed would be lost, and is sent once. The server checks; the browser's own bubbles stay away.
/// </summary>
[HtmlTargetElement("form", Attributes = "crm-form")]
public sealed class FormTag(IStringLocalizer L) : KitTag
{
    private const int AfterTheFormOfMvc = 1000;
    private const string TokenField = "__RequestVerificationToken";

    public override int Order => AfterTheFormOfMvc;

    /// <summary>As wide as the page: a form around a list.</summary>
    public bool Wide { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.Attributes.RemoveAll("crm-form");
        Become(output, "form", Wide ? "crm-form is-wide" : "crm-form");
        output.Attributes.SetAttribute("novalidate", "");
        output.Attributes.SetAttribute("data-once", "");
        // what is only asked is neither lost when one leaves nor has it a token, which would stand in the address
        var asks = string.Equals(output.Attributes["method"]?.Value?.ToString(), "get", StringComparison.OrdinalIgnoreCase);
        if (!asks) output.Attributes.SetAttribute("data-guard", L["You have changes that are not saved."]);
        // a form in the shell's dialog is answered there
        if (Request.InDialog() && !output.Attributes.ContainsName("hx-post"))
        {
            output.Attributes.SetAttribute("hx-post", output.Attributes["action"]?.Value?.ToString() ?? $"{Request.PathBase}{Request.Path}{Request.QueryString}");
            output.Attributes.SetAttribute("hx-target", "#shell-dialog-content");
        }

        var content = await output.GetChildContentAsync();
        // MVC writes the token itself unless the form names its address; two of them would spoil each other
        if (!asks && !output.PostContent.GetContent().Contains(TokenField, StringComparison.Ordinal)) output.PreContent.AppendHtml(Antiforgery());
        if (ViewContext.ViewData.ModelState is { IsValid: false } state && Summary(state) is { } summary) output.Content.AppendHtml(summary);
        output.Content.AppendHtml(content);
    }

    private string? LabelOf(string name) =>
        (ViewContext.HttpContext.Items[(typeof(FieldTag), name)] as string ?? ViewContext.ViewData.ModelMetadata.Properties[name]?.DisplayName) is { } label ? $"{label}: " : null;

    private TagBuilder? Summary(ModelStateDictionary state)
    {
        var list = El("ul");
        var count = 0;
        foreach (var (name, entry) in state)
        {
            foreach (var message in (entry?.Errors ?? []).Select(error => error.ErrorMessage).Where(message => message.Length > 0).Distinct(StringComparer.Ordinal))
            {
                count++;
                list.Add(El("li", null, name.Length == 0 ? message : El("a", null, LabelOf(name), message).Attr("href", "#" + TagBuilder.CreateSanitizedId(name, "_"))));
            }
        }

        return count == 0 ? null : El("div", "crm-callout is-bad crm-errors", Glyph("alert-circle"),
            El("div", "crm-callout-words", El("h2", "crm-callout-title", count == 1 ? L["One thing needs your attention"] : L["{0} things need your attention", count]), list))
            .Attr("role", "alert").Attr("tabindex", "-1").Flag("data-errors");
    }
}

/// <summary>The end of a form: the button that saves, a way out, and further buttons inside. Stays in sight on a phone.</summary>
[HtmlTargetElement("crm-submit", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class SubmitTag(IStringLocalizer L) : KitTag
{
    public string? Text { get; set => field = value.OrNull(); }
    public string? Cancel { get; set => field = value.OrNull(); }
    public string? Icon { get; set => field = value.OrNull(); }
    public bool Danger { get; set; }
    public string? Shortcut { get; set => field = value.OrNull(); }

    /// <summary>Across the whole form: on the sign-in page.</summary>
    public bool Wide { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var more = await output.GetChildContentAsync();
        Become(output, "div", $"crm-submit{(Wide ? " is-wide" : "")}");
        output.Content.AppendHtml(El("button", $"btn {(Danger ? "crm-btn-danger" : "btn-primary")}", GlyphOrNull(Icon), El("span", null, Text ?? L["Save"]),
            Shortcut is null ? null : El("kbd", "crm-key", Shortcut.ToUpperInvariant()).Attr("aria-hidden", "true")).Attr("type", "submit").Attr("data-shortcut", Shortcut));
        output.Content.AppendHtml(more);
        if (Cancel is not null) output.Content.AppendHtml(El("a", "btn btn-ghost-secondary", L["Cancel"]).Attr("href", Resolve(Cancel)).Flag("data-cancel"));
    }
}

/// <summary>Fields that belong together, beside each other where there is room. With <c>fold</c> they can be folded up under their title.</summary>
[HtmlTargetElement("crm-fields")]
public sealed class FieldsTag : KitTag
{
    public string? Title { get; set => field = value.OrNull(); }
    public string? Description { get; set => field = value.OrNull(); }
    public bool Fold { get; set; }

    /// <summary>Whether what can be folded up is open at first.</summary>
    public bool Open { get; set; }

    /// <summary>Fields of a few letters each: three in a line, on a phone too.</summary>
    public bool Narrow { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var fields = await output.GetChildContentAsync();
        if (Fold)
        {
            Become(output, "details", "crm-fields crm-fold");
            if (Open) output.Attributes.SetAttribute("open", "");
            output.Content.AppendHtml(El("summary", null, Glyph("chevron-down"), Title));
            output.Content.AppendHtml(El("div", "crm-fields-grid", fields).Attr("role", "group").Attr("aria-label", Title));
            return;
        }

        Become(output, Title is null ? "div" : "fieldset", "crm-fields");
        if (Title is not null) output.Content.AppendHtml(El("legend", null, Title));
        if (Description is not null) output.Content.AppendHtml(El("p", "crm-hint", Description));
        output.Content.AppendHtml(El("div", Narrow ? "crm-fields-grid is-narrow" : "crm-fields-grid", fields));
    }
}
