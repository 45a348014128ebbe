using System.Data.Common;
using CrmWeb.Data.Providers;
using CrmWeb.Tests.Support.Databases;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Support;

/// <summary>Counts the commands a host sends to its database, so that a page that asks row by row is found out.</summary>
public sealed class SqlCount : DbCommandInterceptor
{
    private readonly List<string> _commands = [];
    private int _writes;

    public IReadOnlyList<string> Commands
    {
        get { lock (_commands) return [.. _commands]; }
    }

    /// <summary>A host of its own whose commands are counted.</summary>
    public static async Task<(CrmHost Host, SqlCount Sql)> Host()
    {
        var sql = new SqlCount();
        return (await CrmHost.Start(services => sql.Watch(services)), sql);
    }

    /// <summary>How many commands the work sends.</summary>
    public async Task<int> Of(Func<Task> work)
    {
        lock (_commands) _commands.Clear();
        await work();
        // the ring of keys is read when its own time comes, whoever asks for a page then
        return Commands.Count(command => !command.Contains("\"ProtectionKeys\"", StringComparison.Ordinal));
    }

    /// <summary>Likewise, with those that answer no rows.</summary>
    public async Task<int> OfAll(Func<Task> work)
    {
        Interlocked.Exchange(ref _writes, 0);
        return await Of(work) + _writes;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _writes);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        lock (_commands) _commands.Add(command.CommandText);
        return ValueTask.FromResult(result);
    }

    private void Watch(IServiceCollection services)
    {
        if (TestDatabase.Provider == TestProvider.PostgreSql) services.ConfigureDbContext<PostgreSqlCrmDb>(options => options.AddInterceptors(this));
        else services.ConfigureDbContext<SqliteCrmDb>(options => options.AddInterceptors(this));
    }
}
