using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CrmWeb.Data.Providers;

/// <summary>Gives EF commands whose statements stay prepared with their connection, so that a query that was asked before is not parsed again.</summary>
internal sealed class SqliteStatements : DbCommandInterceptor
{
    private readonly ConditionalWeakTable<SqliteConnection, PreparedCommands> kept = [];

    public override InterceptionResult<DbCommand> CommandCreating(CommandCorrelatedEventData eventData, InterceptionResult<DbCommand> result) =>
        InterceptionResult<DbCommand>.SuppressWithResult(new PreparedCommand(kept.GetValue((SqliteConnection)eventData.Connection, connection => new(connection))));
}

/// <summary>The commands of one connection that nobody uses now, by their text. A connection serves one scope at a time.</summary>
internal sealed class PreparedCommands(SqliteConnection connection)
{
    private const int Max = 128;

    private readonly Dictionary<string, SqliteCommand> idle = new(Max, StringComparer.Ordinal);

    public SqliteConnection Connection => connection;

    public SqliteCommand Take(string text) =>
        idle.Remove(text, out var command) ? command : new SqliteCommand(text, connection);

    public void GiveBack(SqliteCommand command)
    {
        command.Parameters.Clear();
        command.Transaction = null;
        command.CommandTimeout = connection.DefaultTimeout;
        if (idle.Count >= Max) Forget(idle.First());
        if (!idle.TryAdd(command.CommandText, command)) command.Dispose();
    }

    private void Forget(KeyValuePair<string, SqliteCommand> some)
    {
        idle.Remove(some.Key);
        some.Value.Dispose();
    }
}

/// <summary>A command of EF's making that works through a prepared one, from the moment its text is known until it is disposed.</summary>
internal sealed class PreparedCommand(PreparedCommands commands) : DbCommand
{
    private SqliteCommand? inner;

    [AllowNull]
    public override string CommandText
    {
        get => inner?.CommandText ?? "";
        set
        {
            Release();
            inner = commands.Take(value ?? "");
        }
    }

    public override int CommandTimeout
    {
        get => Inner.CommandTimeout;
        set => Inner.CommandTimeout = value;
    }

    public override CommandType CommandType
    {
        get => CommandType.Text;
        set => Inner.CommandType = value;
    }

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection
    {
        get => commands.Connection;
        set => throw new NotSupportedException("A prepared command belongs to its connection.");
    }

    protected override DbParameterCollection DbParameterCollection => Inner.Parameters;

    protected override DbTransaction? DbTransaction
    {
        get => Inner.Transaction;
        set => Inner.Transaction = (SqliteTransaction?)value;
    }

    private SqliteCommand Inner => inner ?? throw new InvalidOperationException("The command has no text yet, or was disposed.");

    public override void Cancel() => Inner.Cancel();

    public override int ExecuteNonQuery() => Inner.ExecuteNonQuery();

    public override object? ExecuteScalar() => Inner.ExecuteScalar();

    public override void Prepare() => Inner.Prepare();

    protected override DbParameter CreateDbParameter() => new SqliteParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => new SqliteRows(Inner.ExecuteReader(behavior));

    protected override Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<DbDataReader>(new SqliteRows(Inner.ExecuteReader(behavior)));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) Release();
        base.Dispose(disposing);
    }

    private void Release()
    {
        if (inner is null) return;
        commands.GiveBack(inner);
        inner = null;
    }
}
