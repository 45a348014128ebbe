namespace CrmWeb.Web.Features.Imports;

/// <summary>
/// Puts the rows of one order together, wherever they stand in the file: an order comes where its last row stands. The same file always gives the same
/// groups, so that a run can go on after so many rows.
/// </summary>
internal static class OrderGroups
{
    /// <summary>Rows that wait for others of their orders at one time; beyond that the file is to be sorted.</summary>
    public const int MostHeld = 200_000;

    public static IEnumerable<FileRow[]> Of(ImportTable table, ImportSettings settings)
    {
        var column = settings.Fields.Index().Where(field => field.Item == OrderField.ExternalId).Select(field => field.Index).DefaultIfEmpty(-1).First();
        if (column < 0) return table.Rows().Select(row => new[] { row });
        return Together(table.Rows(), Scattered(table.Rows(), IdOf), IdOf);

        string? IdOf(FileRow row) => row.Values[column].Trim() is { Length: > 0 } id ? id : null;
    }

    private static IEnumerable<FileRow[]> Together(IEnumerable<FileRow> rows, Dictionary<string, long> lastLines, Func<FileRow, string?> idOf)
    {
        var (open, openId, held, waiting) = (new List<FileRow>(), (string?)null, new Dictionary<string, List<FileRow>>(StringComparer.Ordinal), 0);
        foreach (var row in rows)
        {
            var id = idOf(row);
            if (open.Count > 0 && id != openId)
            {
                yield return [.. open];
                open.Clear();
            }

            if (id is null)
            {
                yield return [row];
                continue;
            }

            if (open.Count + waiting >= MostHeld) throw new UnreadableFileException(row.Line, new InvalidDataException("The rows of its orders stand too far apart. Sort it by the ids of the orders."));
            if (!lastLines.TryGetValue(id, out var last))
            {
                open.Add(row);
                openId = id;
                continue;
            }

            if (!held.TryGetValue(id, out var its)) held[id] = its = [];
            its.Add(row);
            waiting++;
            if (row.Line != last) continue;
            held.Remove(id);
            waiting -= its.Count;
            yield return [.. its];
        }

        if (open.Count > 0) yield return [.. open];
    }

    /// <summary>The ids whose rows do not all stand below one another, with the line of the last of them.</summary>
    private static Dictionary<string, long> Scattered(IEnumerable<FileRow> rows, Func<FileRow, string?> idOf)
    {
        // of each id a hash is kept, not the id
        var (met, scattered, before) = (new HashSet<UInt128>(), new Dictionary<string, long>(StringComparer.Ordinal), (string?)null);
        foreach (var row in rows)
        {
            var id = idOf(row);
            if (id is not null && (scattered.ContainsKey(id) || (id != before && !met.Add(ImportCheck.Hash(id))))) scattered[id] = row.Line;
            before = id;
        }

        return scattered;
    }
}
