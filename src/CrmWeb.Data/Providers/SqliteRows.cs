using System.Collections;
using System.Data.Common;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace CrmWeb.Data.Providers;

/// <summary>
/// The rows of a command, whose most frequent values are read right from the library: the driver asks three times for each value, guarding the statement each
/// time, which together takes longer than SQLite does for the row. Whatever is rarer, or of another form than expected, is the driver's.
/// </summary>
internal sealed partial class SqliteRows : DbDataReader
{
    private const int Text = 3;
    private const int Null = 5;

    private readonly SqliteDataReader inner;

    // the driver's reader keeps it as long as it is open
    private nint statement;

    public SqliteRows(SqliteDataReader inner) => (this.inner, statement) = (inner, Of(inner));

    public override bool Read() => inner.Read();

    public override bool NextResult()
    {
        var more = inner.NextResult();
        statement = Of(inner);
        return more;
    }

    public override bool IsDBNull(int ordinal) => statement == 0 ? inner.IsDBNull(ordinal) : TypeOf(statement, ordinal) == Null;

    public override long GetInt64(int ordinal) => IsDBNull(ordinal) ? inner.GetInt64(ordinal) : Number(statement, ordinal);

    public override int GetInt32(int ordinal) => checked((int)GetInt64(ordinal));

    public override string GetString(int ordinal) => IsDBNull(ordinal) ? inner.GetString(ordinal) : Written(statement, ordinal);

    public override DateTime GetDateTime(int ordinal) =>
        statement != 0 && TypeOf(statement, ordinal) == Text && TryRead(Written(statement, ordinal), out var instant) ? instant : inner.GetDateTime(ordinal);

    /// <summary>The form in which the driver stores instants: 2026-11-22 09:30:00, with a fraction of up to seven digits.</summary>
    internal static bool TryRead(string text, out DateTime instant)
    {
        instant = default;
        if (text.Length is < 19 or > 27 || text is not [_, _, _, _, '-', _, _, '-', _, _, ' ', _, _, ':', _, _, ':', _, _, ..] || (text.Length > 19 && text[19] != '.')) return false;
        if (Digits(text, 0, 4) is not (> 0 and var year) || Digits(text, 5, 2) is not (> 0 and <= 12 and var month) || Digits(text, 8, 2) is not (> 0 and var day)) return false;
        if (day > DateTime.DaysInMonth(year, month)) return false;
        if (Digits(text, 11, 2) is not (>= 0 and < 24 and var hour) || Digits(text, 14, 2) is not (>= 0 and < 60 and var minute) || Digits(text, 17, 2) is not (>= 0 and < 60 and var second)) return false;
        var fraction = text.Length <= 20 ? 0 : Digits(text, 20, text.Length - 20);
        if (fraction < 0) return false;
        for (var i = text.Length <= 20 ? 27 : text.Length; i < 27; i++) fraction *= 10;
        instant = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified).AddTicks(fraction);
        return true;
    }

    /// <summary>Negative when one of them is no digit.</summary>
    private static int Digits(string text, int start, int count)
    {
        var number = 0;
        for (var i = start; i < start + count; i++)
        {
            if (!char.IsAsciiDigit(text[i])) return -1;
            number = (number * 10) + text[i] - '0';
        }

        return number;
    }

    private static nint Of(SqliteDataReader reader) => reader.Handle is { IsInvalid: false } handle ? handle.DangerousGetHandle() : 0;

    private static string Written(nint statement, int ordinal) => Utf8(statement, ordinal) is not 0 and var text ? Marshal.PtrToStringUTF8(text, Bytes(statement, ordinal)) : "";

#pragma warning disable SYSLIB1054, CA5392 // numbers only: nothing to generate; the library is loaded already
    [DllImport("e_sqlite3", EntryPoint = "sqlite3_column_type")]
    private static extern int TypeOf(nint statement, int column);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_column_int64")]
    private static extern long Number(nint statement, int column);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_column_text")]
    private static extern nint Utf8(nint statement, int column);

    // after the text, whose bytes it counts
    [DllImport("e_sqlite3", EntryPoint = "sqlite3_column_bytes")]
    private static extern int Bytes(nint statement, int column);
#pragma warning restore SYSLIB1054, CA5392
}

/// <content>What is the driver's.</content>
internal sealed partial class SqliteRows
{
    public override int Depth => inner.Depth;
    public override int FieldCount => inner.FieldCount;
    public override bool HasRows => inner.HasRows;
    public override bool IsClosed => inner.IsClosed;
    public override int RecordsAffected => inner.RecordsAffected;
    public override object this[int ordinal] => inner[ordinal];
    public override object this[string name] => inner[name];

    public override bool GetBoolean(int ordinal) => inner.GetBoolean(ordinal);
    public override byte GetByte(int ordinal) => inner.GetByte(ordinal);
    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => inner.GetBytes(ordinal, dataOffset, buffer, bufferOffset, length);
    public override char GetChar(int ordinal) => inner.GetChar(ordinal);
    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => inner.GetChars(ordinal, dataOffset, buffer, bufferOffset, length);
    public override string GetDataTypeName(int ordinal) => inner.GetDataTypeName(ordinal);
    public override decimal GetDecimal(int ordinal) => inner.GetDecimal(ordinal);
    public override double GetDouble(int ordinal) => inner.GetDouble(ordinal);
    public override IEnumerator GetEnumerator() => inner.GetEnumerator();
    public override Type GetFieldType(int ordinal) => inner.GetFieldType(ordinal);
    public override T GetFieldValue<T>(int ordinal) => inner.GetFieldValue<T>(ordinal);
    public override float GetFloat(int ordinal) => inner.GetFloat(ordinal);
    public override Guid GetGuid(int ordinal) => inner.GetGuid(ordinal);
    public override short GetInt16(int ordinal) => inner.GetInt16(ordinal);
    public override string GetName(int ordinal) => inner.GetName(ordinal);
    public override int GetOrdinal(string name) => inner.GetOrdinal(name);
    public override Stream GetStream(int ordinal) => inner.GetStream(ordinal);
    public override object GetValue(int ordinal) => inner.GetValue(ordinal);
    public override int GetValues(object[] values) => inner.GetValues(values);
    public override void Close() => inner.Close();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
