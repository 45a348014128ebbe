using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared.Csv;

namespace CrmWeb.Web.Features.Customers;

/// <summary>Writes customers as CSV, a thousand at a time and by key, so that memory stays the same however many there are.</summary>
public static class CustomerExport
{
    private const int ChunkSize = 1000;

    /// <param name="columns">Keys of <see cref="CustomerColumns"/>.</param>
    public static async Task Write(CrmDb db, IQueryable<Customer> customers, CustomerSort sort, IReadOnlyList<string> columns, Stream to, CancellationToken stop)
    {
        // the writer works on memory and each chunk is sent on: the body of an answer takes no synchronous writes
        using var chunk = new MemoryStream();
        await using var csv = new CsvWriting(chunk, [.. columns.Select(Header)]);
        CustomerCursor? from = null;
        while (true)
        {
            var rows = await CustomerList.Next(customers, sort, from, backwards: false, stop, ChunkSize);
            var more = rows.Count > ChunkSize;
            if (more) rows.RemoveAt(ChunkSize);
            if (columns.Contains(CustomerColumns.Tags, StringComparer.Ordinal)) rows = await CustomerList.WithTags(db, rows, stop);
            foreach (var row in rows) csv.Row([.. columns.Select(column => CustomerCells.Plain(row, column))]);

            await csv.FlushAsync();
            chunk.Position = 0;
            await chunk.CopyToAsync(to, stop);
            chunk.SetLength(0);
            if (!more) return;
            from = rows[^1].Cursor(sort);
        }
    }

    // the names that an import knows
    private static string Header(string column) => column switch
    {
        "channel" => "preferredChannel",
        "created" => "createdAt",
        "updated" => "updatedAt",
        "stageChanged" => "stageChangedAt",
        "contact" => "lastContact",
        _ => column,
    };
}
