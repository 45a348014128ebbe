using Microsoft.AspNetCore.Mvc.Rendering;

namespace CrmWeb.Web.Platform.Localisation;

/// <summary>The time zones a person may choose: places by their IANA name.</summary>
public static class TimeZones
{
    private static readonly Lazy<IReadOnlyList<string>> Names = new(() =>
    [
        "UTC",
        .. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id)
            .Where(id => id.Contains('/', StringComparison.Ordinal) && !id.StartsWith("Etc/", StringComparison.Ordinal) && !id.StartsWith("SystemV/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ]);

    public static IReadOnlyList<string> All => Names.Value;

    public static bool Known(string? id) => id is not null && Names.Value.Contains(id, StringComparer.Ordinal);

    public static IEnumerable<SelectListItem> Options => Names.Value.Select(id => new SelectListItem(id.Replace('_', ' '), id));
}
