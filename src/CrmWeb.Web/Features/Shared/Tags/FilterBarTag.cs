using CrmWeb.Web.Platform.Localisation;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>
/// Search and filters of a list, all of it in the address. Each filter is a chip that opens its form; "Filter" adds one.
/// Where many can be added, their forms are longer than the list: they come when somebody opens them, from the same address with <c>filters=open</c>,
/// which is a page of its own without scripts. What stands inside comes at the end of the bar (columns, export).
/// </summary>
[HtmlTargetElement("crm-filter-bar", Attributes = "fields,filters")]
public sealed class FilterBarTag(IStringLocalizer L) : KitTag
{
    public const string SearchParameter = "q";

    /// <summary>In the address of a list: the filters that can be added stand open in the page.</summary>
    public const string OpenParameter = "filters";

    /// <summary>The element that they come into when they come later.</summary>
    public const string AddId = "filter-new";

    // the forms of so few are shorter than what it takes to ask for them
    private const int Few = 8;

    public IReadOnlyList<FilterField> Fields { get; set; } = [];
    public IReadOnlyList<Filter> Filters { get; set; } = [];
    public string? SearchLabel { get; set => field = value.OrNull(); }

    /// <summary>The list has nothing to search by a word.</summary>
    public bool NoSearch { get; set; }

    /// <summary>The page is dearer to ask for once more than its forms are long: they all come with it.</summary>
    public bool Whole { get; set; }

    private string Here => $"{Request.PathBase}{Request.Path}";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var end = await output.GetChildContentAsync();
        Become(output, "div", "crm-filter-bar");
        if (!NoSearch) output.Content.AppendHtml(Search());
        foreach (var filter in Filters) output.Content.AppendHtml(Chip(filter));
        IReadOnlyList<FilterField> more = [.. Fields.Where(field => Filters.All(filter => filter.Field.Key != field.Key))];
        var open = more.Count > 0 && Request.Query.ContainsKey(OpenParameter);
        if (open) output.Content.AppendHtml(Button(El("a"), L["Hide the filters"]).Attr("href", ListUrl.With(Request, (OpenParameter, null))));
        else if (more.Count > 0) output.Content.AppendHtml(Adder(more));
        if (Filters.Count > 1) output.Content.AppendHtml(El("a", "crm-clear", L["Clear all"]).Attr("href", Without(Filters)));
        if (!end.IsEmptyOrWhiteSpace) output.Content.AppendHtml(El("div", "crm-filter-end", end));
        if (open) output.Content.AppendHtml(El("section", "crm-filter-all", Forms(more)).Attr("aria-label", L["Filter"]));
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

    private TagBuilder Adder(IReadOnlyList<FilterField> more) => El("div", "crm-menu",
        Button(El("button"), L["Filter"]).Attr("type", "button").Attr("popovertarget", AddId).Attr("data-shortcut", "f"),
        El("div", "crm-popover", Whole || more.Count <= Few ? Forms(more) : Later()).Attr("id", AddId).Attr("popover", "auto"));

    // a popover opens without scripts as well; this leads on from it then, and is where scripts ask
    private TagBuilder Later() => El("a", "crm-menu-item", Glyph("filter"), El("span", null, L["Show all filters"]))
        .Attr("href", ListUrl.With(Request, (OpenParameter, "open"))).Flag("data-filters");

    private TagBuilder Forms(IEnumerable<FilterField> more)
    {
        var list = El("div", "crm-filter-fields").Attr("id", "filter-fields");
        foreach (var field in more) list.Add(El("details", null, El("summary", null, field.Label), Form(field, null)).Attr("name", AddId));
        return list;
    }

    private TagBuilder Button(TagBuilder element, string text) => element.Attr("class", "btn crm-btn").Add(Glyph("filter"), El("span", null, text));

    private TagBuilder Form(FilterField field, Filter? filter)
    {
        var form = El("form", "crm-filter").Attr("method", "get").Attr("action", Here).Flag("data-filter");
        foreach (var (name, value) in ListUrl.Kept(Request, field.Key, field.Key + Shared.Filters.OperatorSuffix, OpenParameter)) form.Add(Hidden(name, value));
        return form.Add(FilterForm.Draw(L, field, filter, Glyph("calendar")), El("button", "btn btn-primary btn-sm w-100", L["Apply"]).Attr("type", "submit"));
    }

    private string Without(IEnumerable<Filter> filters) =>
        ListUrl.With(Request, [.. filters.SelectMany(filter => new (string, string?)[] { (filter.Field.Key, null), (filter.Field.Key + Shared.Filters.OperatorSuffix, null) })]);
}
