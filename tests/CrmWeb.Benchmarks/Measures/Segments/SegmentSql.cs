using System.Data.Common;
using System.Diagnostics;
using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Segments;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Benchmarks.Measures.Segments;

/// <summary>Statements written by hand, with the values that they name, on the connection of the product.</summary>
internal sealed class SegmentSql
{
    private readonly CrmDb db;
    private readonly Provider provider;
    private readonly Dictionary<string, object> values;

    private SegmentSql(CrmDb db, Provider provider, Dictionary<string, object> values) => (this.db, this.provider, this.values) = (db, provider, values);

    public required RuleSources Sources { get; init; }

    public required RuleWorld World { get; init; }

    public static async Task<SegmentSql> Of(CrmDb db, Provider provider)
    {
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(30));
        var sources = await db.RuleSources(default);
        var custom = await db.LoadCustomFields(default);
        var segments = db.Segments.AsNoTracking().Select(s => new RuleName(s.Id, s.Name));
        var mentions = RuleMentions.Of(string.Join(' ', SegmentQuestions.All.Select(question => question.Rule)), custom);
        var known = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["@tenant"] = db.Current.Id,
            ["@month"] = sources.StartOf(sources.Today.AddDays(-30)),
            ["@quarter"] = sources.StartOf(sources.Today.AddDays(-90)),
            ["@year"] = sources.StartOf(sources.Today.AddYears(-1)),
            ["@now"] = TimeProvider.System.GetUtcNow().UtcDateTime,
            ["@tag"] = await db.Tags.Where(t => t.Name == "VIP").Select(t => t.Id).SingleAsync(),
            ["@segment"] = await db.Segments.Where(s => s.Name == SegmentQuestions.Reachable).Select(s => s.Id).SingleAsync(),
        };
        return new(db, provider, known) { Sources = sources, World = await db.RuleWorld(mentions, sources.Currency, custom, segments, default) };
    }

    public SegmentRule Rule(string text) => SegmentRule.TryParse(text, World, out var rule, out var error) ? rule : throw new FormatException($"{text}: {error}");

    /// <summary>How many customers a condition means.</summary>
    public async Task<long> Count(string where) =>
        Convert.ToInt64(await Run($"""SELECT COUNT(*) FROM "Customers" AS c WHERE c."TenantId" = @tenant AND c."DeletedAt" IS NULL AND {where}""", command => command.ExecuteScalarAsync()), System.Globalization.CultureInfo.InvariantCulture);

    public Task<int> Write(string sql, params (string Name, object Value)[] more) => Run(sql, command => command.ExecuteNonQueryAsync(), more);

    public static async Task<double> Timed(Func<Task> work)
    {
        var clock = Stopwatch.StartNew();
        await work();
        return clock.Elapsed.TotalMilliseconds;
    }

    private async Task<T> Run<T>(string sql, Func<DbCommand, Task<T>> how, params (string Name, object Value)[] more)
    {
        await db.Database.OpenConnectionAsync();
        try
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = SegmentQuestions.Sql(sql, provider);
            command.CommandTimeout = 1800;
            foreach (var (name, value) in values.Select(pair => (pair.Key, pair.Value)).Concat(more))
            {
                if (!sql.Contains(name, StringComparison.Ordinal)) continue;
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value);
                command.Parameters.Add(parameter);
            }

            return await how(command);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
