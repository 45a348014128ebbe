using System.Security.Cryptography;
using System.Text;
using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;

namespace CrmWeb.Web.Platform.Api;

/// <summary>
/// <c>Idempotency-Key</c> on a POST: the first answer is kept in the transaction of the work and given again for a day. Of two at once the second
/// waits in the database for the first, and gets its answer. What failed on our side, or has to wait, leaves nothing behind and may be sent again.
/// </summary>
internal sealed class IdempotencyFilter(CrmDb db, CurrentMember me, IStringLocalizer L) : IAsyncResourceFilter
{
    public const string Header = "Idempotency-Key";

    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method) || http.Request.Headers[Header] is not { Count: > 0 } given || http.GetEndpoint()?.Metadata.GetMetadata<RepeatableAttribute>() is not null)
        {
            await next();
            return;
        }

        if (given is not [{ Length: > 0 and <= IdempotencyKey.KeyLength } key] || key.Any(c => c is < ' ' or > '~'))
        {
            context.Result = ApiSetup.Invalid(http, new() { [Header] = [L["A key has 1 to {0} plain characters.", IdempotencyKey.KeyLength]] });
            return;
        }

        var (keyId, hash) = (me.Pass.ApiKeyId!.Value, await HashOf(http.Request));
        await using var transaction = await db.Database.BeginTransactionAsync(http.RequestAborted);
        if (await Claim(keyId, key, hash, http.RequestAborted))
        {
            await Work(context, next, keyId, key);
            return;
        }

        await transaction.RollbackAsync(http.RequestAborted);
        context.Result = await Again(http, keyId, key, hash);
    }

    /// <summary>Does the work and keeps what was answered, or neither.</summary>
    private async Task Work(ResourceExecutingContext context, ResourceExecutionDelegate next, long keyId, string key)
    {
        var (response, body) = (context.HttpContext.Response, context.HttpContext.Response.Body);
        await using var answer = new MemoryStream();
        response.Body = answer;
        try
        {
            var done = await next();
            if (done.Exception is not null && !done.ExceptionHandled) return;
            if (response.StatusCode is < StatusCodes.Status500InternalServerError and not StatusCodes.Status429TooManyRequests) await Keep(response, answer, keyId, key);
        }
        finally
        {
            response.Body = body;
        }

        answer.Position = 0;
        await answer.CopyToAsync(body, context.HttpContext.RequestAborted);
    }

    private async Task Keep(HttpResponse response, MemoryStream answer, long keyId, string key)
    {
        var (status, location, tag) = (response.StatusCode, response.Headers.Location.ToString(), response.Headers.ETag.ToString());
        var text = Encoding.UTF8.GetString(answer.GetBuffer(), 0, (int)answer.Length);
        await Find(keyId, key).ExecuteUpdateAsync(
            set => set.SetProperty(k => k.Status, status).SetProperty(k => k.Location, location).SetProperty(k => k.ETag, tag).SetProperty(k => k.Answer, text), CancellationToken.None);
        await db.Database.CurrentTransaction!.CommitAsync(CancellationToken.None);
    }

    /// <summary>Waits until nobody else is at work with this key; false when it was answered before.</summary>
    private async Task<bool> Claim(long keyId, string key, string hash, CancellationToken stop)
    {
        var yesterday = me.Now - IdempotencyKey.Kept;
        await Find(keyId, key).Where(k => k.CreatedAt < yesterday).ExecuteDeleteAsync(stop);
        db.IdempotencyKeys.Add(new IdempotencyKey(keyId, key, hash, me.Now));
        try
        {
            await db.SaveChangesAsync(stop);
            return true;
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e))
        {
            return false;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    private async Task<IActionResult> Again(HttpContext http, long keyId, string key, string hash)
    {
        // what was answered may have been taken back by now: then the sender tries once more
        if (await Find(keyId, key).AsNoTracking().SingleOrDefaultAsync(http.RequestAborted) is not { } first) return new StatusCodeResult(StatusCodes.Status409Conflict);
        if (first.Hash != hash)
            return new ObjectResult(ApiProblems.Of(http, StatusCodes.Status422UnprocessableEntity, L["This Idempotency-Key was used for another request."])) { ContentTypes = { ApiProblems.ContentType } };
        if (first.Location is { Length: > 0 } location) http.Response.Headers.Location = location;
        if (first.ETag is { Length: > 0 } tag) http.Response.Headers.ETag = tag;
        http.Response.Headers["Idempotency-Replayed"] = "true";
        if (string.IsNullOrEmpty(first.Answer)) return new StatusCodeResult(first.Status);
        return new ContentResult
        {
            StatusCode = first.Status,
            Content = first.Answer,
            ContentType = first.Status < StatusCodes.Status400BadRequest ? "application/json; charset=utf-8" : ApiProblems.ContentType,
        };
    }

    private IQueryable<IdempotencyKey> Find(long keyId, string key) => db.IdempotencyKeys.Where(k => k.ApiKeyId == keyId && k.Key == key);

    private static async Task<string> HashOf(HttpRequest request)
    {
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Path}{request.QueryString}\n"));
        var stop = request.HttpContext.RequestAborted;
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 } boundary)
            await AppendParts(hash, request.Body, boundary.ToString(), stop);
        else
            await Append(hash, request.Body, stop);
        request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>What stands between the parts is made anew by whoever sends them once more.</summary>
    private static async Task AppendParts(IncrementalHash hash, Stream body, string boundary, CancellationToken stop)
    {
        try
        {
            var parts = new MultipartReader(boundary, body);
            while (await parts.ReadNextSectionAsync(stop) is { } part)
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"\n{part.ContentDisposition}\n"));
                await Append(hash, part.Body, stop);
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            // whoever reads it as a form refuses it
        }
    }

    private static async Task Append(IncrementalHash hash, Stream body, CancellationToken stop)
    {
        var buffer = new byte[1 << 14];
        for (int read; (read = await body.ReadAsync(buffer, stop)) > 0;) hash.AppendData(buffer, 0, read);
    }
}
