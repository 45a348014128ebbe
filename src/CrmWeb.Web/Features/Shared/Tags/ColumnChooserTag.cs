using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>Which columns a list shows: a form of boxes that reloads the list with <c>?columns=</c>.</summary>
[HtmlTargetElement("crm-column-chooser", Attributes = "columns", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ColumnChooserTag(IStringLocalizer L) : KitTag
{
    public Columns Columns { get; set; } = new([]);

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        const string id = "columns";
        Become(output, "div", "crm-menu");
        output.Content.AppendHtml(El("button", "btn crm-btn", Glyph("columns-3"), El("span", "crm-hide-phone", L["Columns"]))
            .Attr("type", "button").Attr("popovertarget", id).Attr("aria-label", L["Columns"]));
        var form = El("form", null).Attr("method", "get").Attr("action", $"{Request.PathBase}{Request.Path}");
        foreach (var (name, value) in ListUrl.Kept(Request, Columns.Parameter)) form.Add(Hidden(name, value));
        form.Add(Hidden(Columns.Parameter, Columns.All[0].Key));
        var boxes = El("fieldset", "crm-check-list", El("legend", null, L["Columns to show"]));
        foreach (var column in Columns.All.Skip(1)) boxes.Add(Choice(column));
        form.Add(boxes, El("button", "btn btn-primary btn-sm w-100", L["Apply"]).Attr("type", "submit"));
        output.Content.AppendHtml(El("div", "crm-popover", form).Attr("id", id).Attr("popover", "auto"));
    }

    private TagBuilder Choice(Column column) =>
        El("label", "form-check", El("input", "form-check-input").Attr("type", "checkbox").Attr("name", Columns.Parameter).Attr("value", column.Key)
            .Flag("checked", Columns.IsShown(column)).Void(), El("span", "form-check-label", column.Title));
}
