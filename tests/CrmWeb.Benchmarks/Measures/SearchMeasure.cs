using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CrmWeb.Benchmarks.Measures;

/// <summary>
/// Finding customers by a part of their name, address or number, in a tenant of that many customers with fifty others beside it: what the product asks, beside
/// the index asked by hand for as many names; and the whole answer of the palette over HTTP. The slowest twentieth counts.
/// </summary>
internal static class SearchMeasure
{
    private const int Others = 50;
    private const int OfOthers = 500;
    private const int Questions = 300;
    private const int Shown = 8;

    public static async Task Run(Provider provider, Wanted wanted, Report report)
    {
        var installation = await Installation.Of(provider, wanted.Customers, wanted.Customers);
        await Neighbours(installation);
        var typed = await installation.Use(db => Typed(db));
        var (ours, raw) = (new List<double>(), new List<double>());
        for (var round = 0; round < 2; round++)
        {
            // the first round warms caches and statements
            ours = await installation.Use(db => Ours(db, typed));
            raw = await Raw(installation, typed);
        }

        var size = wanted.Customers.ToString("N0", CultureInfo.InvariantCulture);
        report.Add(new Row($"search among {size}, p95", provider, P95(ours), P95(raw), "ms", 2, AtLeast: false));
        await using var server = await Server.Product(installation);
        var browser = await SignedIn.As(installation);
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Add("Cookie", browser.Cookie);
        http.DefaultRequestHeaders.Add("X-Palette", "1");
        await Http(http, typed);
        report.Add(new Row($"palette among {size}, p95", provider, P95(await Http(http, typed)), 100, "ms", 1, AtLeast: false));
        http.DefaultRequestHeaders.Remove("X-Palette");
        report.Add(new Row($"list of who matches among {size}, p95", provider, P95(await Times(typed, q => http.GetStringAsync($"/t/bench/customers?q={Uri.EscapeDataString(q)}"))), 100, "ms", 1, AtLeast: false));
    }

    /// <summary>Other tenants, whose customers have the same kind of names.</summary>
    private static async Task Neighbours(Installation installation)
    {
        for (var i = 1; i <= Others; i++)
        {
            var slug = string.Create(CultureInfo.InvariantCulture, $"other-{i}");
            if (await installation.Use(db => db.Tenants.AnyAsync(t => t.Slug == slug))) continue;
            await installation.Verb("tenant", "create", "--name", slug, "--slug", slug, "--admin", Installation.Admin);
            await installation.Verb("load", "--tenant", slug, "--customers", OfOthers.ToString(CultureInfo.InvariantCulture), "--interactions", "0", "--seed", i.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Three to eight letters out of the middle of names, addresses and numbers of customers all over the tenant.</summary>
    private static async Task<List<string>> Typed(CrmDb db)
    {
        var last = await db.Customers.MaxAsync(c => c.Id);
        var chance = new Random(1);
        var typed = new List<string>();
        while (typed.Count < Questions)
        {
            var from = chance.NextInt64(1, last);
            var customer = await db.Customers.Where(c => c.Id >= from).OrderBy(c => c.Id).Select(c => new { c.NameNormal, c.EmailNormal, c.PhoneNormal }).FirstOrDefaultAsync();
            var text = (typed.Count % 3) switch { 0 => customer?.NameNormal, 1 => customer?.EmailNormal, _ => customer?.PhoneNormal };
            var length = chance.Next(3, 9);
            if (text is null || text.Length < length + 1) continue;
            var part = text.Substring(chance.Next(1, text.Length - length + 1), length);
            if (!part.Contains(' ', StringComparison.Ordinal)) typed.Add(part);
        }

        return typed;
    }

    private static Task<List<double>> Ours(CrmDb db, List<string> typed) => Times(typed, async q =>
    {
        var ids = await CustomerFinding.Ids(db, null, CustomerSearchTerms.Of(q, null)!, Shown, default);
        return await db.Customers.Where(c => ids.Contains(c.Id)).Select(c => c.Name).ToListAsync();
    });

    private static async Task<List<double>> Raw(Installation installation, List<string> typed)
    {
        await using DbConnection connection = installation.Provider == Provider.Sqlite ? new SqliteConnection(installation.Connection) : new NpgsqlConnection(installation.Connection);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = installation.Provider == Provider.Sqlite
            ? $"""SELECT c."Name" FROM "CustomerSearchIndex" s JOIN "Customers" c ON c."Id" = s.rowid & {(1L << 40) - 1} WHERE "CustomerSearchIndex" MATCH @q AND s.rowid BETWEEN {1L << 40} AND {(2L << 40) - 1} LIMIT {Shown}"""
            : $"""WITH h AS MATERIALIZED (SELECT "CustomerId" FROM "CustomerSearch" WHERE "TenantId" = 1 AND "Text" LIKE @q LIMIT {Shown}) SELECT c."Name" FROM h JOIN "Customers" c ON c."TenantId" = 1 AND c."Id" = h."CustomerId" """;
        var parameter = command.CreateParameter();
        parameter.ParameterName = "@q";
        command.Parameters.Add(parameter);
        return await Times(typed, async q =>
        {
            parameter.Value = installation.Provider == Provider.Sqlite ? $"\"{q}\"" : $"%{q.Replace("_", "\\_", StringComparison.Ordinal)}%";
            await using var rows = await command.ExecuteReaderAsync();
            var names = new List<string>();
            while (await rows.ReadAsync()) names.Add(rows.GetString(0));
            return names;
        });
    }

    private static Task<List<double>> Http(HttpClient http, List<string> typed) => Times(typed, q => http.GetStringAsync($"/t/bench/search?q={Uri.EscapeDataString(q)}"));

    private static async Task<List<double>> Times<T>(List<string> typed, Func<string, Task<T>> ask)
    {
        var times = new List<double>(typed.Count);
        foreach (var q in typed)
        {
            var began = Stopwatch.GetTimestamp();
            await ask(q);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return times;
    }

    private static double P95(List<double> times) => times.Order().ElementAt(times.Count * 95 / 100);
}
