using System.Data.Common;
using CrmWeb.Data.Providers;
using CrmWeb.Tests.Support.Databases;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Support;

/// <summary>A database that fails when a test says so.</summary>
public sealed class Breaks : DbCommandInterceptor
{
    /// <summary>What a command fails with; null while it works.</summary>
    public Func<string, Exception?> With { get; set; } = _ => null;

    public static async Task<(CrmHost Host, Breaks Breaks)> Host(IReadOnlyDictionary<string, string?>? settings = null)
    {
        var breaks = new Breaks();
        return (await CrmHost.Start(services =>
        {
            if (TestDatabase.Provider == TestProvider.PostgreSql) services.ConfigureDbContext<PostgreSqlCrmDb>(options => options.AddInterceptors(breaks));
            else services.ConfigureDbContext<SqliteCrmDb>(options => options.AddInterceptors(breaks));
        }, settings), breaks);
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) =>
        With(command.CommandText) is { } failure ? throw failure : result;

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        With(command.CommandText) is { } failure ? throw failure : ValueTask.FromResult(result);
}

public sealed class DatabaseAway() : DbException("The server does not answer.");
