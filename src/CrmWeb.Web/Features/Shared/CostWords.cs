using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Shared;

/// <summary>What has a cost, in words and in addresses.</summary>
public static class CostWords
{
    /// <summary>Every role and channel, as addresses name them.</summary>
    public static readonly IReadOnlyList<string> Keys =
    [
        .. Roles.Each.Select(role => Key(CostKind.Hour, (int)role)),
        .. Enum.GetValues<Channel>().Select(channel => Key(CostKind.Contact, (int)channel)),
    ];

    public static string Key(CostKind kind, int which) => kind == CostKind.Hour ? $"hour-{((Role)which).ToString().ToLowerInvariant()}" : $"contact-{((Channel)which).ToString().ToLowerInvariant()}";

    /// <summary>What a key means; null for anything else.</summary>
    public static (CostKind Kind, int Which)? Parse(string? key)
    {
        if (key is null || !Keys.Contains(key, StringComparer.Ordinal)) return null;
        return key.StartsWith("hour-", StringComparison.Ordinal) ? (CostKind.Hour, (int)Enum.Parse<Role>(key["hour-".Length..], ignoreCase: true)) : (CostKind.Contact, (int)Enum.Parse<Channel>(key["contact-".Length..], ignoreCase: true));
    }

    public static string OfCost(this IStringLocalizer L, CostKind kind, int which) => kind == CostKind.Hour ? L["{0}, an hour", L.Of((Role)which)] : L["{0}, a contact", L.Of((Channel)which)];

    public static string OfCost(this IStringLocalizer L, string key) => Parse(key) is { } its ? L.OfCost(its.Kind, its.Which) : key;
}
