using System.Data.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmWeb.Data.Providers;

public enum Provider
{
    Sqlite,
    PostgreSql,
    SqlServer,
}

/// <summary>The one place where an engine is chosen: <c>Database:Provider</c>, <c>ConnectionStrings:Crm</c>, <c>Database:MaxBatchSize</c>.</summary>
public static class DatabaseSetup
{
    // one parameter for a list of values: with one for each EF writes the statement anew every time, and no engine knows it again
    private const ParameterTranslationMode Lists = ParameterTranslationMode.Parameter;

    // contexts that wait for the next scope, each with what EF needs for one and, on SQLite, with a connection
    private const int MaxIdle = 32;

    public const string DefaultSqlite = "Data Source=App_Data/crm.db";

    public static IServiceCollection AddCrmDb(this IServiceCollection services, IConfiguration configuration)
    {
        var provider = configuration.GetValue("Database:Provider", Provider.Sqlite);
        var connection = configuration.GetConnectionString("Crm") ?? (provider == Provider.Sqlite
            ? DefaultSqlite
            : throw new InvalidOperationException($"ConnectionStrings:Crm is needed for {provider}."));
        var batch = configuration.GetValue<int?>("Database:MaxBatchSize");

        services.AddScoped<CurrentTenant>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<CustomFieldCache>();
        // part of the model (the table of passkeys), so it is said where the model is made
        services.Configure<IdentityOptions>(identity => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        return provider switch
        {
            Provider.Sqlite => services.AddSingleton(_ => new SqliteConnections(connection))
                .AddContext<SqliteCrmDb>(configuration, (provider, options) => options.Sqlite(connection, batch).AddInterceptors(provider.GetRequiredService<SqliteConnections>(), new SqliteStatements())),
            Provider.PostgreSql => services.AddContext<PostgreSqlCrmDb>(configuration, (_, options) => options.PostgreSql(connection, batch)),
            _ => services.AddContext<SqlServerCrmDb>(configuration, (_, options) => options.SqlServer(connection, batch)),
        };
    }

    internal static DbContextOptionsBuilder Sqlite(this DbContextOptionsBuilder options, string connection, int? batch = null) => options
        .UseSqlite(connection, sqlite =>
        {
            sqlite.UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery).UseParameterizedCollectionMode(Lists);
            if (batch is { } size) sqlite.MaxBatchSize(size);
        });

    internal static DbContextOptionsBuilder PostgreSql(this DbContextOptionsBuilder options, string connection, int? batch = null) => options
        .UseNpgsql(Lean(connection), npgsql =>
        {
            npgsql.UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery).UseParameterizedCollectionMode(Lists);
            if (batch is { } size) npgsql.MaxBatchSize(size);
        });

    /// <summary>
    /// What is asked often is prepared once a connection, and connections go back to the pool as they are: nothing here sets what outlives a
    /// transaction. A connection string that names these settings (behind a pooler, say) has the last word.
    /// </summary>
    private static string Lean(string connection)
    {
        var said = new DbConnectionStringBuilder { ConnectionString = connection };
        var settings = new NpgsqlConnectionStringBuilder(connection);
        if (!said.ContainsKey("Max Auto Prepare")) settings.MaxAutoPrepare = 200;
        if (!said.ContainsKey("Auto Prepare Min Usages")) settings.AutoPrepareMinUsages = 2;
        if (!said.ContainsKey("No Reset On Close")) settings.NoResetOnClose = true;
        return settings.ConnectionString;
    }

    internal static DbContextOptionsBuilder SqlServer(this DbContextOptionsBuilder options, string connection, int? batch = null) => options
        .UseSqlServer(connection, server =>
        {
            server.UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery).UseParameterizedCollectionMode(Lists);
            if (batch is { } size) server.MaxBatchSize(size);
        });

    private static IServiceCollection AddContext<TContext>(this IServiceCollection services, IConfiguration configuration, Action<IServiceProvider, DbContextOptionsBuilder> engine)
        where TContext : CrmDb =>
        services.AddPooledDbContextFactory<TContext>((provider, options) =>
        {
            engine(provider, options);
            // a look at each row whether somebody else uses the context meanwhile; tests look
            options.EnableThreadSafetyChecks(configuration.GetValue("Database:Checked", false));
            // what fails is logged by whoever catches it; what a form answers ("already taken") is no failure
            options.ConfigureWarnings(w => w.Log(
                (CoreEventId.SaveChangesFailed, LogLevel.Debug), (CoreEventId.QueryIterationFailed, LogLevel.Debug),
                (RelationalEventId.CommandError, LogLevel.Debug), (RelationalEventId.ConnectionError, LogLevel.Debug)));
            // a filtered required parent hides its children on purpose: what hangs on an invisible customer is invisible
            options.ConfigureWarnings(w => w.Ignore(CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning));
        }, MaxIdle).AddScoped<CrmDb>(provider => provider.GetRequiredService<IDbContextFactory<TContext>>().CreateDbContext().For(provider.GetRequiredService<CurrentTenant>()));
}
