using System.Globalization;
using System.Text.Encodings.Web;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>
/// The rows of a <c>crm-list</c> from values, written straight into the answer. The same markup as <c>crm-list-row</c> and <c>crm-cell</c>,
/// for lists that are asked for all day: a tag for each cell costs more than reading the rows from the database.
/// </summary>
[HtmlTargetElement("crm-rows", Attributes = "rows", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class RowsTag(LocalTime time, IStringLocalizer L) : TagHelper
{
    public IEnumerable<ListRow> Rows { get; set; } = [];

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var list = (ListTag)context.Items[typeof(ListTag)];
        output.TagName = null;
        output.Content.SetHtmlContent(new RowsHtml(Rows, [.. list.Columns.Shown], list.RowActions, list.Selectable ? L["Select {0}"].Value : null, time));
    }

    /// <summary>What stands in one cell, for a cell that is drawn anew.</summary>
    public static IHtmlContent Inside(Cell cell, string? href, LocalTime time) => new CellHtml(cell, href, time);

    private sealed class CellHtml(Cell cell, string? href, LocalTime time) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder) => new RowsHtml([], [], false, null, time).Write(writer, encoder, cell, href);
    }

    private sealed class RowsHtml(IEnumerable<ListRow> rows, Column[] columns, bool actions, string? select, LocalTime time) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder)
        {
            // what opens and closes a cell is the same in every row
            var open = Array.ConvertAll(columns, column => Opening(column, first: column == columns[0], encoder));
            foreach (var row in rows)
            {
                writer.Write(row.Muted ? "<tr class=\"crm-list-row is-muted\"" : "<tr class=\"crm-list-row\"");
                writer.Write(row.Href is null ? ">" : " data-row=\"\">");
                if (select is not null) WriteBox(writer, encoder, row, select);
                for (var i = 0; i < columns.Length; i++)
                {
                    writer.Write(open[i]);
                    Write(writer, encoder, row.Cells[i], i == 0 ? row.Href : null);
                    writer.Write(i == 0 ? "</th>" : "</td>");
                }

                if (actions)
                {
                    writer.Write("<td class=\"crm-list-more\">");
                    row.Actions?.WriteTo(writer, encoder);
                    writer.Write("</td>");
                }

                writer.Write("</tr>");
            }
        }

        private static void WriteBox(TextWriter writer, HtmlEncoder encoder, ListRow row, string select)
        {
            writer.Write("<td class=\"crm-list-box\"><input class=\"form-check-input\" type=\"checkbox\" name=\"ids\" form=\"" + SelectionTag.FormId + "\" aria-label=\"");
            encoder.Encode(writer, string.Format(CultureInfo.CurrentCulture, select, row.Cells[0].Text));
            writer.Write("\" value=\"");
            writer.Write(row.Id?.ToString(CultureInfo.InvariantCulture));
            writer.Write("\"></td>");
        }

        private static string Opening(Column column, bool first, HtmlEncoder encoder)
        {
            var css = $"{ListTag.Css(column)}{(first ? " crm-list-name" : "")}".Trim();
            return $"<{(first ? "th" : "td")}{(css.Length == 0 ? "" : $" class=\"{css}\"")}{(first ? " scope=\"row\"" : "")} data-label=\"{encoder.Encode(column.Title)}\">";
        }

        public void Write(TextWriter writer, HtmlEncoder encoder, Cell cell, string? href)
        {
            if (cell.IsEmpty)
            {
                writer.Write("<span class=\"crm-none\">—</span>");
                return;
            }

            if (href is not null)
            {
                writer.Write("<a class=\"crm-row-link\" href=\"");
                encoder.Encode(writer, href);
                writer.Write("\">");
            }

            if (cell.Badge is { } badge) WriteBadge(writer, encoder, badge);
            else if (cell.At is { } at) WriteTime(writer, encoder, at);
            else WriteText(writer, encoder, cell);
            if (href is not null) writer.Write("</a>");
        }

        private static void WriteText(TextWriter writer, HtmlEncoder encoder, Cell cell)
        {
            if (cell.IsName)
            {
                writer.Write("<span class=\"crm-cell\">");
                AvatarTag.Draw(cell.Text!, "sm", cell.IsOrganisation).WriteTo(writer, encoder);
                writer.Write("<bdi>");
                encoder.Encode(writer, cell.Text!);
                writer.Write("</bdi></span>");
                return;
            }

            // a text may run the other way than the page
            writer.Write(cell.IsLtr ? "<bdi class=\"crm-cell\" dir=\"ltr\">" : "<bdi class=\"crm-cell\">");
            encoder.Encode(writer, cell.Text!);
            writer.Write("</bdi>");
        }

        private static void WriteBadge(TextWriter writer, HtmlEncoder encoder, Badge badge)
        {
            writer.Write("<span class=\"crm-cell\"><span class=\"crm-badge ");
            writer.Write(KitTag.Css(badge.Tone));
            writer.Write(" has-dot\"><span>");
            encoder.Encode(writer, badge.Text);
            writer.Write("</span></span></span>");
        }

        private void WriteTime(TextWriter writer, HtmlEncoder encoder, DateTime at)
        {
            writer.Write("<span class=\"crm-cell\">");
            TimeTag.Draw(time, at, TimeShow.Relative).WriteTo(writer, encoder);
            writer.Write("</span>");
        }
    }
}
