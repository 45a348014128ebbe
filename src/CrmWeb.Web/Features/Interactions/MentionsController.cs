using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Interactions;

/// <summary>Whom a text may name, while somebody types after @: <c>[{id, text, insert, hint}]</c>.</summary>
public sealed class MentionsController(IStringLocalizer L, Mentioning mentions) : TenantController
{
    private const int MaxFound = 8;

    /// <param name="q">What stands after the sign.</param>
    /// <param name="customerId">Whom the text is about; whoever does not see that customer is offered with a hint and cannot be chosen.</param>
    /// <param name="stop">Ends the reading.</param>
    [HttpGet("mentions")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> Find(string? q, long? customerId, CancellationToken stop)
    {
        var customer = customerId is { } id ? await Db.Customers.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, stop) : null;
        if (customerId is not null && customer is null) return NotFound();
        var folded = SearchText.Fold(q);
        var all = await Db.Members.Where(m => m.DeactivatedAt == null).OrderBy(m => m.Name).ThenBy(m => m.Id).Select(m => new Mentionable(m.Id, m.Name)).ToListAsync(stop);
        var found = all.Select(one => (One: one, Name: SearchText.Fold(one.Name))).Where(one => one.Name.Contains(folded, StringComparison.Ordinal))
            .OrderBy(one => one.Name.StartsWith(folded, StringComparison.Ordinal) ? 0 : 1).Select(one => one.One).Take(MaxFound).ToList();
        var blind = customer is null ? [] : await mentions.Blind(MentionPlace.Of(customer), [.. found.Select(one => one.Id)], stop);
        return Json(found.Select(one => new
        {
            id = one.Id,
            text = one.Name,
            insert = MentionText.Edit(MentionText.Token(one.Id), all),
            hint = blind.Contains(one.Id) ? L["cannot see this customer"].Value : null,
        }));
    }
}
