using System.ComponentModel.DataAnnotations;
using CrmWeb.Data;
using CrmWeb.Web.Platform.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers;

/// <summary>A member who follows a customer.</summary>
[Example("""{"id":3,"name":"Ada Berger"}""")]
public sealed record FollowerJson(long Id, string Name);

[Route("api/v1/customers/{id:long}")]
[Tags("Customers")]
[Authorize(Permissions.ReadCustomers)]
public sealed class FollowApiController : ApiController
{
    [HttpGet("followers")]
    [Display(Name = "List the followers of a customer", Description = "The members who follow the customer, by id; its owner too, where they follow what they own.")]
    [ProducesResponseType<ApiList<FollowerJson>>(200)]
    public async Task<IActionResult> List(long id, [FromQuery] ApiPage page, CancellationToken stop)
    {
        if (!await CustomerPage.Exists(Db, id, stop)) return NotFound();
        page.Check(ModelState, L);
        ApiPage.RefuseOthers(Request.Query, [], ModelState, L);
        if (page.Sort is { Length: > 0 }) ApiPage.NoSuchSort(ModelState, L);
        var after = page.AfterId(ModelState, L) ?? 0;
        if (!ModelState.IsValid) return Invalid();
        var rows = await Db.Followers(id).Where(m => m.Id > after).OrderBy(m => m.Id).Select(m => new FollowerJson(m.Id, m.Name)).Take(page.Size + 1).ToListAsync(stop);
        return Ok(page.Page(rows, row => row.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), row => row));
    }

    [HttpPut("follow")]
    [Display(Name = "Follow a customer", Description = "The member of the key follows it from now on.")]
    [ProducesResponseType(204)]
    public Task<IActionResult> Follow(long id, CancellationToken stop) => Say(id, true, stop);

    [HttpDelete("follow")]
    [Display(Name = "Follow a customer no longer")]
    [ProducesResponseType(204)]
    public Task<IActionResult> Unfollow(long id, CancellationToken stop) => Say(id, false, stop);

    private async Task<IActionResult> Say(long id, bool isOn, CancellationToken stop)
    {
        if (!await CustomerPage.Exists(Db, id, stop)) return NotFound();
        await Db.Follow(id, Me.Id, isOn, stop);
        return NoContent();
    }
}
