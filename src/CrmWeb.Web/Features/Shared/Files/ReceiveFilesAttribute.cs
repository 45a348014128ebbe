using Microsoft.AspNetCore.Mvc.Filters;

namespace CrmWeb.Web.Features.Shared.Files;

/// <summary>
/// The file of a call comes in whole, is looked into and lies on the disk before the call takes hold of the database: what the key of the call keeps (one
/// transaction from its first to its last statement) waits neither for the network nor for an archive to be unpacked.
/// </summary>
/// <param name="field">The name of the file in the form.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReceiveFilesAttribute(string field) : Attribute, IAsyncResourceFilter, IOrderedFilter
{
    // before the filter that keeps the answers to keys
    public int Order => -1;

    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (await Sent(http.Request, http.RequestAborted) is not { } file)
        {
            await next();
            return;
        }

        using var received = await http.RequestServices.GetRequiredService<AttachmentAdding>().Receive([file], http.RequestAborted);
        http.Features.Set(received);
        // whoever reads the body after this begins at its beginning
        http.Request.Body.Position = 0;
        await next();
    }

    private async Task<IFormFile?> Sent(HttpRequest request, CancellationToken stop)
    {
        if (!request.HasFormContentType) return null;
        request.EnableBuffering();
        try
        {
            return (await request.ReadFormAsync(stop)).Files.GetFile(field);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            // whoever binds the form says what is wrong with it
            return null;
        }
    }
}
