using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Linq.Expressions;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Members;

[Example("""{"id":2,"name":"North","memberIds":[3,5]}""")]
public sealed record TeamJson(long Id, string Name, IReadOnlyList<long> MemberIds);

/// <summary>Who shares customers. Teams are managed on the pages.</summary>
[Route("api/v1/teams")]
[Tags("Members")]
public sealed class TeamsApiController : ApiController
{
    private static readonly Expression<Func<Team, TeamReading>> Reading = t => new TeamReading(t.Id, t.Name, t.Members.Select(m => m.MemberId).ToList(), t.Version);

    [HttpGet("")]
    [Authorize(Permissions.ReadCustomers)]
    [Display(Name = "List teams", Description = "In the order they were made; q finds a part of the name.")]
    [ProducesResponseType<ApiList<TeamJson>>(200)]
    public async Task<IActionResult> List([FromQuery] ApiPage page, [FromQuery(Name = "q")] string? q, CancellationToken stop)
    {
        page.Check(ModelState, L);
        ApiPage.RefuseOthers(Request.Query, ["q"], ModelState, L);
        var after = page.AfterId(ModelState, L) ?? 0;
        if (page.Sort is { Length: > 0 } and not "id") ApiPage.NoSuchSort(ModelState, L, "id");
        if (!ModelState.IsValid) return Invalid();
        var rows = await TeamList.Named(Db, q).Where(t => t.Id > after).OrderBy(t => t.Id).Take(page.Size + 1).Select(Reading).ToListAsync(stop);
        return Ok(page.Page(rows, row => row.Id.ToString(CultureInfo.InvariantCulture), row => row.Json));
    }

    [HttpGet("{id:long}")]
    [Authorize(Permissions.ReadCustomers)]
    [Display(Name = "Read a team")]
    [ProducesResponseType<TeamJson>(200)]
    public async Task<IActionResult> Show(long id, CancellationToken stop) =>
        await Db.Teams.Where(t => t.Id == id).Select(Reading).SingleOrDefaultAsync(stop) is { } found ? One(found.Json, id, found.Version) : NotFound();

    private sealed record TeamReading(long Id, string Name, List<long> Members, int Version)
    {
        public TeamJson Json => new(Id, Name, [.. Members.Order()]);
    }
}
