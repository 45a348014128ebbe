using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CrmWeb.Web.Platform.Api;

/// <summary>An example of a value of the API, as JSON. The documentation shows it, and the tests send it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ExampleAttribute(string json) : Attribute
{
    public string Json { get; } = json;
}

/// <summary>The description of the API, made of its controllers, once in the life of a process.</summary>
public sealed class ApiDocument([FromKeyedServices(ApiDocument.Name)] IOpenApiDocumentProvider provider)
{
    public const string Name = "v1";

    private readonly Lazy<Task<(OpenApiDocument Document, string Json)>> made = new(() => Make(provider));

    public async Task<OpenApiDocument> Document() => (await made.Value).Document;

    public async Task<string> Json() => (await made.Value).Json;

    private static async Task<(OpenApiDocument, string)> Make(IOpenApiDocumentProvider provider)
    {
        var document = await provider.GetOpenApiDocumentAsync();
        return (document, await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1));
    }
}

public static class ApiDocumentSetup
{
    private const string Scheme = "key";
    private const string Introduction =
        "Customers and everything that hangs on them, for programs. Authenticate with a key of a member: `Authorization: Bearer crm_…`. "
        + "Names are camelCase, words of a choice kebab-case, instants ISO 8601 in UTC, ids numbers. Lists answer `items` and `next`; "
        + "what is wrong is said as a problem (RFC 9457) whose `errors` names the fields.";

    public static IServiceCollection AddApiDocument(this IServiceCollection services)
    {
        services.AddSingleton<ApiDocument>();
        services.Configure<Microsoft.AspNetCore.Http.Json.JsonOptions>(options =>
        {
            // the shapes only; what reads and writes is ApiJson
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        });
        return services.AddOpenApi(ApiDocument.Name, options =>
        {
            options.ShouldInclude = api => api.RelativePath?.StartsWith(ApiRequest.Root[1..], StringComparison.Ordinal) == true;
            options.AddSchemaTransformer(AddExample);
            options.AddOperationTransformer(ApiOperations.Describe);
            options.AddDocumentTransformer(Describe);
        });
    }

    private static Task AddExample(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken stop)
    {
        if (ExampleOf(context.JsonTypeInfo.Type) is { } example) schema.Examples = [example];
        return Task.CompletedTask;
    }

    private static JsonNode? ExampleOf(Type type)
    {
        if (type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(ApiList<>))
            return ExampleOf(type.GetGenericArguments()[0]) is { } item ? new JsonObject { ["items"] = new JsonArray(item), ["next"] = null } : null;
        return type.GetCustomAttributes(typeof(ExampleAttribute), inherit: false) is [ExampleAttribute example] ? JsonNode.Parse(example.Json) : null;
    }

    private static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken stop)
    {
        document.Info = new OpenApiInfo { Title = "CrmWeb", Version = ApiDocument.Name, Description = Introduction };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key of a member, made on the page of the account or by the command api-key create." },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
        // a patch takes what the replacement of the whole takes, or a part of it
        foreach (var path in document.Paths.Values)
        {
            if (path.Operations is { } operations && operations.TryGetValue(HttpMethod.Put, out var put) && operations.TryGetValue(HttpMethod.Patch, out var patch))
                patch.RequestBody = put.RequestBody;
        }

        return Task.CompletedTask;
    }
}
