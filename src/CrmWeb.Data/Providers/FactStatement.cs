using System.Text.Json;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Service;

namespace CrmWeb.Data.Providers;

/// <summary>What is kept on the row of a customer, by the rows that it follows from.</summary>
[Flags]
internal enum Facts
{
    None = 0,
    Contacts = 1,
    Orders = 2,
    Deals = 4,
    Cases = 8,
    All = Contacts | Orders | Deals | Cases,
}

/// <summary>
/// The one definition of each fact, and the one statement that writes them: it sums up the rows behind them, joins the sums to the customers, and touches
/// those customers only whose row says something else.
/// </summary>
internal static class FactStatement
{
    /// <summary>How far back contacts are counted.</summary>
    public static readonly TimeSpan Recently = TimeSpan.FromDays(90);

    /// <summary>Of the customers from one id to another. Answers how many said something else.</summary>
    public static Task<int> Write(CrmDb db, Facts facts, long first, long last, CancellationToken stop) =>
        Between(db, facts, first, last, changed: false).Run(db, stop);

    /// <summary>Of some customers, whose rows behind the facts changed, whether or not the facts did: segments ask for those as well.</summary>
    public static Task<int> Write(CrmDb db, Facts facts, IReadOnlyCollection<long> ids, CancellationToken stop) => Of(db, facts, ids).Run(db, stop);

    /// <summary>Likewise, as a statement.</summary>
    public static Statement Of(CrmDb db, Facts facts, IReadOnlyCollection<long> ids) => db switch
    {
        _ when ids.Count == 1 => Between(db, facts, ids.First(), ids.First(), changed: true),
        PostgreSqlCrmDb => Of(db, facts, id => $"{id} = ANY({{3}})", true, ids.ToArray()),
        SqliteCrmDb => Of(db, facts, id => $"{id} IN (SELECT \"value\" FROM json_each({{3}}))", true, JsonSerializer.Serialize(ids)),
        _ => Of(db, facts, id => $"{id} IN (SELECT CAST([value] AS bigint) FROM OPENJSON({{3}}))", true, JsonSerializer.Serialize(ids)),
    };

    private static Statement Between(CrmDb db, Facts facts, long first, long last, bool changed) => Of(db, facts, id => $"{id} BETWEEN {{3}} AND {{4}}", changed, first, last);

    private static Statement Of(CrmDb db, Facts facts, Func<string, string> those, bool changed, params object[] which)
    {
        var groups = Groups(db).Where(group => facts.HasFlag(group.Of)).ToList();
        List<Fact> columns = [.. groups.SelectMany(group => group.Facts)];
        var sums = groups.Select(group => $$"""
            {{Beside(db, group, $$"""
                SELECT {{(db is SqliteCrmDb ? "r.\"CustomerId\", " : "")}}{{Each(group.Facts, fact => $"{fact.Sum} AS \"{fact.Name}\"")}} FROM {{group.Rows}} WHERE r."TenantId" = {0} AND {{group.Counting}}
                """, those)}}
            """);
        var found = groups.SelectMany(group => group.Facts.Select(fact => $"{fact.Or($"{group.Of}.\"{fact.Name}\"")} AS \"{fact.Name}\""));
        var source = $$"""
            FROM (SELECT k."Id", {{string.Join(", ", found)}}
                FROM "Customers" AS k {{string.Join('\n', sums)}} WHERE k."TenantId" = {0} AND {{those("k.\"Id\"")}}) AS f
            """;
        List<(string Name, string Value)> values = [.. columns.Select(fact => (fact.Name, $"f.\"{fact.Name}\""))];
        if (groups.Exists(group => group.Of is Facts.Contacts or Facts.Orders)) values.Add((nameof(Customer.Profit), Profit(name => $"{(columns.Exists(fact => fact.Name == name) ? 'f' : 'c')}.\"{name}\"")));
        var set = Each(values, one => $"\"{one.Name}\" = {one.Value}") + ", \"ChangedAt\" = {2}";
        var same = "c.\"TenantId\" = {0} AND c.\"Id\" = f.\"Id\"" + (changed ? "" : $" AND ({string.Join(" OR ", values.Select(one => $"c.\"{one.Name}\" IS DISTINCT FROM {one.Value}"))})");
        var update = db is SqlServerCrmDb
            ? $"UPDATE c SET {set} {source} JOIN \"Customers\" AS c ON {same}"
            : $"UPDATE \"Customers\" AS c SET {set} {source} WHERE {same}";
        return new(update, [db.TenantId, db.Now - Recently, db.Now, .. which]);
    }

    // Asked of each customer, by the index that leads with them: without statistics PostgreSQL would go through all sums for each. SQLite knows no such join,
    // and makes an index of the sums
    private static string Beside(CrmDb db, FactGroup group, string sums, Func<string, string> those) => db switch
    {
        SqliteCrmDb => $"LEFT JOIN ({sums} AND {those("r.\"CustomerId\"")} GROUP BY r.\"CustomerId\") AS {group.Of} ON {group.Of}.\"CustomerId\" = k.\"Id\"",
        PostgreSqlCrmDb => $"LEFT JOIN LATERAL ({sums} AND r.\"CustomerId\" = k.\"Id\") AS {group.Of} ON TRUE",
        _ => $"OUTER APPLY ({sums} AND r.\"CustomerId\" = k.\"Id\") AS {group.Of}",
    };

    private static IEnumerable<FactGroup> Groups(CrmDb db) =>
    [
        new(Facts.Contacts, "\"Interactions\" AS r", Happened(db),
        [
            new(nameof(Customer.LastInteractionAt), "MAX(r.\"OccurredAt\")"),
            new(nameof(Customer.LastInboundAt), $"MAX(CASE WHEN r.\"Direction\" = {(int)Direction.Inbound} THEN r.\"OccurredAt\" END)"),
            new(nameof(Customer.LastOutboundAt), $"MAX(CASE WHEN r.\"Direction\" = {(int)Direction.Outbound} THEN r.\"OccurredAt\" END)"),
            new(nameof(Customer.InteractionsIn90Days), "COUNT(CASE WHEN r.\"OccurredAt\" > {1} THEN 1 END)", IsNumber: true),
            new(nameof(Customer.ServiceMinutes), Sum("Minutes"), IsNumber: true),
            new(nameof(Customer.ServiceCost), WhenKnown("ServiceCost")),
            new(nameof(Customer.ContactCost), WhenKnown("ContactCost")),
        ]),
        new(Facts.Orders, "\"Orders\" AS r", $"r.\"DeletedAt\" IS NULL AND r.\"State\" <> {(int)OrderState.Returned}",
        [
            new(nameof(Customer.OrderCount), "COUNT(*)", IsNumber: true),
            new(nameof(Customer.FirstOrderAt), "MIN(r.\"PlacedAt\")"),
            new(nameof(Customer.LastOrderAt), "MAX(r.\"PlacedAt\")"),
            new(nameof(Customer.TotalSpent), Sum("BaseTotal"), IsNumber: true),
            new(nameof(Customer.Margin), $"CASE WHEN COUNT(r.\"BaseCost\") = COUNT(*) THEN {Sum("BaseTotal")} - {Sum("BaseCost")} END"),
            new(nameof(Customer.AverageOrder), $"{Sum("BaseTotal")} / NULLIF(COUNT(*), 0) + (2 * ({Sum("BaseTotal")} % NULLIF(COUNT(*), 0)) + COUNT(*)) / NULLIF(2 * COUNT(*), 0)"),
            new(nameof(Customer.DaysBetweenOrders), $"CASE WHEN COUNT(*) > 1 THEN {Days(db)} END"),
        ]),
        new(Facts.Deals, "\"Deals\" AS r", $"r.\"DeletedAt\" IS NULL AND r.\"State\" = {(int)DealState.Open}",
        [
            new(nameof(Customer.OpenDeals), "COUNT(*)", IsNumber: true),
            new(nameof(Customer.OpenDealsValue), Sum("BaseAmount"), IsNumber: true),
        ]),
        new(Facts.Cases, "\"Cases\" AS r", $"r.\"DeletedAt\" IS NULL AND r.\"State\" IN ({(int)CaseState.New}, {(int)CaseState.Open}, {(int)CaseState.Waiting})",
            [new(nameof(Customer.OpenCases), "COUNT(*)", IsNumber: true)]),
    ];

    /// <summary>
    /// What remains of the margin after service and contacts: of the facts themselves, so that whichever of them changes takes it along. Its first parameter is the tenant.
    /// </summary>
    /// <param name="of">The value of a fact, by the name of its column.</param>
    public static string Profit(Func<string, string> of)
    {
        var (orders, last) = (of(nameof(Customer.OrderCount)), of(nameof(Customer.LastInteractionAt)));
        string Cost(string name) => $"CASE WHEN {last} IS NULL THEN 0 ELSE {of(name)} END";
        return $"CASE WHEN ({orders} > 0 OR {last} IS NOT NULL) AND {CostStatement.IsSet} THEN CASE WHEN {orders} = 0 THEN 0 ELSE {of(nameof(Customer.Margin))} END"
            + $" - {Cost(nameof(Customer.ServiceCost))} - {Cost(nameof(Customer.ContactCost))} END";
    }

    /// <summary>Which interactions count as contacts.</summary>
    internal static string Happened(CrmDb db) => $"r.\"DeletedAt\" IS NULL AND {(db is PostgreSqlCrmDb ? "NOT r.\"IsPlanned\"" : "r.\"IsPlanned\" = 0")}";

    /// <summary>The sum of what is told of each row; null without a row, too.</summary>
    internal static string WhenKnown(string column) => $"CASE WHEN COUNT(r.\"{column}\") = COUNT(*) THEN {Sum(column)} END";

    // a sum of bigint is a numeric on PostgreSQL, which divides otherwise
    private static string Sum(string column) => $"CAST(SUM(r.\"{column}\") AS bigint)";

    /// <summary>Whole days between two orders on the average.</summary>
    private static string Days(CrmDb db) => db switch
    {
        SqliteCrmDb => "CAST(ROUND((julianday(MAX(r.\"PlacedAt\")) - julianday(MIN(r.\"PlacedAt\"))) / (COUNT(*) - 1)) AS INTEGER)",
        PostgreSqlCrmDb => "CAST(ROUND(CAST(EXTRACT(EPOCH FROM MAX(r.\"PlacedAt\") - MIN(r.\"PlacedAt\")) AS numeric) / 86400 / (COUNT(*) - 1)) AS integer)",
        _ => "CAST(ROUND(DATEDIFF_BIG(second, MIN(r.\"PlacedAt\"), MAX(r.\"PlacedAt\")) / 86400.0 / NULLIF(COUNT(*) - 1, 0), 0) AS int)",
    };

    private static string Each<T>(IEnumerable<T> all, Func<T, string> one) => string.Join(", ", all.Select(one));

    private sealed record FactGroup(Facts Of, string Rows, string Counting, Fact[] Facts);

    private sealed record Fact(string Name, string Sum, bool IsNumber = false)
    {
        /// <summary>Without a row behind it a number is 0; anything else is not known.</summary>
        public string Or(string value) => IsNumber ? $"COALESCE({value}, 0)" : value;
    }
}
