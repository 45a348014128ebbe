using Microsoft.AspNetCore.Razor.TagHelpers;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>A group of conditions: <c>head</c> says how they belong together, inside are <c>crm-rule-part</c>s, the slot <c>add</c> follows them.</summary>
[HtmlTargetElement("crm-rule-group", Attributes = "label")]
public sealed class RuleGroupTag : KitTag
{
    /// <summary>What the group is, for whoever cannot see it.</summary>
    public string Label { get; set; } = "";

    /// <summary>One of the parts is enough.</summary>
    public bool Any { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var slots = Slots.Open(context);
        var parts = await output.GetChildContentAsync();
        Become(output, "fieldset", "crm-rule-group");
        output.Content.AppendHtml(El("legend", "visually-hidden", Label));
        if (slots["head"] is { } head) output.Content.AppendHtml(El("div", "crm-rule-head", head));
        output.Content.AppendHtml(El("ul", Any ? "crm-rule-parts is-any" : "crm-rule-parts", parts.IsEmptyOrWhiteSpace ? null : parts));
        if (slots["add"] is { } add) output.Content.AppendHtml(El("div", "crm-rule-add", add));
    }
}

/// <summary>One condition of a group, or a group in it: fields in a line, the slot <c>acts</c> at its end, and what is wrong with it under it. Keys with Alt press its acts.</summary>
[HtmlTargetElement("crm-rule-part")]
public sealed class RulePartTag : KitTag
{
    public string? Error { get; set => field = value.OrNull(); }

    /// <summary>A group, which has a head of its own.</summary>
    public bool Group { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var slots = Slots.Open(context);
        var line = await output.GetChildContentAsync();
        Become(output, "li", $"crm-rule-part{(Error is null ? "" : " has-error")}");
        output.Attributes.SetAttribute("data-rule-part", "");
        output.Content.AppendHtml(Group ? line : El("div", "crm-rule-line", line, slots["acts"] is { } acts ? El("div", "crm-rule-acts", acts) : null));
        if (slots["inside"] is { } inside) output.Content.AppendHtml(inside);
        if (Error is not null) output.Content.AppendHtml(El("p", "crm-error", Glyph("alert-circle"), El("span", null, Error)).Attr("role", "alert"));
    }
}

/// <summary>What became of a condition: it holds or not, with what was seen. Inside a <c>ul.crm-clauses</c>; its own parts stand inside.</summary>
[HtmlTargetElement("crm-clause", Attributes = "text")]
public sealed class ClauseTag(Microsoft.Extensions.Localization.IStringLocalizer L) : KitTag
{
    public string Text { get; set; } = "";

    /// <summary>Null where nobody knows.</summary>
    public bool? Holds { get; set; }

    public string? Seen { get; set => field = value.OrNull(); }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var inside = await output.GetChildContentAsync();
        Become(output, "li", "crm-clause");
        var (icon, tone, word) = Holds switch
        {
            true => ("circle-check", Tone.Good, L["True"]),
            false => ("x", Tone.Bad, L["False"]),
            _ => ("minus", Tone.Neutral, L["Not known"]),
        };
        output.Content.AppendHtml(El("div", $"crm-clause-line {Css(tone)}", Glyph(icon), El("div", null,
            El("span", "visually-hidden", word.Value + ": "), El("span", null, Text), Seen is null ? null : El("div", "crm-clause-seen", El("bdi", null, Seen)))));
        if (!inside.IsEmptyOrWhiteSpace) output.Content.AppendHtml(El("ul", "crm-clauses", inside));
    }
}
