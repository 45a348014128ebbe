using System.Text.Json;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Providers;

/// <summary>
/// <see cref="Conversion.Worth(long)"/> over many orders and deals in a statement each, rounded alike: in whole numbers of any length where the engine has them; SQLite
/// has none, and calls the method itself.
/// </summary>
internal static class WorthStatement
{
    private const string Worth = "crm_worth";

    public static async Task Write(CrmDb db, Conversion conversion, DateTime from, DateTime until, IReadOnlyCollection<long> customers, CancellationToken stop)
    {
        if (db is SqliteCrmDb) ((SqliteConnection)db.Database.GetDbConnection()).CreateFunction(Worth, (long? minor) => conversion.Worth(minor));
        string Amount(string column) => db switch
        {
            SqliteCrmDb => $"{Worth}({column})",
            PostgreSqlCrmDb => $"CAST(sign({column}::numeric) * div(2 * abs({column}::numeric) * {Times(conversion)} + {Parts(conversion)}, 2 * {Parts(conversion)}::numeric) AS bigint)",
            _ => SqlServer(column, conversion),
        };
        var those = db switch
        {
            PostgreSqlCrmDb => "= ANY({4})",
            SqliteCrmDb => "IN (SELECT \"value\" FROM json_each({4}))",
            _ => "IN (SELECT CAST([value] AS bigint) FROM OPENJSON({4}))",
        };
        object ids = db is PostgreSqlCrmDb ? customers.ToArray() : JsonSerializer.Serialize(customers);
        object[] values = [db.TenantId, conversion.From, from, until, ids, conversion.Most(Order.MostTotal)];
        var orders = $$"""
            UPDATE "Orders" SET "BaseTotal" = {{Amount("\"Total\"")}}, "BaseCost" = {{Amount("\"Cost\"")}}
            WHERE "TenantId" = {0} AND "Currency" = {1} AND "PlacedAt" >= {2} AND "PlacedAt" < {3} AND "CustomerId" {{those}} AND "Total" <= {5} AND ("Cost" IS NULL OR "Cost" <= {5})
            """;
        var deals = $$"""
            UPDATE "Deals" SET "BaseAmount" = {{Amount("\"Amount\"")}}
            WHERE "TenantId" = {0} AND "Currency" = {1} AND "ValuedAt" >= {2} AND "ValuedAt" < {3} AND "CustomerId" {{those}} AND "Amount" <= {5}
            """;
        await db.Database.ExecuteSqlRawAsync(orders, values, stop);
        await db.Database.ExecuteSqlRawAsync(deals, values, stop);
    }

    // a quotient of decimals is cut somewhere; what divides without a rest is not
    private static string SqlServer(string column, Conversion conversion)
    {
        var twice = $"(2 * CAST(ABS({column}) AS decimal(38, 0)) * {Times(conversion)} + {Parts(conversion)})";
        var parts = $"(2 * CAST({Parts(conversion)} AS decimal(38, 0)))";
        return $"CAST(SIGN({column}) * (({twice} - {twice} % {parts}) / {parts}) AS bigint)";
    }

    private static string Times(Conversion conversion) => Written((decimal)conversion.Rate * Unit(conversion.To));

    private static string Parts(Conversion conversion) => Written((decimal)ExchangeRate.Scale * Unit(conversion.From));

    private static string Written(decimal whole) => whole.ToString("0", System.Globalization.CultureInfo.InvariantCulture);

    private static int Unit(string currency) => Currency.MinorDigits(currency) switch { 0 => 1, 3 => 1000, _ => 100 };
}
