using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Features.Shared.Csv;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Audit;

/// <summary>What the audit page shows, all pages of it, as CSV: a thousand rows at a time and by key, so that memory stays the same.</summary>
public sealed class AuditExportController(IStringLocalizer L, LocalTime time) : TenantController
{
    private const int ChunkSize = 1000;

    private static readonly string[] Columns =
        ["at", "member", "via", "cause", "record", "recordId", "name", "customerId", "act", "field", "old", "new", "oldText", "newText"];

    [HttpGet("settings/audit.csv")]
    [Authorize(Permissions.ReadAudit)]
    public async Task Export(CancellationToken stop)
    {
        var changes = AuditFilter.Read(Request.Query, AuditFilter.Fields(L, [], "")).Of(Db, Me);
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = FormattableString.Invariant($"attachment; filename=audit-{Me.Today:yyyy-MM-dd}.csv");
        // the writer works on memory and each chunk is sent on: the body of an answer takes no synchronous writes
        using var chunk = new MemoryStream();
        await using var csv = new CsvWriting(chunk, Columns);
        for (var (from, more) = (ChangeCursor.Newest, true); more;)
        {
            var (until, last) = from;
            var rows = await changes.Where(x => x.At <= until && (x.At < until || x.Id < last))
                .OrderByDescending(x => x.At).ThenByDescending(x => x.Id).Take(ChunkSize).ToListAsync(stop);
            var names = await ChangeNames.Of(Db, rows, L, time, stop);
            foreach (var row in rows) csv.Row(Cells(row, names));
            await csv.FlushAsync();
            chunk.Position = 0;
            await chunk.CopyToAsync(Response.Body, stop);
            chunk.SetLength(0);
            more = rows.Count == ChunkSize;
            if (more) from = ChangeCursor.Of(rows[^1]);
        }
    }

    /// <summary>Each value as it is kept, and as people read it.</summary>
    private static string?[] Cells(Change row, ChangeNames names) =>
    [
        ChangeText.Of(row.At), names.Who(row), ChangeText.Of(row.Via), ChangeText.Of(row.CauseId), ChangeText.Of(row.Record), ChangeText.Of(row.RecordId), names.Record(row),
        ChangeText.Of(row.CustomerId), ChangeText.Of(row.Act), row.Field, names.Kept(row, row.Old), names.Kept(row, row.New), names.Value(row, row.Old), names.Value(row, row.New),
    ];
}
