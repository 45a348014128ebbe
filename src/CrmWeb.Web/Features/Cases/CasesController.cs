using System.Globalization;
using CrmWeb.Domain.Service;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Features.Shared.Csv;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Cases;

/// <summary>Complaints, questions and returns: the list, and the page of one.</summary>
[Authorize(Permissions.ReadCases)]
public sealed class CasesController(IStringLocalizer L) : TenantController
{
    private static readonly string[] Exported =
    [
        "id", "subject", "kind", "state", "priority", "channel", "customer", "tier", "owner", "team", "openedAt", "answerDueAt", "answeredAt", "answeredInMinutes", "resolveDueAt",
        "resolvedAt", "resolvedInMinutes",
    ];

    [HttpGet("cases")]
    public async Task<IActionResult> List(string? sort, string? after, string? before, CancellationToken stop)
    {
        var fields = await CaseFilter.Fields(Db, L, Url.Content("~/"), stop);
        var filter = await Named(CaseFilter.Read(Request.Query, fields), stop);
        var pages = new KeyPages<Case>(CaseFilter.Orders, sort, CaseFilter.Sort);
        var (rows, pager) = await pages.Page(filter.Of(Db, Me), Db.Cases, CaseRow.Of, row => row.Id, after, before, stop);
        return View(new CaseListPage(filter, fields, rows, pager, CaseListPage.ColumnsOf(L, pages.Sort).Choose(Request.Query["columns"])));
    }

    [HttpGet("cases.csv")]
    [Authorize(Permissions.ExportCustomers)]
    public async Task<IActionResult> Export(string? sort, CancellationToken stop)
    {
        var fields = await CaseFilter.Fields(Db, L, "", stop);
        var filter = CaseFilter.Read(Request.Query, fields);
        var rows = new KeyPages<Case>(CaseFilter.Orders, sort, CaseFilter.Sort).Order(filter.Of(Db, Me)).Select(CaseRow.Of);
        return await this.Csv("cases.csv", Exported, rows.AsAsyncEnumerable(), c =>
        [
            Number(c.Id), c.Subject, ChangeText.Of(c.Kind), ChangeText.Of(c.State), ChangeText.Of(c.Priority), ChangeText.Of(c.Channel), c.Customer, CaseFilter.Tier(fields, c.TierId), c.Owner, c.Team,
            CsvAnswers.Instant(c.OpenedAt), Instant(c.AnswerDueAt), Instant(c.AnsweredAt), Number(c.AnsweredInMinutes), Instant(c.ResolveDueAt), Instant(c.ResolvedAt), Number(c.ResolvedInMinutes),
        ], stop);
    }

    [HttpGet("cases/{id:long}")]
    public async Task<IActionResult> Show(long id, CancellationToken stop) => await CasePage.Read(Db, id, stop) is { } page ? View(page) : NotFound();

    private static string? Instant(DateTime? at) => at is { } there ? CsvAnswers.Instant(there) : null;

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    /// <summary>A filter by customer, product or segment says names, not ids.</summary>
    private async Task<CaseFilter> Named(CaseFilter filter, CancellationToken stop) => filter with { Filters = await filter.Filters.Named(Db, L, stop) };
}
