using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace CrmWeb.Web.Platform.Views;

/// <summary>Addresses of built assets that change with their content, so that browsers may keep them for ever.</summary>
public sealed class Assets(IHttpContextAccessor accessor, IFileVersionProvider versions)
{
    /// <summary>Whether a request asks for a built file. They are anybody's, and come though the database is away.</summary>
    public static bool AreAskedFor(HttpRequest request) => request.Path.StartsWithSegments("/dist", StringComparison.Ordinal) || request.Path == "/mark.svg";

    /// <summary>The address of a built file, which names its content.</summary>
    /// <param name="path">Below wwwroot, without a leading slash: <c>dist/app.css</c>.</param>
    public string Url(string path)
    {
        var context = accessor.HttpContext ?? throw new InvalidOperationException("An asset address needs a request.");
        var root = RootPath.Of(context.Request);
        var fingerprinted = context.GetEndpoint()?.Metadata.GetMetadata<ResourceAssetCollection>()?[path];
        return fingerprinted is not null && fingerprinted != path
            ? $"{root}/{fingerprinted}"
            : versions.AddFileVersionToPath(root, $"{root}/{path}");
    }
}
