using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
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

internal static class TaskMembers
{
    /// <summary>Who can own a task, as choices.</summary>
    public static async Task<List<SelectListItem>> TaskOwners(this CrmDb db, CancellationToken stop = default)
    {
        var members = await db.Members.Where(m => m.DeactivatedAt == null).OrderBy(m => m.Name).Select(m => new { m.Id, m.Name }).ToListAsync(stop);
        return [.. members.Select(m => new SelectListItem(m.Name, m.Id.ToString(CultureInfo.InvariantCulture)))];
    }
}
