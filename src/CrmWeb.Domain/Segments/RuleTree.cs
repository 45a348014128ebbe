using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmWeb.Domain.Segments;

/// <summary>
/// A rule as JSON, for the builder and the API. Values are written as in the text, without quotes, so that both read them alike; numbers and truth
/// values of JSON are read too.
/// <code>
/// {"all": [NODE, NODE …]}   {"any": [NODE, NODE …]}   {"not": NODE}
/// {"field": "country", "operator": "in", "values": ["DE", "FR"]}
/// {"tags": ["vip"]}   {"segment": "Newsletter"}
/// {"function": "sum", "collection": "orders", "of": "total", "where": NODE, "operator": ">", "values": ["500"]}
/// </code>
/// </summary>
public static class RuleTree
{
    public static JsonObject Write(SegmentRule rule, RuleWorld world) => throw new NotImplementedException();

    public static bool TryRead(JsonElement tree, RuleWorld world, [NotNullWhen(true)] out SegmentRule? rule, [NotNullWhen(false)] out RuleError? error) => throw new NotImplementedException();
}
