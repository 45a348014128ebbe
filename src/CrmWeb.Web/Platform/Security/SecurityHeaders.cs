using System.Security.Cryptography;

namespace CrmWeb.Web.Platform.Security;

/// <summary>Headers on every answer, and a fresh nonce per request that the layouts put on their script element.</summary>
public static class SecurityHeaders
{
    private static readonly object NonceKey = new();

    public static IApplicationBuilder UseSecurityHeaders(this WebApplication app)
    {
        var strict = new Site(app.Configuration).IsSecure && !app.Environment.IsDevelopment();
        return app.Use((context, next) =>
        {
            var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
            context.Items[NonceKey] = nonce;
            // at the last moment, because an error clears what was set until then
            context.Response.OnStarting(() =>
            {
                Write(context.Response.Headers, nonce, strict);
                return Task.CompletedTask;
            });
            return next(context);
        });
    }

    // a page that has set one of them for itself keeps its own
    private static void Write(IHeaderDictionary headers, string nonce, bool strict)
    {
        headers.TryAdd(
            "Content-Security-Policy",
            $"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
            "form-action 'self'; frame-ancestors 'self'; frame-src 'self'; base-uri 'none'; manifest-src 'self'");
        headers.TryAdd("X-Content-Type-Options", "nosniff");
        headers.TryAdd("Referrer-Policy", "same-origin");
        headers.TryAdd("Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()");
        headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
        headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
        if (strict) headers.TryAdd("Strict-Transport-Security", "max-age=31536000");
    }

    public static string CspNonce(this HttpContext context) => context.Items[NonceKey] as string ?? "";
}
