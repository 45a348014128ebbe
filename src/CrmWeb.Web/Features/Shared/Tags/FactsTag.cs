using Microsoft.AspNetCore.Razor.TagHelpers;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>What is known about something: a list of <c>crm-fact</c>.</summary>
[HtmlTargetElement("crm-facts")]
public sealed class FactsTag : KitTag
{
    /// <summary>Label over value, in columns, where there is room.</summary>
    public bool Wide { get; set; }

    /// <summary>The address of the record: its facts that name a <c>field</c> become that field in place (<c>/cell</c>).</summary>
    public string? Edit { get; set => field = value.OrNull(); }

    public override void Init(TagHelperContext context) => context.Items[typeof(FactsTag)] = this;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "dl", $"crm-facts{(Wide ? " is-wide" : "")}");
        if (Edit is not null) output.Attributes.SetAttribute("data-edit", Resolve(Edit));
    }
}

/// <summary>One fact: <c>value</c> or what stands inside. Empty is shown as a dash, or left away with <c>hide-empty</c>.</summary>
[HtmlTargetElement("crm-fact", Attributes = "label", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FactTag : KitTag
{
    public string Label { get; set; } = "";
    public string? Value { get; set => field = value.OrNull(); }
    public bool HideEmpty { get; set; }

    /// <summary>What it is called where it is edited in place.</summary>
    public string? Field { get; set => field = value.OrNull(); }

    /// <summary>Numbers of phones, addresses of mail and pages read from the left in every language.</summary>
    public bool Ltr { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        var empty = string.IsNullOrWhiteSpace(Value) && content.IsEmptyOrWhiteSpace;
        if (empty && HideEmpty)
        {
            output.SuppressOutput();
            return;
        }

        Become(output, "div", "crm-fact");
        var inside = El(Value is null ? "span" : "bdi", null, Value, content).Attr("dir", Ltr ? "ltr" : null);
        output.Content.AppendHtml(El("dt", null, El("bdi", null, Label)));
        var edits = Field is not null && context.Items.TryGetValue(typeof(FactsTag), out var facts) && ((FactsTag)facts).Edit is not null;
        output.Content.AppendHtml(El("dd", null, empty ? El("span", "crm-none", "—") : inside).Attr("data-field", edits ? Field : null).Attr("id", edits ? $"fact-{Field}" : null).Attr("tabindex", edits ? "0" : null));
    }
}
