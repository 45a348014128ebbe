using System.Globalization;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Features.Shared;
using Microsoft.AspNetCore.Http.Extensions;

namespace CrmWeb.Web.Features.Customers;

/// <summary>What the list shows of saved views.</summary>
/// <param name="All">Those that the member has, by name.</param>
/// <param name="Current">The one that the address came from; null for none.</param>
/// <param name="Stored">What it says to this member.</param>
public sealed record ViewBar(IReadOnlyList<MemberView> All, MemberView? Current, string? Stored, bool HasUnread)
{
    private const int MaxTabs = 6;

    /// <summary>The pinned ones and the open one stand as tabs; then others, as long as there is room.</summary>
    public IReadOnlyList<MemberView> Tabs
    {
        get
        {
            var first = All.Where(view => view.IsPinned).OrderBy(view => view.Position).Concat(All.Where(view => !view.IsPinned)).Take(MaxTabs).ToList();
            if (Current is { } open && !first.Contains(open)) first.Add(open);
            return first;
        }
    }

    public IReadOnlyList<MemberView> Others => [.. All.Except(Tabs)];
}

internal static class ViewOpening
{
    /// <summary>
    /// An address that names a view, or nothing while the member's list begins with one, becomes the address of that list, as this member reads it: everything
    /// after this sees filters and columns and no view. Null when there is no such view for this member.
    /// </summary>
    public static async Task<ViewBar?> Open(HttpRequest request, MemberViews views, CustomFieldSet custom, CancellationToken stop)
    {
        var all = await views.Seen(stop);
        var asked = request.Query[ViewQuery.Parameter].ToString();
        var named = asked.Length > 0 && asked != ViewQuery.All;
        var view = named ? all.FirstOrDefault(v => v.Id.ToString(CultureInfo.InvariantCulture) == asked) : request.Query.Count == 0 ? all.FirstOrDefault(v => v.IsDefault) : null;
        if (named && view is null) return null;
        if (view is not null)
        {
            var opened = ViewQuery.Read(view.Query, custom);
            request.QueryString = Address(request, view.Id, opened);
            return new(all, view, opened.Write(), opened.Unread.Count > 0);
        }

        var from = request.Query[ViewQuery.From].ToString();
        view = all.FirstOrDefault(v => v.Id.ToString(CultureInfo.InvariantCulture) == from);
        var stored = view is null ? null : ViewQuery.Read(view.Query, custom);
        return new(all, view, stored?.Write(), stored?.Unread.Count > 0);
    }

    private static QueryString Address(HttpRequest request, long id, ViewQuery view)
    {
        var address = new QueryBuilder { { ViewQuery.From, id.ToString(CultureInfo.InvariantCulture) } };
        foreach (var name in new[] { ListUrl.After, ListUrl.Before })
        {
            if (request.Query[name].ToString() is { Length: > 0 } cursor) address.Add(name, cursor);
        }

        return new QueryString($"?{view.Write()}{address.ToString().Replace('?', '&')}");
    }
}
