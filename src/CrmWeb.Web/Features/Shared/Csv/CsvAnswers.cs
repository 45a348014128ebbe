using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Features.Shared.Csv;

/// <summary>All rows of a list as a file, written while they are read.</summary>
public static class CsvAnswers
{
    public static async Task<IActionResult> Csv<T>(
        this Controller controller, string file, IReadOnlyList<string> columns, IAsyncEnumerable<T> rows, Func<T, IReadOnlyList<string?>> cells, CancellationToken stop)
    {
        var response = controller.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename={file}";

        // the writer is synchronous over its own buffer; what it fills is sent on in pieces
        using var buffer = new MemoryStream();
        await using var csv = new CsvWriting(buffer, columns);
        await foreach (var row in rows.WithCancellation(stop))
        {
            csv.Row(cells(row));
            if (buffer.Length > 0) await Send(response, buffer, stop);
        }

        await csv.FlushAsync();
        await Send(response, buffer, stop);
        return new EmptyResult();
    }

    public static string Instant(DateTime at) => at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>With every decimal it has.</summary>
    public static string? Exact(decimal? number) => number?.ToString("0.############################", CultureInfo.InvariantCulture);

    private static async Task Send(HttpResponse response, MemoryStream buffer, CancellationToken stop)
    {
        await response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), stop);
        buffer.SetLength(0);
    }
}
