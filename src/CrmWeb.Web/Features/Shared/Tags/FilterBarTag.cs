using CrmWeb.Web.Platform.Localisation;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>
/// Search and filters of a list, all of it in the address. Each filter is a chip that opens its form; "Filter" adds one.
/// What stands inside comes at the end of the bar (columns, export).
/// </summary>
[HtmlTargetElement("crm-filter-bar", Attributes = "fields,filters")]
public sealed class FilterBarTag(IStringLocalizer L) : KitTag
{
    public const string SearchParameter = "q";

    public IReadOnlyList<FilterField> Fields { get; set; } = [];
    public IReadOnlyList<Filter> Filters { get; set; } = [];
    public string? SearchLabel { get; set => field = value.OrNull(); }

    /// <summary>The list has nothing to search by a word.</summary>
    public bool NoSearch { get; set; }

    private string Here => $"{Request.PathBase}{Request.Path}";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var end = await output.GetChildContentAsync();
        Become(output, "div", "crm-filter-bar");
        if (!NoSearch) output.Content.AppendHtml(Search());
        foreach (var filter in Filters) output.Content.AppendHtml(Chip(filter));
        if (Fields.Count > 0) output.Content.AppendHtml(Adder());
        if (Filters.Count > 1) output.Content.AppendHtml(El("a", "crm-clear", L["Clear all"]).Attr("href", Without(Filters)));
        if (!end.IsEmptyOrWhiteSpace) output.Content.AppendHtml(El("div", "crm-filter-end", end));
    }

    private TagBuilder Search()
    {
        var label = SearchLabel ?? L["Search"];
        var form = El("form", "crm-search").Attr("method", "get").Attr("action", Here).Attr("role", "search").Attr("aria-label", L["Search this list"]);
        foreach (var (name, value) in ListUrl.Kept(Request, SearchParameter)) form.Add(Hidden(name, value));
        return form.Add(Glyph("search"), El("input", "form-control").Attr("type", "search").Attr("name", SearchParameter).Attr("placeholder", label)
            .Attr("aria-label", label).Attr("value", Request.Query[SearchParameter]).Attr("data-list-search", "").Void());
    }

    private TagBuilder Chip(Filter filter)
    {
        var id = $"filter-{filter.Field.Key}";
        var values = filter.Shown ?? string.Join(L[", "], filter.Values.Select(value => FilterForm.Shown(filter.Field, value)));
        return El("div", "crm-chip",
            El("button", "crm-chip-open", El("span", null, filter.Field.Label), " ", El("em", null, FilterForm.Name(L, filter.Operator)), values.Length == 0 ? null : " ",
                El("bdi", null, Digits.Shape(values))).Attr("type", "button").Attr("popovertarget", id),
            El("a", "crm-chip-remove", Glyph("x")).Attr("href", Without([filter])).Attr("aria-label", L["Remove the filter {0}", filter.Field.Label]),
            El("div", "crm-popover crm-filter-form", Form(filter.Field, filter)).Attr("id", id).Attr("popover", "auto"));
    }

    private TagBuilder Adder()
    {
        const string id = "filter-new";
        var list = El("div", "crm-filter-fields");
        foreach (var field in Fields.Where(field => Filters.All(filter => filter.Field.Key != field.Key)))
            list.Add(El("details", null, El("summary", null, field.Label), Form(field, null)).Attr("name", id));
        return El("div", "crm-menu",
            El("button", "btn crm-btn", Glyph("filter"), El("span", null, L["Filter"])).Attr("type", "button").Attr("popovertarget", id).Attr("data-shortcut", "f"),
            El("div", "crm-popover", list).Attr("id", id).Attr("popover", "auto"));
    }

    private TagBuilder Form(FilterField field, Filter? filter)
    {
        var form = El("form", "crm-filter").Attr("method", "get").Attr("action", Here).Flag("data-filter");
        foreach (var (name, value) in ListUrl.Kept(Request, field.Key, field.Key + Shared.Filters.OperatorSuffix)) form.Add(Hidden(name, value));
        return form.Add(FilterForm.Draw(L, field, filter, Glyph("calendar")), El("button", "btn btn-primary btn-sm w-100", L["Apply"]).Attr("type", "submit"));
    }

    private string Without(IEnumerable<Filter> filters) =>
        ListUrl.With(Request, [.. filters.SelectMany(filter => new (string, string?)[] { (filter.Field.Key, null), (filter.Field.Key + Shared.Filters.OperatorSuffix, null) })]);
}
