using System.Text.RegularExpressions;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Tests.Support;
using CrmWeb.Tests.Support.Databases;
using CrmWeb.Web.Features.Imports;
using Microsoft.Data.Sqlite;

namespace CrmWeb.Tests.Features.Imports;

/// <summary>A batch asks for its own rows. A look-up that walks through all customers of the tenant makes an import slower with each row that is there.</summary>
public sealed partial class ImportLookUpTests
{
    private const string File = """
        id,Name,Email,Phone,Organisation,Tags
        1,Ann,ann@example.org,+49 170 1234567,Acme,New
        2,Bob,bob@example.org,+49 170 7654321,Acme,New
        """;

    // of the filter of visibility, which stands in questions for a single row too
    private const string Teams = "json_each(@ef_filter__ActorTeams)";

    [Theory]
    [InlineData(MatchRule.ExternalId)]
    [InlineData(MatchRule.Email)]
    [InlineData(MatchRule.Phone)]
    [InlineData(MatchRule.Name)]
    public async Task Run_AnyMatchRule_LooksUpByTheKeysOfAnIndex(MatchRule rule)
    {
        // the plans of PostgreSQL depend on what it knows of the sizes, which is nothing in a small test
        if (TestDatabase.Provider != TestProvider.Sqlite) return;
        var (host, sql) = await SqlCount.Host();
        await using var own = host;
        var acme = await Make.Tenant(host);
        await Make.Customer(acme, "Ann", d => d with { ExternalId = "1", Email = "ann@example.org", Phone = "+49 170 1234567", OtherEmails = ["a@example.org"], City = "Bonn" });
        var id = await Make.Import(acme, File, s => s with { Match = rule });
        await sql.Of(async () => Assert.Equal(1, (await acme.Do(id, CustomerImport.JobKind)).NewCount));

        var asked = sql.Commands.Where(command => command.Replace(Teams, "", StringComparison.Ordinal).Contains("json_each", StringComparison.Ordinal)).ToList();
        Assert.True(asked.Count >= 3);
        await using var connection = new SqliteConnection(host.Database.ConnectionString);
        await connection.OpenAsync();
        foreach (var command in asked)
        {
            var plan = await Plan(connection, command);
            Assert.False(plan.Exists(line => Walks().IsMatch(line)), $"{string.Join('\n', plan)}\n{command}");
        }
    }

    private static async Task<List<string>> Plan(SqliteConnection connection, string sql)
    {
        await using var explain = connection.CreateCommand();
        explain.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (var name in Parameter().Matches(sql).Select(match => match.Value).Distinct(StringComparer.Ordinal)) explain.Parameters.AddWithValue(name, 1);
        await using var reader = await explain.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync()) lines.Add(reader.GetString(3));
        return lines;
    }

    // a whole table, or an index from end to end of the tenant
    [GeneratedRegex(@"^SCAN (?!.*VIRTUAL TABLE)(?!.*json_each)|\(TenantId=\?\)$|\(TenantId=\? AND \w+[<>]\?\)$", RegexOptions.None, 1000)]
    private static partial Regex Walks();

    [GeneratedRegex("@[A-Za-z0-9_]+", RegexOptions.None, 1000)]
    private static partial Regex Parameter();
}
