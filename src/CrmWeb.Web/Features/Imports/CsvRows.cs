using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace CrmWeb.Web.Features.Imports;

/// <summary>Reads the rows of a CSV file one by one, exactly as they stand there.</summary>
public static class CsvRows
{
    /// <summary>Of a value, in characters. A longer one is most likely a quote that is never closed; the file is not read past it.</summary>
    public const int MaxValueLength = 1_000_000;

    /// <summary>
    /// All rows, a header among them; empty lines are passed over. Nothing is trimmed. Wrong quoting is told by <see cref="FileRow.Problem"/>;
    /// where a quote is never closed the last row goes to the end of the file, as its lines say.
    /// </summary>
    /// <exception cref="UnreadableFileException">A value is longer than <see cref="MaxValueLength"/>.</exception>
    public static IEnumerable<FileRow> Read(TextReader text, char delimiter)
    {
        var problem = RowProblem.None;
        using var parser = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter.ToString(),
            MaxFieldSize = MaxValueLength,
            // what people wrote into their file has no place in a log
            ExceptionMessagesContainRawData = false,
            BufferSize = 1 << 16,
            ProcessFieldBufferSize = 1 << 12,
            BadDataFound = found => problem = found.Field.StartsWith('"') || problem == RowProblem.BrokenQuote ? RowProblem.BrokenQuote : RowProblem.StrayQuote,
        }, leaveOpen: true);

        while (TryRead(parser, out var values))
        {
            var last = parser.RawRow;
            yield return new FileRow(last - LineBreaks(values), last, values, problem);
            problem = RowProblem.None;
        }
    }

    private static bool TryRead(CsvParser parser, out string[] values)
    {
        values = [];
        try
        {
            if (!parser.Read()) return false;
            // the parser looks at quotes only when the values are asked for
            values = parser.Record ?? [];
            return true;
        }
        catch (CsvHelperException e)
        {
            throw new UnreadableFileException(parser.RawRow, e);
        }
    }

    private static int LineBreaks(string[] values)
    {
        var count = 0;
        foreach (var value in values)
        {
            var rest = value.AsSpan();
            while (rest.IndexOfAny('\r', '\n') is var at and >= 0)
            {
                count++;
                rest = rest[(at + (rest[at..].StartsWith("\r\n") ? 2 : 1))..];
            }
        }

        return count;
    }
}
