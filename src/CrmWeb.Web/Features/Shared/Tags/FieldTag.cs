using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>
/// A field of the form's model: label, input, hint, and what is wrong with it beside it. The kind of input comes from the property (type,
/// <c>[DataType]</c>) or from <c>as</c>: text, textarea, email, tel, url, password, number, date, datetime, checkbox, select, picker, tags, radios, checks (several of few), file.
/// </summary>
[HtmlTargetElement("crm-field", Attributes = "for", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FieldTag(IStringLocalizer L) : KitTag
{
    public ModelExpression For { get; set; } = null!;
    public string? As { get; set => field = value.OrNull(); }
    public string? Label { get; set => field = value.OrNull(); }
    public string? Hint { get; set => field = value.OrNull(); }
    public string? Placeholder { get; set => field = value.OrNull(); }
    public string? Autocomplete { get; set => field = value.OrNull(); }
    public bool Autofocus { get; set; }
    public int Rows { get; set; } = 4;

    /// <summary>Choices of a select or radios; the chosen one of a picker, so that its name can be shown.</summary>
    public IEnumerable<SelectListItem>? Options { get; set; }

    /// <summary>For a select that may stay empty: what the empty choice says.</summary>
    public string? Blank { get; set => field = value.OrNull(); }

    /// <summary>Where a picker asks: answers <c>?q=</c> with <c>[{id,text,hint}]</c>.</summary>
    public string? Url { get; set => field = value.OrNull(); }

    /// <summary>Several choices.</summary>
    public bool Multiple { get; set; }

    /// <summary>Across the whole row.</summary>
    public bool Wide { get; set; }

    /// <summary>Overrides what the metadata says.</summary>
    public bool? Required { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var beside = await output.GetChildContentAsync();
        var field = new FieldModel(this, ViewContext, L);
        // the summary of the form names the field as it is named here
        if (Label is not null) ViewContext.HttpContext.Items[(typeof(FieldTag), field.Name)] = Label;
        Become(output, "div", $"crm-field{(Wide || field.Kind is "textarea" ? " is-wide" : "")}{(field.Errors.Count > 0 ? " has-error" : "")}");
        var own = output.Attributes.Where(attribute => attribute.Name != "class").ToArray();
        foreach (var attribute in own) output.Attributes.Remove(attribute);
        var input = FieldInput.Draw(field, Glyph);
        var target = field.Focusable(input);
        foreach (var attribute in own) target.Take(attribute);

        if (field.Kind == "checkbox")
        {
            output.Content.AppendHtml(El("label", "form-check", input, El("span", "form-check-label", field.Label)));
            output.Content.AppendHtml(Hidden(field.Name, "false"));
        }
        else if (field.Kind is "radios" or "checks")
        {
            output.Content.AppendHtml(El("fieldset", "crm-radios", El("legend", "form-label", field.Label, Mark(field)), input));
        }
        else
        {
            output.Content.AppendHtml(El("label", "form-label", field.Label, Mark(field)).Attr("for", field.Id));
            output.Content.AppendHtml(input);
        }

        if (field.Invariant) output.Content.AppendHtml(Hidden("__Invariant", field.Name));
        if (Hint is not null) output.Content.AppendHtml(El("p", "crm-hint", Hint).Attr("id", field.HintId));
        if (field.Errors.Count > 0)
            output.Content.AppendHtml(El("p", "crm-error", Glyph("alert-circle"), El("span", null, string.Join(' ', field.Errors))).Attr("id", field.ErrorId));
        output.Content.AppendHtml(beside);
    }

    // the asterisk is for the eye; aria-required says it to everybody else
    private IHtmlContent? Mark(FieldModel field) =>
        field.Required ? El("span", "crm-required", "*").Attr("aria-hidden", "true").Attr("title", L["Required"]) : null;
}
