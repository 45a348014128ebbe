using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Tests.Support.Databases;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Support;

/// <summary>The program itself, in memory, over a database of its own. One is shared by most tests; each test works in a tenant of its own.</summary>
public sealed class CrmHost(TestDatabase database, Action<IServiceCollection>? replace = null, IReadOnlyDictionary<string, string?>? settings = null)
    : WebApplicationFactory<Program>
{
    private static readonly Lazy<Task<CrmHost>> SharedHost = new(async () =>
    {
        var host = await Start();
        host.Clock.IsShared = true;
        return host;
    });

    public static Task<CrmHost> Shared() => SharedHost.Value;

    public TestDatabase Database => database;

    public FakeClock Clock { get; } = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("crm-host-").FullName;

    /// <summary>A program with a fresh database, where a test needs one for itself.</summary>
    public static async Task<CrmHost> Start(Action<IServiceCollection>? replace = null, IReadOnlyDictionary<string, string?>? settings = null) =>
        new(await TestDatabase.Create(Migrate), replace, settings);

    /// <summary>A second node of the same program: same database, own process state.</summary>
    public CrmHost AnotherNode() => new(database, replace, settings);

    /// <summary>Works in a scope outside any tenant.</summary>
    public async Task<T> Scope<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    public HttpClient Browser() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true, BaseAddress = new Uri("http://localhost:5080") });

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Testing");
        builder.UseSetting("Database:Provider", TestDatabase.Provider.ToString());
        builder.UseSetting("ConnectionStrings:Crm", database.ConnectionString);
        builder.UseSetting("Database:Checked", "true");
        builder.UseSetting("Site:BaseUrl", "http://localhost:5080");
        builder.UseSetting("Logs:Folder", "");
        // tests run the due jobs and mails themselves, when they want them
        builder.UseSetting("Jobs:Run", "false");
        builder.UseSetting("Files:Folder", Folder);
        builder.UseSetting("Serilog:MinimumLevel", "Warning");
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>(StringComparer.Ordinal)) builder.UseSetting(key, value);
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            replace?.Invoke(services);
        });
    }

    private static async Task Migrate(string connectionString)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Database:Provider"] = TestDatabase.Provider.ToString(),
            ["ConnectionStrings:Crm"] = connectionString,
        }).Build();
        await using var services = new ServiceCollection().AddLogging().AddCrmDb(configuration).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CrmDb>().Migrate();
    }
}
