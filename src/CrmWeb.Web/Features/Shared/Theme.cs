namespace CrmWeb.Web.Features.Shared;

/// <summary>Light, dark, or as the system has it. Kept in a cookie, so that the first byte of a page already has the right one.</summary>
public static class Theme
{
    public const string Cookie = "crm.theme";
    public const string Light = "light";
    public const string Dark = "dark";
    public const string System = "auto";

    public static bool Known(string? theme) => theme is Light or Dark or System;

    /// <summary>Asked for in the address (it is not remembered), or chosen before.</summary>
    public static string Of(HttpRequest request) =>
        new[] { request.Query["theme"].ToString(), request.Cookies[Cookie] }.FirstOrDefault(Known) ?? System;
}
