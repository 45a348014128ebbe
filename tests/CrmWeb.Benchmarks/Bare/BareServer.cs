using System.Data.Common;
using CrmWeb.Data.Providers;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CrmWeb.Benchmarks.Bare;

/// <summary>The raw limit: a plain MVC page over hand-written ADO.NET, without tenants, sign-in, filters or layout.</summary>
internal static class BareServer
{
    public static async Task Run(Provider provider, string connection, string url)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(BareServer).Assembly.GetName().Name, EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.Services.AddSingleton(new BareDatabase(provider, connection));
        builder.Services.AddControllersWithViews().AddApplicationPart(typeof(BareServer).Assembly);
        var app = builder.Build();
        app.MapControllers();
        await app.RunAsync();
    }
}

internal sealed class BareDatabase(Provider provider, string connection)
{
    private readonly NpgsqlDataSource? server = provider == Provider.PostgreSql ? NpgsqlDataSource.Create(connection + ";Max Auto Prepare=200;Auto Prepare Min Usages=2;No Reset On Close=true") : null;

    public async Task<DbConnection> Open()
    {
        if (server is not null) return await server.OpenConnectionAsync();
        var sqlite = new SqliteConnection(connection);
        await sqlite.OpenAsync();
        // settings as the product has them: the same durability, and no sleeping before a lock is tried again
        await using var pragmas = sqlite.CreateCommand();
        pragmas.CommandText = "PRAGMA synchronous=FULL; PRAGMA busy_timeout=2000; PRAGMA mmap_size=1073741824;";
        await pragmas.ExecuteNonQueryAsync();
        return sqlite;
    }
}
