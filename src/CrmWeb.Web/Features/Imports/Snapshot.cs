using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Imports;

namespace CrmWeb.Web.Features.Imports;

/// <summary>Some fields of a customer at a moment, as JSON beside the row of an import: what was there before, and what the import wrote.</summary>
public sealed record Snapshot(CustomerDetails Details, IReadOnlyList<DetailField> Fields, IReadOnlyList<string> Tags, int Version)
{
    private const string TagsKey = "addedTags";
    private const string VersionKey = "version";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(CustomerDetails details, IEnumerable<DetailField> fields, IReadOnlyList<string>? tags = null, int version = 0)
    {
        var json = new JsonObject();
        foreach (var field in fields) json[field.Name] = JsonSerializer.SerializeToNode(field.Get(details), Options);
        if (tags is { Count: > 0 }) json[TagsKey] = JsonSerializer.SerializeToNode(tags, Options);
        if (version > 0) json[VersionKey] = version;
        return json.ToJsonString(Options);
    }

    public static Snapshot Read(string? text)
    {
        var json = JsonNode.Parse(text ?? "{}")!.AsObject();
        var tags = json[TagsKey]?.Deserialize<string[]>(Options) ?? [];
        var version = json[VersionKey]?.GetValue<int>() ?? 0;
        List<DetailField> fields = [.. json.Select(pair => DetailField.Find(pair.Key)).OfType<DetailField>()];
        var custom = new JsonObject();
        foreach (var (name, value) in json.Where(pair => pair.Key.StartsWith(CustomField.Prefix, StringComparison.Ordinal)).ToList())
        {
            json.Remove(name);
            if (value is JsonArray { Count: > 0 }) custom[name[CustomField.Prefix.Length..]] = value.DeepClone();
        }

        json["custom"] = custom;
        if (!json.ContainsKey("name")) json["name"] = "";
        return new(json.Deserialize<CustomerDetails>(Options)!, fields, tags, version);
    }

    /// <summary>A row as it stood in the file, with what a line of our own is known by.</summary>
    public static string Cells(FileRow row) => row.Key is null ? JsonSerializer.Serialize(row.Values, Options) : JsonSerializer.Serialize(new KeyedCells(row.Key, row.Values), Options);

    public static string[] Cells(string? json) => IsKeyed(json) ? Keyed(json).Cells : json is null ? [] : JsonSerializer.Deserialize<string[]>(json, Options)!;

    public static string? KeyOf(string? json) => IsKeyed(json) ? Keyed(json).Key : null;

    private static bool IsKeyed(string? json) => json is ['{', ..];

    private static KeyedCells Keyed(string? json) => JsonSerializer.Deserialize<KeyedCells>(json!, Options)!;

    private sealed record KeyedCells(string Key, string[] Cells);
}
