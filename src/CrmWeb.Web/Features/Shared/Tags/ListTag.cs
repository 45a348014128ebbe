using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>
/// A list of records: a table where there is room, cards on a phone. Headers of sortable columns are links. Inside: <c>crm-list-row</c>s.
/// <c>selectable</c> puts a box on each row that belongs to the form of the slot <c>selection</c> (see <c>crm-selection</c>).
/// </summary>
[HtmlTargetElement("crm-list", Attributes = "columns,caption")]
public sealed class ListTag(IStringLocalizer L) : KitTag
{
    public Columns Columns { get; set; } = new([]);

    /// <summary>What the list holds, for whoever cannot see it.</summary>
    public string Caption { get; set; } = "";

    public bool Selectable { get; set; }

    /// <summary>Room at the end of each row for a menu.</summary>
    public bool RowActions { get; set; }

    /// <summary>Cells of editable columns become their fields in place: the address of a row with <c>/cell</c> answers the field, and takes it.</summary>
    public bool Edit { get; set; }

    /// <summary>Rows are worked through one after the other: <c>row-key</c>s inside a row are pressed by their key, and after an act the next row has the focus.</summary>
    public bool Work { get; set; }

    public override void Init(TagHelperContext context) => context.Items[typeof(ListTag)] = this;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var rows = await output.GetChildContentAsync();
        Become(output, "div", "crm-list");
        output.Attributes.SetAttribute("data-list", "");
        if (Edit) output.Attributes.SetAttribute("data-edit", "");
        if (Work) output.Attributes.SetAttribute("data-work", "");
        var head = El("tr");
        if (Selectable) head.Add(El("th", "crm-list-box", Box(L["Select all"]).Flag("data-select-all")).Attr("scope", "col"));
        foreach (var column in Columns.Shown) head.Add(Header(column));
        if (RowActions) head.Add(El("th", "crm-list-more", El("span", "visually-hidden", L["Actions"])).Attr("scope", "col"));
        output.Content.SetHtmlContent(El("table", "crm-table", El("caption", "visually-hidden", Caption), El("thead", null, head), El("tbody", null, rows)));
    }

    public static TagBuilder Box(string label) =>
        El("input", "form-check-input").Attr("type", "checkbox").Attr("aria-label", label).Void();

    private TagBuilder Header(Column column)
    {
        var header = El("th", Css(column)).Attr("scope", "col").Attr("data-field", Edit && column.Editable ? column.Key : null);
        if (!column.Sortable) return header.Add(column.Title);
        var ascending = Columns.Sort == column.Key;
        var descending = Columns.Sort == "-" + column.Key;
        header.Attr("aria-sort", ascending ? "ascending" : descending ? "descending" : null);
        var url = ListUrl.With(Request, (Columns.SortParameter, ascending ? "-" + column.Key : column.Key));
        var icon = ascending ? "chevron-up" : descending ? "chevron-down" : "selector";
        return header.Add(El("a", "crm-sort", El("span", null, column.Title), Glyph(icon)).Attr("href", url));
    }

    public static string? Css(Column column) => column.Kind switch
    {
        ColumnKind.Number => "is-number",
        ColumnKind.Date => "is-date",
        _ => null,
    };
}

/// <summary>A row; <c>href</c> is where its name leads, and the whole row with it.</summary>
[HtmlTargetElement("crm-list-row")]
public sealed class ListRowTag(IStringLocalizer L) : KitTag
{
    public string? Href { get; set => field = value.OrNull(); }

    /// <summary>The value that the row's box posts as <c>ids</c>.</summary>
    public string? Id { get; set => field = value.OrNull(); }

    /// <summary>The name of the record.</summary>
    public string? Label { get; set => field = value.OrNull(); }

    public bool Muted { get; set; }

    public override void Init(TagHelperContext context) => context.Items[typeof(ListRowTag)] = this;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var list = (ListTag)context.Items[typeof(ListTag)];
        var slots = Slots.Open(context);
        var cells = await output.GetChildContentAsync();
        Become(output, "tr", $"crm-list-row{(Muted ? " is-muted" : "")}");
        if (Href is not null) output.Attributes.SetAttribute("data-row", "");
        if (list.Selectable)
        {
            output.Content.AppendHtml(El("td", "crm-list-box",
                ListTag.Box(L["Select {0}", Label ?? ""]).Attr("name", "ids").Attr("value", Id).Attr("form", SelectionTag.FormId)));
        }

        output.Content.AppendHtml(cells);
        if (list.RowActions) output.Content.AppendHtml(El("td", "crm-list-more", slots["actions"]));
    }
}

/// <summary>What a row shows in a column; left away when the column is not shown. The cell of the first column carries the row's link.</summary>
[HtmlTargetElement("crm-cell", Attributes = "column", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class CellTag : KitTag
{
    public string Column { get; set; } = "";
    public string? Value { get; set => field = value.OrNull(); }

    /// <summary>Phones, mail and page addresses read from the left.</summary>
    public bool Ltr { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var columns = ((ListTag)context.Items[typeof(ListTag)]).Columns;
        if (columns.Find(Column) is not { } column || !columns.IsShown(column))
        {
            output.SuppressOutput();
            return;
        }

        var content = await output.GetChildContentAsync();
        var first = column == columns.All[0];
        Become(output, first ? "th" : "td", $"{ListTag.Css(column)}{(first ? " crm-list-name" : "")}".Trim());
        if (first) output.Attributes.SetAttribute("scope", "row");
        output.Attributes.SetAttribute("data-label", column.Title);
        var empty = string.IsNullOrWhiteSpace(Value) && content.IsEmptyOrWhiteSpace;
        // a name may run the other way than the page; what is composed inside keeps the order of the page
        var inside = El(Value is null ? "span" : "bdi", "crm-cell", Value, content).Attr("dir", Ltr ? "ltr" : null);
        var href = ((ListRowTag)context.Items[typeof(ListRowTag)]).Href;
        output.Content.SetHtmlContent(empty ? El("span", "crm-none", "—")
            : first && href is not null ? El("a", "crm-row-link", inside).Attr("href", Resolve(href)) : inside);
    }
}
