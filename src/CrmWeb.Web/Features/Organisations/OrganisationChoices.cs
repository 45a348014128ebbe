using System.Globalization;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace CrmWeb.Web.Features.Organisations;

/// <summary>Time zones, languages and countries to choose from.</summary>
internal static class OrganisationChoices
{
    /// <summary>With the offset of winter, so that one can also look for "+03:30".</summary>
    public static IEnumerable<SelectListItem> ZoneChoices(string? present)
    {
        // a zone that this machine names otherwise stays what it is
        var other = present is null || TimeZones.Known(present) ? [] : new[] { new SelectListItem(present, present) };
        return other.Concat(TimeZones.All.Select(id => new SelectListItem($"{id.Replace('_', ' ')} ({Offset(TimeZoneInfo.FindSystemTimeZoneById(id).BaseUtcOffset)})", id)));
    }

    public static IEnumerable<SelectListItem> LanguageChoices => Languages.All.Select(language => new SelectListItem(language.Name, language.Code));

    public static IEnumerable<SelectListItem> CountryChoices =>
        Countries.All.Select(code => new SelectListItem(Countries.NameOf(code), code)).OrderBy(item => item.Text, StringComparer.Ordinal);

    private static string Offset(TimeSpan offset) => (offset < TimeSpan.Zero ? "−" : "+") + offset.ToString(@"hh\:mm", CultureInfo.InvariantCulture);
}
