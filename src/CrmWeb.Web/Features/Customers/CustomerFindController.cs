using CrmWeb.Data;
using CrmWeb.Data.Duplicates;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Duplicates;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>What fields that are filled by typing ask for: <c>[{id, text, hint}]</c>, never more than a screenful.</summary>
public sealed class CustomerFindController(IStringLocalizer L) : TenantController
{
    private const int MaxFound = 20;

    /// <summary>Customers by name, address or number; the last contacted ones when nothing was typed.</summary>
    [HttpGet("customers/find")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> Customers(string? q, CustomerKind? kind, CancellationToken stop)
    {
        var customers = Db.Customers.AsNoTracking();
        if (kind is { } only) customers = customers.Where(c => c.Kind == only);
        var ids = CustomerSearchTerms.Of(q, Me.Pass.Country) is { } terms ? await CustomerFinding.Ids(Db, kind, terms, MaxFound, stop) : await Recent(customers, stop);
        var found = await customers.Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Kind, c.Name, c.Email, c.Phone, Organisation = c.Organisation!.Name }).ToListAsync(stop);
        return Json(found.OrderBy(c => ids.IndexOf(c.Id)).Select(c => new { id = c.Id, text = c.Name, hint = c.Organisation ?? c.Email ?? c.Phone ?? L.Of(c.Kind) }));
    }

    [HttpGet("customers/owners")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> Owners(string? q, CancellationToken stop)
    {
        var all = await Db.EveryMember(stop);
        var me = new { id = CustomerFilterFields.Me, text = L["Me"].Value, hint = Me.Pass.MemberName };
        return Json(all.Select(m => new { id = m.Value, text = m.Text, hint = "" }).Prepend(me)
            .Where(m => Holds(m.text, q) || Holds(m.hint, q)).Take(MaxFound));
    }

    [HttpGet("customers/teams")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> Teams(string? q, CancellationToken stop)
    {
        var all = await Db.TeamChoices(stop);
        return Json(all.Where(t => Holds(t.Text, q)).Take(MaxFound).Select(t => new { id = t.Value, text = t.Text }));
    }

    [HttpGet("customers/tiers")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> Tiers(string? q, CancellationToken stop)
    {
        var all = await Db.EveryTier(stop);
        return Json(all.Where(t => Holds(t.Text, q)).Take(MaxFound).Select(t => new { id = t.Value, text = t.Text }));
    }

    [HttpGet("customers/tags")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> Tags(string? q, CancellationToken stop)
    {
        var folded = SearchText.Fold(q);
        return Json(await Db.Set<Tag>().Where(t => t.NameNormal.Contains(folded)).OrderBy(t => t.NameNormal).Take(MaxFound).Select(t => new { id = t.Id, text = t.Name }).ToListAsync(stop));
    }

    [HttpGet("customers/segments")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> Segments(string? q, CancellationToken stop)
    {
        var folded = SearchText.Fold(q);
        return Json(await Db.Segments.Where(s => s.NameNormal.Contains(folded)).OrderBy(s => s.NameNormal).Take(MaxFound).Select(s => new { id = s.Id, text = s.Name }).ToListAsync(stop));
    }

    /// <summary>A warning while a form is filled in; empty when nobody is like that.</summary>
    [HttpGet("customers/duplicates")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> Duplicates(CustomerKind kind, string? name, string? email, string? phone, long? id, CancellationToken stop)
    {
        var typed = new CustomerDetails { Kind = kind, Name = name ?? "", Email = email, Phone = phone, PhoneCountry = Me.Pass.Country };
        return PartialView("_LikelyDuplicates", (id, await Db.FindDuplicates(DuplicateProfile.Of(typed), id, CustomerDuplicates.MaxShown, stop)));
    }

    private static async Task<List<long>> Recent(IQueryable<Customer> customers, CancellationToken stop)
    {
        var contacted = await customers.Where(c => c.LastInteractionAt != null).OrderByDescending(c => c.LastInteractionAt).ThenByDescending(c => c.Id).Take(MaxFound).Select(c => c.Id).ToListAsync(stop);
        if (contacted.Count >= MaxFound) return contacted;
        var made = await customers.OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id).Take(MaxFound).Select(c => c.Id).ToListAsync(stop);
        return [.. contacted.Union(made).Take(MaxFound)];
    }

    private static bool Holds(string text, string? q) => SearchText.Fold(text).Contains(SearchText.Fold(q), StringComparison.Ordinal);
}
