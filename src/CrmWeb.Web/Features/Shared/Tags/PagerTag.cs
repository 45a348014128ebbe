using CrmWeb.Web.Platform.Localisation;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>First, previous and next by key, with how many there are: at a limit the count says so (10,000+).</summary>
[HtmlTargetElement("crm-pager", Attributes = "pager", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PagerTag(IStringLocalizer L) : KitTag
{
    public Pager Pager { get; set; } = new(null, null, 0);

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "nav", "crm-pager");
        output.Attributes.SetAttribute("aria-label", L["Pages"]);
        output.Content.AppendHtml(El("p", "crm-pager-count", Count()));
        if (Pager is { Before: null, After: null }) return;
        output.Content.AppendHtml(El("div", "crm-row",
            Pager.Before is null ? null : Link(L["First"], "", (ListUrl.Before, null)),
            Step(L["Previous"], "chevron-left", ListUrl.Before, Pager.Before, "["),
            Step(L["Next"], "chevron-right", ListUrl.After, Pager.After, "]")));
    }

    private string Count()
    {
        if (Pager.Total is not { } total) return Pager.Shown == 1 ? L["1 shown"] : L["{0} shown", Digits.Number(Pager.Shown)];
        if (total.Capped) return L["{0} of {1}+", Digits.Number(Pager.Shown), Digits.Number(total.Value)];
        return L["{0} of {1}", Digits.Number(Pager.Shown), Digits.Number(total.Value)];
    }

    private TagBuilder Link(string text, string icon, (string, string?) change) =>
        El("a", "btn crm-btn btn-sm", Pieces(text, icon)).Attr("href", ListUrl.With(Request, change));

    // the arrow stands on the side it points to
    private object?[] Pieces(string text, string icon)
    {
        var arrow = GlyphOrNull(icon);
        var word = El("span", null, text);
        return icon == "chevron-right" ? [word, arrow] : [arrow, word];
    }

    // where there is nothing, a link without an address: it keeps its place and says that it is off
    private TagBuilder Step(string text, string icon, string name, string? cursor, string key) =>
        cursor is null
            ? El("a", "btn crm-btn btn-sm disabled", Pieces(text, icon)).Attr("role", "link").Attr("aria-disabled", "true")
            : Link(text, icon, (name, cursor)).Attr("rel", name == ListUrl.After ? "next" : "prev").Attr("data-shortcut", key);
}
