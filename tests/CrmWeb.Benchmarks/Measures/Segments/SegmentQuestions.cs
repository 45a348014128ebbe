using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;

namespace CrmWeb.Benchmarks.Measures.Segments;

/// <summary>A rule and how somebody would ask the same by hand; where there are several ways, the fastest is the limit.</summary>
/// <param name="What">For the report.</param>
/// <param name="Rule">As people write it.</param>
/// <param name="Where">Conditions on <c>c</c>, a customer; values are those of <see cref="SegmentSql"/>.</param>
internal sealed record SegmentQuestion(string What, string Rule, params string[] Where);

/// <summary>Rules of every kind, over what <c>load</c> makes up.</summary>
internal static class SegmentQuestions
{
    /// <summary>A segment that every load makes, with many in it.</summary>
    public const string Reachable = "Mail can reach them";

    private const string OfInteractions = """FROM "Interactions" AS i WHERE i."TenantId" = @tenant AND i."DeletedAt" IS NULL AND i."IsPlanned" = #no""";
    private const string OfOrders = """FROM "Orders" AS o WHERE o."TenantId" = @tenant AND o."DeletedAt" IS NULL AND o."State" <> #returned""";
    private const string OfLines = """FROM "OrderLines" AS l JOIN "Orders" AS o ON o."TenantId" = l."TenantId" AND o."Id" = l."OrderId" AND o."DeletedAt" IS NULL AND o."State" <> #returned JOIN "Products" AS p ON p."TenantId" = l."TenantId" AND p."Id" = l."ProductId" AND p."DeletedAt" IS NULL WHERE l."TenantId" = @tenant""";

    private const string Mails = $"{OfInteractions} AND i.\"Channel\" = #mail AND i.\"OccurredAt\" >= @month";
    private const string Year = $"{OfOrders} AND o.\"PlacedAt\" >= @year";
    private const string Tagged = """FROM "CustomerTags" AS t WHERE t."TenantId" = @tenant AND t."TagId" = @tag""";
    private const string Members = """FROM "Memberships" AS m WHERE m."TenantId" = @tenant AND m."SegmentId" = @segment AND m."LeftAt" IS NULL""";

    // gone through once for all customers, or looked up for each: which is faster depends on the engine and on how many rows pass
    private const string MailsOnce = $"c.\"Id\" IN (SELECT i.\"CustomerId\" {Mails} GROUP BY i.\"CustomerId\" HAVING COUNT(*) >= 3)";
    private const string MailsEach = $"(SELECT COUNT(*) {Mails} AND i.\"CustomerId\" = c.\"Id\") >= 3";
    private const string YearOnce = $"c.\"Id\" IN (SELECT o.\"CustomerId\" {Year} GROUP BY o.\"CustomerId\" HAVING SUM(o.\"BaseTotal\") > 50000)";
    private const string YearEach = $"(SELECT SUM(o.\"BaseTotal\") {Year} AND o.\"CustomerId\" = c.\"Id\") > 50000";
    private const string TagOnce = $"c.\"Id\" IN (SELECT t.\"CustomerId\" {Tagged})";
    private const string TagEach = $"EXISTS (SELECT 1 {Tagged} AND t.\"CustomerId\" = c.\"Id\")";
    private const string MemberOnce = $"c.\"Id\" IN (SELECT m.\"CustomerId\" {Members})";
    private const string MemberEach = $"EXISTS (SELECT 1 {Members} AND m.\"CustomerId\" = c.\"Id\")";
    private const string Facts = """c."Country" IN ('DE', 'FR') AND c."LastInteractionAt" < @quarter AND c."TotalSpent" > 100000""";

    public static IReadOnlyList<SegmentQuestion> All { get; } =
    [
        new("a fact", "totalSpent > 1000", """c."TotalSpent" > 100000"""),
        new("facts and a country", "country in (\"DE\", \"FR\") and lastInteraction < today-90d and totalSpent > 1000", Facts),
        new("a fact or another", "orderCount >= 10 or lastInteraction >= today-30d", """(c."OrderCount" >= 10 OR c."LastInteractionAt" >= @month)"""),
        new("three mails in a month", "count(interactions where channel = \"email\" and occurred >= today-30d) >= 3", MailsOnce, MailsEach),
        new("fewer mails than that", "count(interactions where channel = \"email\" and occurred >= today-30d) < 3", $"NOT ({MailsEach})", MailsOnce.Replace("IN (", "NOT IN (", StringComparison.Ordinal)),
        new("no contact at all", "count(interactions) = 0", $"NOT EXISTS (SELECT 1 {OfInteractions} AND i.\"CustomerId\" = c.\"Id\")"),
        new("spent in a year", "sum(orders.total where placed >= today-1y) > 500", YearOnce, YearEach),
        new("average order", "avg(orders.total) > 200", $"c.\"Id\" IN (SELECT o.\"CustomerId\" {OfOrders} GROUP BY o.\"CustomerId\" HAVING AVG(o.\"BaseTotal\") > 20000)", $"(SELECT AVG(o.\"BaseTotal\") {OfOrders} AND o.\"CustomerId\" = c.\"Id\") > 20000"),
        new("bought lately", "count(orders where placed >= today-30d) > 0", $"c.\"Id\" IN (SELECT o.\"CustomerId\" {OfOrders} AND o.\"PlacedAt\" >= @month)", $"EXISTS (SELECT 1 {OfOrders} AND o.\"PlacedAt\" >= @month AND o.\"CustomerId\" = c.\"Id\")"),
        new("nothing of a category", "count(orders where product.category = \"Courses\") = 0", $"c.\"Id\" NOT IN (SELECT o.\"CustomerId\" {OfLines} AND p.\"CategoryNormal\" = 'courses')", $"NOT EXISTS (SELECT 1 {OfLines} AND p.\"CategoryNormal\" = 'courses' AND o.\"CustomerId\" = c.\"Id\")"),
        new("lines of a category", "count(lines where product.category = \"Courses\") >= 2", $"c.\"Id\" IN (SELECT o.\"CustomerId\" {OfLines} AND p.\"CategoryNormal\" = 'courses' GROUP BY o.\"CustomerId\" HAVING COUNT(*) >= 2)", $"(SELECT COUNT(*) {OfLines} AND p.\"CategoryNormal\" = 'courses' AND o.\"CustomerId\" = c.\"Id\") >= 2"),
        new("a tag", "has(tag, \"VIP\")", TagOnce, TagEach),
        new("in a segment", $"in segment \"{Reachable}\"", MemberOnce, MemberEach),
        new("not in a segment", $"not in segment \"{Reachable}\"", $"NOT {MemberEach}", MemberOnce.Replace("IN (", "NOT IN (", StringComparison.Ordinal)),
        new("mails or a tag", "count(interactions where channel = \"email\" and occurred >= today-30d) >= 3 or has(tag, \"VIP\")", $"({MailsOnce} OR {TagOnce})", $"({MailsEach} OR {TagEach})"),
        new("a mix", $"(sum(orders.total where placed >= today-1y) > 500 or totalSpent > 1000) and not has(tag, \"VIP\") and in segment \"{Reachable}\"",
            $"({YearOnce} OR c.\"TotalSpent\" > 100000) AND NOT {TagEach} AND {MemberOnce}", $"(c.\"TotalSpent\" > 100000 OR {YearEach}) AND NOT {TagEach} AND {MemberEach}"),
    ];

    /// <summary>Rules about columns of the customer alone: their numbers are to be there while one types.</summary>
    public static IReadOnlyList<string> Indexed { get; } =
    [
        "totalSpent > 1000", "totalSpent >= 5000", "lastInteraction < today-90d", "lastOrder >= today-30d", "stage = \"lead\"", "created >= today-6m",
        "orderCount > 0 and lastOrder < today-90d", "country in (\"DE\", \"FR\") and lastInteraction < today-90d and totalSpent > 1000",
    ];

    /// <summary>With the words that engines write differently.</summary>
    public static string Sql(string where, Data.Providers.Provider provider) => where
        .Replace("#returned", Text((int)OrderState.Returned), StringComparison.Ordinal)
        .Replace("#mail", Text((int)Channel.Email), StringComparison.Ordinal)
        .Replace("#no", provider == Data.Providers.Provider.Sqlite ? "0" : "FALSE", StringComparison.Ordinal);

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
