using CrmWeb.Data;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Web.Features.Shared.Csv;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Imports;

/// <summary>The rows that did not come in, as they stood in the file, with the reason: a file to mend and to import again.</summary>
public static class RefusedRows
{
    /// <summary>The last column of the file; an import knows it and leaves it out.</summary>
    public const string ReasonColumn = "Refused because";

    public static async Task Write(CrmDb db, Import import, Stream to, IStringLocalizer L, CustomFieldSet fields, CancellationToken stop)
    {
        List<string> columns = [.. ImportSettings.Of(import).Columns.Where(column => column != ReasonColumn)];
        var reason = ImportSettings.Of(import).Columns.IndexOf(ReasonColumn);
        await using var csv = new CsvWriting(to, [.. columns, ReasonColumn]);
        var rows = db.ImportRows.AsNoTracking().Where(row => row.ImportId == import.Id && row.Outcome == RowOutcome.Refused)
            .OrderBy(row => row.Line).Select(row => new { row.Reason, row.Before }).AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(stop))
        {
            var cells = Snapshot.Cells(row.Before).ToList();
            if (reason >= 0 && reason < cells.Count) cells.RemoveAt(reason);
            // what stood beyond the last column is not thrown away: it goes into the last cell
            if (cells.Count > columns.Count) cells = [.. cells.Take(columns.Count - 1), string.Join(' ', cells.Skip(columns.Count - 1))];
            while (cells.Count < columns.Count) cells.Add("");
            csv.Row([.. cells, Refusal.Say(row.Reason, L, fields)], Snapshot.KeyOf(row.Before) ?? "");
        }

        await csv.FlushAsync();
    }

    private static int IndexOf(this IReadOnlyList<string> columns, string name) => columns.ToList().IndexOf(name);
}
