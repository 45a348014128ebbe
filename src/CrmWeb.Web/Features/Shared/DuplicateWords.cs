using CrmWeb.Domain.Customers.Duplicates;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Shared;

public static class DuplicateWords
{
    /// <summary>The reasons of a pair, the weightiest first.</summary>
    public static IEnumerable<string> Of(this IStringLocalizer L, DuplicateReason reasons)
    {
        if (reasons.HasFlag(DuplicateReason.SameEmail)) yield return L["Same e-mail"];
        if (reasons.HasFlag(DuplicateReason.SamePhone)) yield return L["Same phone"];
        if (reasons.HasFlag(DuplicateReason.SameName)) yield return L["Same name"];
        if (reasons.HasFlag(DuplicateReason.SwappedName)) yield return L["Same words in the name"];
        if (reasons.HasFlag(DuplicateReason.AlikeName)) yield return L["Name one letter off"];
        if (reasons.HasFlag(DuplicateReason.SameDomain)) yield return L["Same mail domain"];
    }
}
