using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>The list of customers and the page of one.</summary>
public sealed class CustomersController(IStringLocalizer L, CustomerCounts counts, MemberFields fields, MemberViews views, Mentioning mentions) : TenantController
{
    [HttpGet("customers")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> Index(string? after, string? before, CancellationToken stop)
    {
        var custom = await fields.Seen(stop);
        if (await ViewOpening.Open(Request, views, custom, stop) is not { } bar) return NotFound();
        var query = CustomerQuery.Read(Request.Query, custom, ViewQuery.Parameters);
        var columns = CustomerColumns.Of(L, Request, query.Sort, custom);
        RememberColumns(columns);
        var chips = query.Filter.Conditions.Count == 0 ? [] : await CustomerFilterChips.Of(query.Filter, CustomerColumns.Fields(L, Url, custom), Db, L, stop);
        var list = await CustomerList.Read(Db, Me, counts, query, after, before, columns, custom, stop);
        return View("List", new CustomerListPage(list, query, columns, chips, custom, bar));
    }

    [HttpGet("customers/{id:long}")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> Show(long id, string? kind, string? older, CancellationToken stop)
    {
        if (await CustomerPage.Read(Db, Me, id, await fields.Seen(stop), stop) is not { } page)
            return await MergePage.SurvivorOf(Db, id, stop) is { } survivor ? RedirectToAction(nameof(Show), new { id = survivor }) : NotFound();
        var timeline = await CustomerTimeline.Read(Db, id, kind, older, stop);
        await mentions.Load(timeline.Bodies.Concat(page.Planned.Select(i => i.Body)), stop);
        return View("Show", page with { Timeline = timeline });
    }

    /// <summary>Older entries alone: asked for by the button under the timeline.</summary>
    [HttpGet("customers/{id:long}/timeline")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> Timeline(long id, string? kind, string? older, CancellationToken stop)
    {
        if (!await CustomerPage.Exists(Db, id, stop)) return NotFound();
        var timeline = await CustomerTimeline.Read(Db, id, kind, older, stop);
        await mentions.Load(timeline.Bodies, stop);
        return PartialView("_Timeline", timeline);
    }

    private void RememberColumns(Columns columns)
    {
        // the columns of a view are the view's, and those of a number that was opened are the number's
        if (Request.Query[Columns.Parameter].Count > 0 && Request.Query[ViewQuery.From].Count == 0 && Request.Query[ListUrl.Then].Count == 0)
            LocalisationSetup.Remember(Response, CustomerColumns.Cookie, string.Join(',', columns.Shown.Select(column => column.Key)));
    }
}

public sealed record CustomerListPage(CustomerList List, CustomerQuery Query, Columns Columns, IReadOnlyList<Filter> Filters, CustomFieldSet Custom, ViewBar Views)
{
    /// <summary>The list as a view would keep it.</summary>
    public string Written { get; } = ViewQuery.Write(Query, [.. Columns.Shown.Select(column => column.Key)]);

    /// <summary>Something of the view that is open was changed since.</summary>
    public bool IsChanged => Views.Current is not null && Written != Views.Stored;
}
