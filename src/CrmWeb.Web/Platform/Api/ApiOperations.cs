using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using DisplayAttribute = System.ComponentModel.DataAnnotations.DisplayAttribute;

namespace CrmWeb.Web.Platform.Api;

/// <summary>What every operation of the API has in common: its words, its headers, what may go wrong.</summary>
internal static class ApiOperations
{
    private const string Json = "application/json";

    public static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        var action = (ControllerActionDescriptor)context.Description.ActionDescriptor;
        var method = context.Description.HttpMethod ?? "";
        var said = action.MethodInfo.GetCustomAttributes(typeof(DisplayAttribute), inherit: false).OfType<DisplayAttribute>().SingleOrDefault();
        var scopes = action.EndpointMetadata.OfType<IAuthorizeData>().Select(data => data.Policy).OfType<string>().Distinct(StringComparer.Ordinal);
        (operation.OperationId, operation.Summary) = ($"{action.ControllerName.Replace("Api", "", StringComparison.Ordinal)}{action.ActionName}", said?.Name);
        operation.Description = said?.Description;
        operation.Extensions ??= new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal);
        operation.Extensions["x-scope"] = new JsonNodeExtension(string.Join(' ', scopes));
        // of a form it is the words about its last field
        if (operation.RequestBody is OpenApiRequestBody body) body.Description = null;
        OnlyJson(operation);
        AddHeaders(operation, method, action);
        AddProblems(operation, method, action);
        return Task.CompletedTask;
    }

    private static void OnlyJson(OpenApiOperation operation)
    {
        foreach (var content in (operation.Responses?.Values.Select(response => response.Content) ?? []).Append(operation.RequestBody?.Content))
        {
            if (content?.ContainsKey(Json) != true) continue;
            foreach (var other in content.Keys.Where(type => type != Json).ToList()) content.Remove(other);
        }
    }

    private static void AddHeaders(OpenApiOperation operation, string method, ControllerActionDescriptor action)
    {
        operation.Parameters ??= [];
        if (IsKept(method, action)) operation.Parameters.Add(Header(IdempotencyFilter.Header, "Sent again with the same key, the first answer is given again and nothing is done twice, for 24 hours."));
        if (method is "PUT" or "PATCH" or "DELETE") operation.Parameters.Add(Header("If-Match", "The ETag that was read. When the record has changed since, nothing is done: 412."));
    }

    private static bool IsKept(string method, ControllerActionDescriptor action) => method == "POST" && !action.EndpointMetadata.OfType<RepeatableAttribute>().Any();

    private static OpenApiParameter Header(string name, string description) =>
        new() { Name = name, In = ParameterLocation.Header, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static void AddProblems(OpenApiOperation operation, string method, ControllerActionDescriptor action)
    {
        operation.Responses ??= [];
        var named = action.Parameters.Any(parameter => parameter.Name == "id");
        var problems = new List<(int Status, string Text)> { (400, "Something in the request does not fit; errors names the fields."), (401, "No valid key."), (403, "The key does not allow this.") };
        if (named) problems.Add((404, "Missing, somebody else's, or not to be seen."));
        if (method is not "GET") problems.Add((409, "Something else is in the way, or somebody was faster."));
        if (method is "PUT" or "PATCH" or "DELETE") problems.Add((412, "It was changed since it was read."));
        if (IsKept(method, action)) problems.Add((422, "The Idempotency-Key was used for another request."));
        problems.Add((429, "Too many requests: wait as long as Retry-After says."));
        foreach (var (status, text) in problems)
        {
            operation.Responses[status.ToString(System.Globalization.CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = text,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { [ApiProblems.ContentType] = new() },
            };
        }
    }
}
