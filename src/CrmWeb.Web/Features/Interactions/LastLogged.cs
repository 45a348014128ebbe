using CrmWeb.Domain.Customers;

namespace CrmWeb.Web.Features.Interactions;

/// <summary>Channel and outcome of the last contact that was logged in this browser: the next one is mostly of the same kind.</summary>
public static class LastLogged
{
    private const string Cookie = "crm.logged";

    public static (Channel Channel, Outcome Outcome) Read(HttpRequest request) =>
        request.Cookies[Cookie]?.Split('.') is [var channel, var outcome]
            && Enum.TryParse<Channel>(channel, out var way) && Enum.IsDefined(way)
            && Enum.TryParse<Outcome>(outcome, out var end) && Enum.IsDefined(end)
            ? (way, end)
            : (Channel.Call, Outcome.None);

    public static void Remember(HttpResponse response, Channel channel, Outcome outcome) =>
        response.Cookies.Append(Cookie, $"{channel}.{outcome}", new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(180),
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Lax,
            Secure = response.HttpContext.Request.IsHttps,
        });
}
