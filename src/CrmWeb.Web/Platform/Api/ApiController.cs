using System.Text.Json;
using System.Text.Json.Nodes;
using CrmWeb.Data;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Tenancy;
using FluentValidation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace CrmWeb.Web.Platform.Api;

/// <summary>
/// Base of every controller of the API. Each action names its permission with [Authorize(Permissions.…)], as the pages do, and what it is with
/// [Display]: the documentation is made of that.
/// </summary>
[ApiController]
[ApiEndpoint]
[Authorize(AuthenticationSchemes = ApiKeyScheme.Name)]
[EnableRateLimiting(ApiLimits.Policy)]
[IgnoreAntiforgeryToken]
[RequestSizeLimit(MaxBody)]
[ServiceFilter(typeof(IdempotencyFilter))]
[ApiConflict]
public abstract class ApiController : ControllerBase
{
    /// <summary>Bytes of a body; what takes more says so.</summary>
    public const int MaxBody = 1 << 20;

    protected CrmDb Db => HttpContext.RequestServices.GetRequiredService<CrmDb>();

    protected CurrentMember Me => HttpContext.RequestServices.GetRequiredService<CurrentMember>();

    protected IStringLocalizer L => HttpContext.RequestServices.GetRequiredService<IStringLocalizer>();

    protected JsonSerializerOptions Json => HttpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.JsonSerializerOptions;

    /// <summary>400 with what is wrong, field by field.</summary>
    protected IActionResult Invalid() => ApiSetup.Invalid(ControllerContext);

    /// <summary>Says what the validator of the page says; a name of a form's field becomes the name in JSON.</summary>
    protected async Task Validate<T>(T form, CancellationToken stop)
    {
        foreach (var error in (await HttpContext.RequestServices.GetRequiredService<IValidator<T>>().ValidateAsync(form, stop)).Errors)
            ModelState.AddModelError(error.PropertyName, error.ErrorMessage);
    }

    /// <summary>What is there, changed by a merge patch (RFC 7396): fields that are not named stay, null empties. Null, with what is wrong in ModelState.</summary>
    protected T? Merge<T>(T now, JsonElement changes)
        where T : class
    {
        if (changes.ValueKind != JsonValueKind.Object)
        {
            ModelState.AddModelError("", L["This value does not fit here, or is no JSON."]);
            return null;
        }

        try
        {
            return MergePatch.Apply(JsonSerializer.SerializeToNode(now, Json)!.AsObject(), changes).Deserialize<T>(Json);
        }
        catch (JsonException wrong)
        {
            ModelState.AddJsonError(wrong, L);
        }
        catch (InvalidOperationException)
        {
            // half of a surrogate pair in the name of a field
            ModelState.AddModelError("", L["This text has a character that cannot be stored."]);
        }

        return null;
    }

    /// <summary>Whether the caller saw this version, or did not say. Otherwise answer <see cref="ChangedMeanwhile"/>.</summary>
    protected bool IsExpected<T>(T row)
        where T : TenantOwned, IVersioned
    {
        var asked = Request.GetTypedHeaders().IfMatch;
        return Request.Headers.IfMatch.Count == 0 || asked.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || (!tag.IsWeak && tag.Tag == TagOf(row.Id, row.Version)));
    }

    protected IActionResult ChangedMeanwhile() => StatusCode(StatusCodes.Status412PreconditionFailed);

    /// <summary>409 with what is in the way.</summary>
    protected IActionResult InTheWay(string why) =>
        new ObjectResult(ApiProblems.Of(HttpContext, StatusCodes.Status409Conflict, why)) { StatusCode = StatusCodes.Status409Conflict, ContentTypes = { ApiProblems.ContentType } };

    /// <summary>The question is right, and its answer takes more time than one request has.</summary>
    protected IActionResult TakesTooLong(string why) =>
        new ObjectResult(ApiProblems.Of(HttpContext, StatusCodes.Status503ServiceUnavailable, why)) { StatusCode = StatusCodes.Status503ServiceUnavailable, ContentTypes = { ApiProblems.ContentType } };

    /// <summary>One record with its ETag; 304 when the caller has it already.</summary>
    /// <param name="answer">The record.</param>
    /// <param name="id">Of the record.</param>
    /// <param name="version">Of the record.</param>
    /// <param name="followsOthers">It tells what follows from other records as well, which its version does not count: it is always told anew.</param>
    protected IActionResult One(object answer, long id, int version, bool followsOthers = false)
    {
        var tag = TagOf(id, version);
        Response.Headers.ETag = tag;
        Response.Headers.CacheControl = "private, no-cache";
        if (!followsOthers && HttpMethods.IsGet(Request.Method) && Request.GetTypedHeaders().IfNoneMatch.Any(seen => seen.Tag == tag)) return StatusCode(StatusCodes.Status304NotModified);
        return Ok(answer);
    }

    /// <summary>201 with the address of what was made.</summary>
    protected IActionResult Made(string path, object answer, long id, int? version = null)
    {
        if (version is { } seen) Response.Headers.ETag = TagOf(id, seen);
        return Created(new Uri($"{Request.PathBase}{ApiRequest.Root}/{path}/{id}", UriKind.Relative), answer);
    }

    // the id is one of all tenants: no two records have the same
    private static string TagOf(long id, int version) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"\"{id}.{version}\"");
}

internal static class MergePatch
{
    public static JsonObject Apply(JsonObject target, JsonElement changes)
    {
        foreach (var change in changes.EnumerateObject())
        {
            if (change.Value.ValueKind == JsonValueKind.Null && target.ContainsKey(change.Name)) target.Remove(change.Name);
            else if (change.Value.ValueKind == JsonValueKind.Object && target[change.Name] is JsonObject inner) Apply(inner, change.Value);
            else target[change.Name] = JsonNode.Parse(change.Value.GetRawText());
        }

        return target;
    }
}
