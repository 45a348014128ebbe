using System.Buffers;
using System.Text;

namespace CrmWeb.Web.Features.Shared.Csv;

/// <summary>
/// Writes CSV (RFC 4180: commas, CRLF, UTF-8 with a mark that spreadsheets ask for) that is harmless in a spreadsheet and that our own
/// import reads back exactly, line breaks and white space included. What has no UTF-8 form (half a surrogate pair) becomes U+FFFD.
/// </summary>
public sealed class CsvWriting : IAsyncDisposable
{
    // Semicolons and tabs too: a spreadsheet of another country splits at them.
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",;\t\r\n|");
    private readonly TextWriter writer;
    private readonly int width;

    /// <summary>Begins a file; <paramref name="to"/> stays open when this is disposed.</summary>
    public CsvWriting(Stream to, IReadOnlyList<string> columns)
        : this(new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 1 << 16, leaveOpen: true), columns)
    {
    }

    /// <summary>Begins a file on a writer, which is disposed with this.</summary>
    public CsvWriting(TextWriter to, IReadOnlyList<string> columns)
    {
        writer = to;
        width = columns.Count;
        Write([.. columns, CsvFormulas.MarkColumn], width + 1);
    }

    /// <summary>Writes a row of as many values as there are columns; null is written as an empty value.</summary>
    /// <param name="values">One for each column.</param>
    /// <param name="key">What stands in the mark column: see <see cref="RowKey"/>.</param>
    /// <exception cref="ArgumentException">There are more or fewer values than columns.</exception>
    public void Row(IReadOnlyList<string?> values, string key = "")
    {
        if (values.Count != width) throw new ArgumentException($"{values.Count} values for {width} columns", nameof(values));
        Write([.. values, key], width + 1);
    }

    public Task FlushAsync() => writer.FlushAsync();

    public ValueTask DisposeAsync() => writer.DisposeAsync();

    private void Write(string?[] values, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (i > 0) writer.Write(',');
            Write(CsvFormulas.Neutralise(values[i] ?? ""));
        }

        writer.Write("\r\n");
    }

    private void Write(string value)
    {
        if (!MustBeQuoted(value))
        {
            writer.Write(value);
            return;
        }

        writer.Write('"');
        writer.Write(value.Replace("\"", "\"\"", StringComparison.Ordinal));
        writer.Write('"');
    }

    private static bool MustBeQuoted(string value) =>
        value.AsSpan().ContainsAny(Quoted) || (value.Length > 0 && (char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1])));
}
