namespace CrmWeb.Web.Platform.Localisation;

/// <summary>
/// How the person behind the request wants to see things. Whoever signs people in puts it into <c>HttpContext.Features</c>,
/// before the request localisation runs; without it the browser decides the language and instants are shown in UTC.
/// </summary>
public sealed record Viewer(string? Language, TimeZoneInfo Zone)
{
    public static readonly Viewer Anonymous = new(null, TimeZoneInfo.Utc);

    public static Viewer Of(HttpContext context) => context.Features.Get<Viewer>() ?? Anonymous;
}
