using CrmWeb.Web.Features.Shared.Csv;

namespace CrmWeb.Web.Features.Imports;

/// <summary>How an import file is written; what was detected, or what somebody chose instead.</summary>
/// <param name="Encoding">How its bytes become text.</param>
/// <param name="IsCards">Contact cards (vCard); otherwise CSV.</param>
/// <param name="Delimiter">Between the values of a row; of no meaning for cards.</param>
/// <param name="HasHeader">The first row holds names; of no meaning for cards.</param>
public sealed record ImportFormat(FileEncoding Encoding, bool IsCards, char Delimiter, bool HasHeader)
{
    private const int SampleLength = 1 << 18;

    /// <summary>Looks at the file, which must be seekable and is left at its start. Throws nothing but what the stream throws.</summary>
    public static ImportFormat Detect(Stream file)
    {
        var encoding = FileEncoding.Detect(file);
        using var text = encoding.OpenText(file);
        var buffer = new char[SampleLength];
        var sample = buffer.AsSpan(0, text.ReadBlock(buffer));
        file.Position = 0;
        if (VCards.AreLikely(sample)) return new(encoding, IsCards: true, ',', HasHeader: true);

        var delimiter = Imports.Delimiter.Detect(sample);
        using var rows = new StringReader(new string(Imports.Delimiter.Announced(sample) is null ? sample : sample[5..].TrimStart("\r\n")));
        try
        {
            return new(encoding, IsCards: false, delimiter, CsvHeader.IsLikely(CsvRows.Read(rows, delimiter).FirstOrDefault().Values ?? []));
        }
        catch (UnreadableFileException)
        {
            return new(encoding, IsCards: false, delimiter, HasHeader: false);
        }
    }
}

/// <summary>An import file as columns and rows, whether it is CSV or contact cards.</summary>
public sealed class ImportTable
{
    private readonly Stream file;
    private readonly ImportFormat format;
    private readonly int mark = -1;

    /// <summary>Reads the names of the columns. The file must be seekable, belongs to the caller, and is read again by each walk through the rows.</summary>
    /// <exception cref="UnreadableFileException">The first row cannot be read.</exception>
    public ImportTable(Stream file, ImportFormat format)
    {
        (this.file, this.format) = (file, format);
        if (format.IsCards)
        {
            Columns = VCards.Columns;
            return;
        }

        var first = AllRows().FirstOrDefault().Values ?? [];
        if (format.HasHeader) mark = Array.IndexOf(first, CsvFormulas.MarkColumn);
        Columns = CsvHeader.Distinct(format.HasHeader ? Plain(first) : Array.ConvertAll(first, _ => ""));
    }

    /// <summary>The names of the columns, no two alike.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The file is an export of ours: <see cref="Rows"/> takes off what made its values harmless to spreadsheets.</summary>
    public bool IsOurs => mark >= 0;

    /// <summary>The rows from the first one on, without the header, at least as many values as columns. One walk at a time.</summary>
    /// <exception cref="UnreadableFileException">While walking: the file cannot be read past a line.</exception>
    public IEnumerable<FileRow> Rows()
    {
        // a second line with a key was copied from the first, for somebody else
        var met = new HashSet<long>();
        foreach (var row in (format is { IsCards: false, HasHeader: true } ? AllRows().Skip(1) : AllRows()).Select(Shaped))
        {
            yield return RowKey.IdOf(row.Key) is not { } id || met.Add(id) ? row : row with { Key = null };
        }
    }

    private IEnumerable<FileRow> AllRows()
    {
        using var text = format.Encoding.OpenText(file);
        var skipped = 0;
        if (!format.IsCards && Announces(text))
        {
            text.ReadLine();
            skipped = 1;
        }

        foreach (var row in format.IsCards ? VCards.Read(text) : format.Delimiter == SpacedRows.Delimiter ? SpacedRows.Read(text) : CsvRows.Read(text, format.Delimiter))
        {
            yield return skipped == 0 ? row : row with { Line = row.Line + 1, LastLine = row.LastLine + 1 };
        }
    }

    // The text of the announcement is read from the file a second time: a reader cannot look ahead six characters.
    private bool Announces(StreamReader text)
    {
        var start = new char[6];
        var read = text.ReadBlock(start);
        file.Position = format.Encoding.MarkLength;
        text.DiscardBufferedData();
        return Delimiter.Announced(start.AsSpan(0, read)) is not null;
    }

    private FileRow Shaped(FileRow row)
    {
        var values = IsOurs ? Plain(row.Values) : row.Values;
        if (values.Length < Columns.Count)
        {
            var had = values.Length;
            Array.Resize(ref values, Columns.Count);
            values.AsSpan(had).Fill("");
        }

        var problem = row.Problem is RowProblem.None or RowProblem.StrayQuote && values.Length > Columns.Count ? RowProblem.TooManyValues : row.Problem;
        return row with { Values = values, Problem = problem, Key = IsOurs && mark < row.Values.Length ? row.Values[mark] : null };
    }

    private string[] Plain(string[] written)
    {
        if (mark < 0) return Array.ConvertAll(written, value => value);
        return [.. written.Where((_, i) => i != mark).Select(CsvFormulas.Restore)];
    }
}
