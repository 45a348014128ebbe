using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Tenancy;
using CrmWeb.Web.Platform.Views;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Shared;

/// <summary>
/// What the frame around a page shows. Whoever knows the member puts it into <c>HttpContext.Features</c>; what the member may not see is left out already.
/// Addresses are complete (with the path base).
/// </summary>
public sealed record Shell
{
    public string? TenantName { get; init; }
    public string? TenantSlug { get; init; }
    public string? MemberName { get; init; }
    public string? MemberMail { get; init; }
    public IReadOnlyList<NavigationGroup> Navigation { get; init; } = [];
    public IReadOnlyList<NavigationItem> Create { get; init; } = [];
    public string? SearchUrl { get; init; }
    public string? LogUrl { get; init; }
    public string? ProfileUrl { get; init; }
    public string? SignOutUrl { get; init; }
    public string? SignInUrl { get; init; }
    public string? NotificationsUrl { get; init; }

    /// <summary>How many notifications the member has not read, up to one more than are counted.</summary>
    public int Unread { get; init; }

    /// <summary>What the member may do: with it the frame is the same for everybody who has the same names and place.</summary>
    public Role Roles { get; init; }

    /// <summary>Keeps apart what two people at one browser opened; says nothing of who they are.</summary>
    public string RecentKey => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{TenantSlug} {MemberMail}")))[..16];

    /// <summary>What a page puts into its view data: the number of the saved view that it shows.</summary>
    public const string OpenView = "OpenView";

    /// <summary>Says which saved views the member has: equal when they are the same. Empty while the tenant has none.</summary>
    public string Views { get; init; } = "";

    public static readonly Shell Anonymous = new();

    /// <summary>Everything that the frame of this page shows: two pages with equal keys have the same frame.</summary>
    /// <param name="openView">What the page put under <see cref="OpenView"/>.</param>
    /// <param name="request">Of the page.</param>
    public object FrameOf(HttpRequest request, object? openView = null) =>
        ((request.PathBase.Value, TenantName, MemberName, MemberMail, ProfileUrl, SignInUrl), Unread, Roles, Theme.Of(request), Views, openView, Navigation.SelectMany(group => group.Items).FirstOrDefault(item => item.IsActive(request))?.Url);

    public static Shell Of(HttpContext context) =>
        context.Features.Get<Shell>() ?? OfRequest(context);

    private static Shell OfRequest(HttpContext context)
    {
        if (context.RequestServices.GetService<CurrentMember>() is not { IsSet: true } me) return Anonymous with { SignInUrl = context.Request.RootUrl("/sign-in") };

        var shell = OfTenant(context.Request.PathBase, context.RequestServices.GetRequiredService<IStringLocalizer>(), me.May) with
        {
            TenantName = me.Pass.TenantName,
            TenantSlug = me.Pass.Slug,
            MemberName = me.Pass.MemberName,
            Roles = me.Roles,
            Views = MemberViews.Version(me.Pass),
            MemberMail = context.User.FindFirstValue(ClaimTypes.Email),
            ProfileUrl = $"{context.Request.PathBase}/account",
            NotificationsUrl = me.May(Permissions.ReadCustomers) ? $"{context.Request.PathBase}/notifications" : null,
            SignOutUrl = context.Request.RootUrl("/sign-out"),
        };
        context.Features.Set(shell);
        return shell;
    }

    /// <summary>The navigation of a tenant; <paramref name="may"/> says which permissions the member has.</summary>
    /// <param name="pathBase">With the tenant in it.</param>
    public static Shell OfTenant(string pathBase, IStringLocalizer L, Func<string, bool> may)
    {
        IReadOnlyList<NavigationItem> Allowed(params (string Permission, NavigationItem Item)[] items) =>
            [.. items.Where(item => may(item.Permission)).Select(item => item.Item)];

        return new Shell
        {
            SearchUrl = $"{pathBase}/search",
            LogUrl = may(Permissions.LogInteractions) ? $"{pathBase}/interactions/new" : null,
            Navigation =
            [
                new(null, Allowed(
                    (Permissions.ReadCustomers, new(L["Today"], "sun-high", $"{pathBase}/today", "g t")),
                    (Permissions.ReadCustomers, new(L["Customers"], "users", $"{pathBase}/customers", "g c")),
                    (Permissions.ReadCustomers, new(L["Tasks"], "checkbox", $"{pathBase}/tasks", "g k")),
                    (Permissions.ReadCustomers, new(L["Segments"], "target", $"{pathBase}/segments", "g m") { Also = L["Target groups, lists, rules"] }),
                    (Permissions.ReadSales, new(L["Deals"], "briefcase", $"{pathBase}/deals", "g s") { Also = L["Board, pipeline, sales"] }),
                    (Permissions.ReadCases, new(L["Cases"], "headset", $"{pathBase}/cases", "g e")),
                    (Permissions.ReadCustomers, new(L["Calendar"], "calendar", $"{pathBase}/calendar", "g d")),
                    (Permissions.ReadSales, new(L["Orders"], "shopping-cart", $"{pathBase}/orders", "g o")),
                    (Permissions.ReadSales, new(L["Products"], "package", $"{pathBase}/products", "g p")),
                    (Permissions.ImportCustomers, new(L["Imports"], "file-import", $"{pathBase}/imports", "g i")),
                    (Permissions.EditCustomers, new(L["Duplicates"], "copy", $"{pathBase}/duplicates")),
                    (Permissions.ReadCustomers, new(L["Data quality"], "checklist", $"{pathBase}/quality") { Also = L["Data inventory, stale rules, fill rate, invalid values"] }),
                    (Permissions.RestoreRecords, new(L["Recycle bin"], "trash", $"{pathBase}/recycle-bin")))),
                new(L["Reports"], Allowed(
                    (Permissions.ReadSales, new(L["Forecast"], "chart-bar", $"{pathBase}/reports/forecast")),
                    (Permissions.ReadSales, new(L["Profitability"], "trending-up", $"{pathBase}/reports/profitability") { Also = L["Margin, cost of service, effort against profit"] }),
                    (Permissions.ReadSales, new(L["Lifetime value"], "heartbeat", $"{pathBase}/reports/lifetime-value") { Also = L["CLV, who still buys, what is to come"] }),
                    (Permissions.ReadSales, new(L["Cohorts"], "users-group", $"{pathBase}/reports/cohorts") { Also = L["Customers who buy again, month by month"] }))),
                new(L["Settings"], Allowed(
                    (Permissions.ManageMembers, new(L["Members"], "user-circle", $"{pathBase}/settings/members")),
                    (Permissions.ManageMembers, new(L["Teams"], "users-group", $"{pathBase}/settings/teams")),
                    (Permissions.ManageTenant, new(L["Organisation"], "building", $"{pathBase}/settings/organisation")),
                    (Permissions.ManageTenant, new(L["Exchange rates"], "coin", $"{pathBase}/settings/rates")),
                    (Permissions.ManageTenant, new(L["Costs"], "receipt", $"{pathBase}/settings/costs") { Also = L["Cost per hour and contact, profitability"] }),
                    (Permissions.ManageTenant, new(L["Service"], "clock", $"{pathBase}/settings/service") { Also = L["Opening times, holidays, service levels, service tiers"] }),
                    (Permissions.ManageTenant, new(L["Custom fields"], "forms", $"{pathBase}/settings/fields")),
                    (Permissions.ManageTenant, new(L["Pipelines"], "columns-3", $"{pathBase}/settings/pipelines") { Also = L["Stages of deals"] }),
                    (Permissions.ManageTenant, new(L["Reasons"], "message-circle", $"{pathBase}/settings/reasons") { Also = L["Won, lost, returned, root causes"] }),
                    (Permissions.ReadAudit, new(L["Audit"], "history", $"{pathBase}/settings/audit")))),
            ],
            Create = Allowed(
                (Permissions.LogInteractions, new(L["Log interaction"], "message-plus", $"{pathBase}/interactions/new") { Also = L["Log a call, a mail, a meeting, a visit, a chat, a note"] }),
                (Permissions.EditCustomers, new(L["Person"], "user-plus", $"{pathBase}/customers/new?kind=person", "c") { Phrase = L["New person"], Also = L["New customer"] }),
                (Permissions.EditCustomers, new(L["Organisation"], "building-plus", $"{pathBase}/customers/new?kind=organisation") { Phrase = L["New organisation"], Also = L["New customer"] }),
                (Permissions.EditSales, new(L["Deal"], "briefcase", $"{pathBase}/deals/new") { Phrase = L["New deal"] }),
                (Permissions.EditTasks, new(L["Task"], "checkbox", $"{pathBase}/tasks/new") { Phrase = L["New task"] }),
                (Permissions.EditSales, new(L["Order"], "shopping-cart", $"{pathBase}/orders/new") { Phrase = L["New order"] }),
                (Permissions.EditCases, new(L["Case"], "headset", $"{pathBase}/cases/new") { Phrase = L["New case"], Also = L["Complaint, question, return"] })),
        };
    }
}

public sealed record NavigationGroup(string? Title, IReadOnlyList<NavigationItem> Items);

/// <summary>A place to go, or a thing to make.</summary>
/// <param name="Shortcut">A key, or two keys one after the other: <c>g c</c>.</param>
public sealed record NavigationItem(string Text, string Icon, string Url, string? Shortcut = null)
{
    /// <summary>What it says where nothing around it tells that something is made.</summary>
    public string? Phrase { get; init; }

    /// <summary>Further words it is found by.</summary>
    public string? Also { get; init; }

    public bool IsActive(HttpRequest request)
    {
        var path = Url.Split('?')[0];
        return $"{request.PathBase}{request.Path}" is var here
            && (here.Equals(path, StringComparison.OrdinalIgnoreCase) || here.StartsWith(path + "/", StringComparison.OrdinalIgnoreCase));
    }
}
