using System.Text.Json;

namespace CrmWeb.Data.Providers;

/// <summary>What is to come of a customer, as it is kept; nulls for who never bought.</summary>
internal sealed record KeptForecast(long Id, int? Alive, double? Orders, long? Value);

/// <summary>Writes forecasts on customers' rows, where they are others. They change with every day: rules that read them wait for their refresh, so nobody counts as changed.</summary>
internal static class ForecastStatement
{
    public static Statement Of(CrmDb db, IReadOnlyList<KeptForecast> rows) => db switch
    {
        PostgreSqlCrmDb => new(
            Update("""FROM unnest({1}, {2}, {3}, {4}) AS f("Id", "Alive", "Orders", "Value") WHERE"""),
            [db.TenantId, rows.Select(r => r.Id).ToArray(), rows.Select(r => r.Alive).ToArray(), rows.Select(r => r.Orders).ToArray(), rows.Select(r => r.Value).ToArray()]),
        SqliteCrmDb => new(
            Update("""
                FROM (SELECT json_extract("value", '$[0]') AS "Id", json_extract("value", '$[1]') AS "Alive", json_extract("value", '$[2]') AS "Orders", json_extract("value", '$[3]') AS "Value"
                    FROM json_each({1})) AS f WHERE
                """), [db.TenantId, Json(rows)]),
        _ => new(
            "UPDATE r " + Set + """
                FROM OPENJSON({1}) WITH ("Id" bigint '$[0]', "Alive" int '$[1]', "Orders" float '$[2]', "Value" bigint '$[3]') AS f JOIN "Customers" AS r ON
                """ + Other, [db.TenantId, Json(rows)]),
    };

    private const string Set = """ SET "AlivePercent" = f."Alive", "ExpectedOrders" = f."Orders", "PredictedValue" = f."Value" """;

    private const string Other = """
         r."TenantId" = {0} AND r."Id" = f."Id"
            AND (r."AlivePercent" IS DISTINCT FROM f."Alive" OR r."ExpectedOrders" IS DISTINCT FROM f."Orders" OR r."PredictedValue" IS DISTINCT FROM f."Value")
        """;

    private static string Update(string from) => $"UPDATE \"Customers\" AS r {Set} {from} {Other}";

    private static string Json(IReadOnlyList<KeptForecast> rows) => JsonSerializer.Serialize(rows.Select(r => new object?[] { r.Id, r.Alive, r.Orders, r.Value }));
}
