namespace CrmWeb.Web.Platform.Views;

/// <summary>
/// The path base in front of the tenant's part. Inside a tenant the path base ends with <c>/t/{slug}</c>, so that no page link can forget it;
/// assets, sign-in and the language live outside every tenant and start from here.
/// </summary>
public static class RootPath
{
    private const string TenantMark = "/t/";

    public static string Of(HttpRequest request)
    {
        var pathBase = request.PathBase.Value ?? "";
        var at = pathBase.LastIndexOf(TenantMark, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? pathBase : pathBase[..at];
    }

    /// <summary>An address outside every tenant: <c>/sign-in</c> and the like.</summary>
    public static string RootUrl(this HttpRequest request, string path) => Of(request) + path;
}
