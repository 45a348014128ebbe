using CrmWeb.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Tasks;

/// <summary>What the page of the list needs.</summary>
public sealed record TaskListPage(TaskFilter Filter, IReadOnlyList<FilterField> Fields, IReadOnlyList<TaskRow> Rows, Pager Pager, Columns Columns)
{
    public static Columns ColumnsOf(IStringLocalizer L, string sort) => new(
    [
        new("title", L["To do"]),
        new("due", L["Due"], Sortable: true, ColumnKind.Date),
        new("priority", L["Priority"], Sortable: true),
        new("owner", L["Owner"]),
        new("customer", L["Customer"]),
    ], sort);
}
