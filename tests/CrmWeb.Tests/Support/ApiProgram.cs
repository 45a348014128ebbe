using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmWeb.Tests.Support;

/// <summary>A program of a test that calls the API with a key.</summary>
public sealed class ApiProgram
{
    private readonly HttpClient http;

    public ApiProgram(CrmHost host, string? secret)
    {
        http = host.Browser();
        if (secret is not null) http.DefaultRequestHeaders.Add("Authorization", $"Bearer {secret}");
    }

    public HttpClient Http => http;

    public Task<ApiAnswer> Get(string path, params (string Name, string Value)[] headers) => Send("GET", path, null, headers);

    public Task<ApiAnswer> Post(string path, object? body, params (string Name, string Value)[] headers) => Send("POST", path, body, headers);

    public Task<ApiAnswer> Put(string path, object? body, params (string Name, string Value)[] headers) => Send("PUT", path, body, headers);

    public Task<ApiAnswer> Patch(string path, object? body, params (string Name, string Value)[] headers) => Send("PATCH", path, body, headers);

    public Task<ApiAnswer> Delete(string path, params (string Name, string Value)[] headers) => Send("DELETE", path, null, headers);

    /// <param name="path">Under /api/v1.</param>
    /// <param name="body">An object that becomes JSON, or text that is sent as it is.</param>
    public async Task<ApiAnswer> Send(string method, string path, object? body, params (string Name, string Value)[] headers)
    {
        var content = body switch
        {
            null => null,
            HttpContent made => made,
            string text => new StringContent(text, Encoding.UTF8, "application/json"),
            _ => new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
        };
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/v1" + path) { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        var response = await http.SendAsync(request);
        return new ApiAnswer(response.StatusCode, await response.Content.ReadAsStringAsync(), response);
    }
}

public sealed record ApiAnswer(HttpStatusCode Status, string Body, HttpResponseMessage Response)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public string? ETag => Response.Headers.TryGetValues("ETag", out var tags) ? tags.Single() : null;

    public string? ContentType => Response.Content.Headers.ContentType?.MediaType;

    public long Id => Json["id"]!.GetValue<long>();

    /// <summary>The messages about a field; empty when there are none.</summary>
    public IReadOnlyList<string> ErrorsOf(string field) => Json["errors"]?[field] is JsonArray errors ? [.. errors.Select(error => error!.GetValue<string>())] : [];

    /// <summary>A problem says what it is, and names the same status as the answer.</summary>
    public ApiAnswer AssertProblem(HttpStatusCode status)
    {
        Assert.True(status == Status, $"{(int)Status}: {Body}");
        Assert.Equal("application/problem+json", ContentType);
        Assert.Equal((int)status, Json["status"]!.GetValue<int>());
        Assert.False(string.IsNullOrEmpty(Json["title"]!.GetValue<string>()));
        return this;
    }

    public ApiAnswer Assert200() => AssertStatus(HttpStatusCode.OK);

    public ApiAnswer AssertStatus(HttpStatusCode status)
    {
        Assert.True(status == Status, $"{(int)Status}: {Body}");
        return this;
    }
}
