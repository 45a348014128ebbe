using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Tests.Support;

namespace CrmWeb.Tests.Platform.Api;

public sealed class ApiDocumentTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>What others rely on. A change that was meant: run once with CRM_WRITE_SNAPSHOT=1 and look at the difference.</summary>
    [Fact]
    public async Task Document_IsTheOneThatIsWrittenDown()
    {
        var file = Path.Combine(Repository.Root, "tests/CrmWeb.Tests/Platform/Api/openapi.v1.json");
        var now = JsonNode.Parse(await Text())!.ToJsonString(Indented) + "\n";
        if (Environment.GetEnvironmentVariable("CRM_WRITE_SNAPSHOT") == "1") await File.WriteAllTextAsync(file, now);
        Assert.Equal(await File.ReadAllTextAsync(file), now);
    }

    [Fact]
    public async Task EveryOperation_SaysWhatItIs_AndShowsAnExample()
    {
        var document = JsonNode.Parse(await Text())!;
        var schemas = document["components"]!["schemas"]!;
        foreach (var (path, item) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in item!.AsObject())
            {
                var where = $"{method} {path}";
                Assert.False(string.IsNullOrEmpty(operation!["summary"]?.GetValue<string>()), where);
                foreach (var status in new[] { "400", "401", "403", "429" }) Assert.NotNull(operation["responses"]![status]);
                if (method is "get" or "delete" || operation["requestBody"] is not JsonNode body) continue;
                if (body["content"]!["application/json"]?["schema"]?["$ref"]?.GetValue<string>() is { } name)
                    Assert.True(schemas[name.Split('/')[^1]]!["examples"] is JsonArray { Count: > 0 }, $"{where} shows no example");
            }
        }
    }

    /// <summary>What the documentation shows can be sent as it stands.</summary>
    [Fact]
    public async Task EveryExample_OfARequest_IsTaken()
    {
        var acme = await Make.Tenant();
        await Make.Field(acme, CustomFieldType.Choice, "Favourite roast", null, "Dark");
        var api = await Make.Program(acme.Admin);
        var schemas = JsonNode.Parse(await Text())!["components"]!["schemas"]!;
        string Example(string schema) => schemas[schema]!["examples"]![0]!.ToJsonString();
        var customer = (await api.Post("/customers", Example("CustomerInput"))).AssertStatus(HttpStatusCode.Created).Id;
        (await api.Put($"/customers/{customer}", Example("CustomerInput"))).Assert200();
        (await api.Post($"/customers/{customer}/interactions", Example("InteractionInput"))).AssertStatus(HttpStatusCode.Created);
        (await api.Post("/tasks", Example("TaskInput"))).AssertStatus(HttpStatusCode.Created);
        (await api.Post("/tags", """{"name":"Another"}""")).AssertStatus(HttpStatusCode.Created);
        Assert.Equal(1, (await api.Post("/customers/batch", Example("CustomerBatchInput"))).Assert200().Json["changed"]!.GetValue<int>());
        // and what is answered has the fields that are shown
        string[] Fields(JsonNode json) => [.. json.AsObject().Select(field => field.Key).Order(StringComparer.Ordinal)];
        Assert.Equal(Fields(JsonNode.Parse(Example("CustomerJson"))!), Fields((await api.Get($"/customers/{customer}")).Json));
        Assert.Equal(Fields(JsonNode.Parse(Example("TaskJson"))!), Fields((await api.Get("/tasks")).Json["items"]![0]!));
        Assert.Equal(Fields(JsonNode.Parse(Example("InteractionJson"))!), Fields((await api.Get($"/customers/{customer}/interactions")).Json["items"]![0]!));
        Assert.Equal(Fields(JsonNode.Parse(Example("MemberJson"))!), Fields((await api.Get("/members")).Json["items"]![0]!));
    }

    [Theory]
    [InlineData("en", "The API")]
    [InlineData("fa", "رابط برنامه‌نویسی")]
    public async Task Page_ShowsEveryOperation(string language, string title)
    {
        var page = await Visitor.Anonymous(await CrmHost.Shared()).Get($"/api?lang={language}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(title, page.Text, StringComparison.Ordinal);
        var operations = JsonNode.Parse(await Text())!["paths"]!.AsObject().Sum(path => path.Value!.AsObject().Count);
        Assert.Equal(operations, page.Html.QuerySelectorAll("section[id]").Length);
        Assert.Contains("curl -X POST http://localhost:5080/api/v1/customers", page.Body.Replace("&quot;", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static async Task<string> Text()
    {
        var page = await Visitor.Anonymous(await CrmHost.Shared()).Http.GetAsync("/openapi/v1.json");
        Assert.Equal("application/json", page.Content.Headers.ContentType!.MediaType);
        return await page.Content.ReadAsStringAsync();
    }
}
