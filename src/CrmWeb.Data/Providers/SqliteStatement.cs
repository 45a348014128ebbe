using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CrmWeb.Data.Providers;

/// <summary>
/// One prepared statement, executed for each row, right on the library: the command of ADO.NET looks at each parameter anew for each row, which takes
/// longer than the row itself. Values are stored in the form in which the provider stores and reads them.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 handle;
    private readonly sqlite3_stmt statement;
    private byte[] buffer = new byte[512];

    // an import writes one instant all over
    private (DateTime Instant, byte[] Text) known = (default, []);

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        handle = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(handle, sql, out statement));
    }

    /// <summary>Executes it with the values of a row. Answers how many rows of the table it wrote.</summary>
    public int Execute(IReadOnlyList<BulkColumn> columns, object row)
    {
        // what is not bound is null
        raw.sqlite3_clear_bindings(statement);
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i].Get(row) is { } value) Check(Bind(i + 1, value));
        }

        var done = raw.sqlite3_step(statement);
        // the reset tells an error of the step once more
        var reset = raw.sqlite3_reset(statement);
        if (done != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(reset, handle);
        return raw.sqlite3_changes(handle);
    }

    public long LastId => raw.sqlite3_last_insert_rowid(handle);

    public void Dispose() => statement.Dispose();

    private int Bind(int index, object value) => value switch
    {
        string text => Bind(index, text),
        long number => raw.sqlite3_bind_int64(statement, index, number),
        int number => raw.sqlite3_bind_int64(statement, index, number),
        DateTime instant => Bind(index, instant),
        bool flag => raw.sqlite3_bind_int64(statement, index, flag ? 1 : 0),
        double number => raw.sqlite3_bind_double(statement, index, number),
        DateOnly date => Bind(index, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        _ => throw new NotSupportedException($"No value of {value.GetType().Name} is written in bulk yet."),
    };

    private int Bind(int index, string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most > buffer.Length) buffer = new byte[most];
        var length = Encoding.UTF8.GetBytes(text, buffer);
        return raw.sqlite3_bind_text(statement, index, buffer.AsSpan(0, length));
    }

    private int Bind(int index, DateTime instant)
    {
        if (known.Text.Length == 0 || known.Instant != instant)
            known = (instant, Encoding.ASCII.GetBytes(instant.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)));
        return raw.sqlite3_bind_text(statement, index, known.Text);
    }

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, handle);
}
