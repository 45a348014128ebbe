using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Search;

/// <summary>Everything there is to go to, by what is typed: as a page, and as what the palette shows while somebody types.</summary>
public sealed class SearchController(IStringLocalizer L, MemberViews views) : TenantController
{
    private const string FromPalette = "X-Palette";

    /// <param name="recent">Ids of customers opened last, which the browser keeps: what the member may not see is left out.</param>
    [HttpGet("search")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> Index(string? q, string? recent, CancellationToken stop)
    {
        var customers = await FoundCustomer.Read(Db, Me, L, q, FoundCustomer.Ids(recent), stop);
        var places = FoundPlace.Of(Shell.Of(HttpContext), await views.Seen(stop), Request.PathBase, L, q);
        var page = new SearchPage(q?.Trim() ?? "", customers, places, Request.Headers.ContainsKey(FromPalette));
        // the address is the same for both, the answer is not
        Response.Headers.Vary = FromPalette;
        return page.InPalette ? PartialView("_Results", page) : View("Search", page);
    }
}

/// <param name="InPalette">The entries are options of a list that keeps the focus in its field; on the page they are links.</param>
public sealed record SearchPage(string Typed, IReadOnlyList<FoundCustomer> Customers, IReadOnlyList<FoundPlace> Places, bool InPalette);
