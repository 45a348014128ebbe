using System.Globalization;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Features.Shared.Csv;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Tasks;

/// <summary>What the list shows, as CSV, all pages of it.</summary>
public sealed class TaskExportController(IStringLocalizer L, Mentioning mentions) : TenantController
{
    private static readonly string[] Columns = ["title", "dueOn", "priority", "repeat", "owner", "customer", "doneAt", "note"];

    [HttpGet("tasks.csv")]
    [Authorize(Permissions.ExportCustomers)]
    public async Task<IActionResult> Export(string? sort, CancellationToken stop)
    {
        var pages = new TaskPages(sort);
        var filter = TaskFilter.Read(Request.Query, TaskFilter.Fields(L, [], ""));
        var rows = pages.Order(filter.Of(Db, Me))
            .Select(t => new { t.Title, t.DueOn, t.Priority, t.Repeat, Owner = t.Owner!.Name, Customer = t.Customer!.Name, t.DoneAt, t.Note });
        await mentions.LoadAll(stop);
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = "attachment; filename=tasks.csv";

        // the writer is synchronous over its own buffer; what it fills is sent on in pieces
        using var buffer = new MemoryStream();
        await using var csv = new CsvWriting(buffer, Columns);
        await foreach (var t in rows.AsAsyncEnumerable().WithCancellation(stop))
        {
            csv.Row([t.Title, t.DueOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Word(t.Priority), Word(t.Repeat), t.Owner, t.Customer,
                t.DoneAt?.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), await mentions.Show(t.Note, stop)]);
            if (buffer.Length > 0) await Send(buffer, stop);
        }

        await csv.FlushAsync();
        await Send(buffer, stop);
        return new EmptyResult();
    }

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    private async Task Send(MemoryStream buffer, CancellationToken stop)
    {
        await Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), stop);
        buffer.SetLength(0);
    }
}
