using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Search;

/// <summary>A page to go to or a thing to do, of those that the member may: the frame knows them.</summary>
public sealed record FoundPlace(NavigationItem Item, string Name, string? Group, bool IsAction)
{
    /// <summary>Those whose words hold every word that was typed; all of them where nothing was.</summary>
    /// <param name="pathBase">With the tenant in it.</param>
    /// <param name="views">Saved views of the member; while nothing is typed, those that are pinned.</param>
    public static IReadOnlyList<FoundPlace> Of(Shell shell, IReadOnlyList<MemberView> views, string pathBase, IStringLocalizer L, string? typed)
    {
        var words = SearchText.Fold(typed).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var actions = shell.Create.Select(item => new FoundPlace(item, item.Phrase ?? item.Text, null, true));
        var pages = shell.Navigation.SelectMany(group => group.Items.Select(item => new FoundPlace(item, item.Text, group.Title, false)));
        FoundPlace[] own = shell.ProfileUrl is { } profile ? [new(new(L["Your profile"], "user-circle", profile), L["Your profile"], null, false)] : [];
        var kept = views.Where(view => words.Length > 0 || view.IsPinned)
            .Select(view => new FoundPlace(new(view.Name, "bookmark", FormattableString.Invariant($"{pathBase}/customers?view={view.Id}")), view.Name, L["Views"], false));
        return [.. actions.Concat(pages).Concat(kept).Concat(own).Where(place => Holds(SearchText.Fold($"{place.Name} {place.Group} {place.Item.Also}"), words))];
    }

    private static bool Holds(string folded, string[] words) => words.All(word => folded.Contains(word, StringComparison.Ordinal));
}
