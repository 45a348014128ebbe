using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace CrmWeb.Web.Features.Documentation;

/// <summary>What the page about the API shows, read from its description.</summary>
/// <param name="Base">Where this installation lives.</param>
public sealed record ApiPages(string Base, IReadOnlyList<ApiGroup> Groups)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ApiPages Of(OpenApiDocument document, string root)
    {
        var operations =
            from path in document.Paths
            from operation in path.Value.Operations ?? []
            select (Tag: operation.Value.Tags?.FirstOrDefault()?.Name ?? "", Operation: Of(root, path.Key, operation.Key.Method, operation.Value));
        return new(root, [.. operations.GroupBy(o => o.Tag, o => o.Operation, StringComparer.Ordinal).Select(group => new ApiGroup(group.Key, [.. group]))]);
    }

    private static ApiOperation Of(string root, string path, string method, OpenApiOperation operation)
    {
        var body = operation.RequestBody?.Content?.FirstOrDefault();
        var answer = operation.Responses?.FirstOrDefault(response => response.Key[0] == '2');
        var scope = operation.Extensions?.TryGetValue("x-scope", out var extension) == true && extension is JsonNodeExtension node ? node.Node.GetValue<string>() : "";
        return new(
            method, path, operation.Summary ?? "", operation.Description, scope,
            [.. (operation.Parameters ?? []).Where(p => p.In != ParameterLocation.Path).Select(p => p.Name ?? "")],
            Curl(root, path, method, body?.Key, Example(body?.Value)), answer?.Key ?? "", Text(Example(answer?.Value?.Content?.Values.FirstOrDefault()), Indented));
    }

    private static JsonNode? Example(OpenApiMediaType? content) => content?.Schema?.Examples?.FirstOrDefault();

    private static string Text(JsonNode? example, JsonSerializerOptions options) => example?.ToJsonString(options) ?? "";

    private static string Curl(string root, string path, string method, string? type, JsonNode? example)
    {
        var line = $"curl{(method == "GET" ? "" : $" -X {method}")} {root}{path.Replace("{id}", "41", StringComparison.Ordinal)} \\\n  -H \"Authorization: Bearer $KEY\"";
        if (type == "multipart/form-data") return $"{line} \\\n  -F file=@customers.csv -F match=external-id";
        return example is null ? line : $"{line} \\\n  -H \"Content-Type: application/json\" \\\n  -d '{Text(example, new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })}'";
    }
}

public sealed record ApiGroup(string Name, IReadOnlyList<ApiOperation> Operations);

/// <param name="Scope">What the key must allow.</param>
/// <param name="Parameters">Of the address and the head of the request.</param>
public sealed record ApiOperation(
    string Method, string Path, string Summary, string? Description, string Scope, IReadOnlyList<string> Parameters, string Curl, string Status, string Answer)
{
    public string Anchor => $"{Method.ToLowerInvariant()}{Path.Replace("/", "-", StringComparison.Ordinal).Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)}";
}
