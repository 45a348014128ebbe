using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Members;

/// <param name="Email">Only for keys that may manage members, as are the roles.</param>
[Example("""{"id":3,"name":"Sam Reed","isActive":true,"email":"sam@bluedoor.example","roles":["sales"],"teamIds":[2]}""")]
public sealed record MemberJson(long Id, string Name, bool IsActive, string? Email, IReadOnlyList<Role>? Roles, IReadOnlyList<long> TeamIds);

/// <summary>Who can own a customer or a task. Members come by invitation and are managed on the pages.</summary>
[Route("api/v1/members")]
[Tags("Members")]
public sealed class MembersApiController : ApiController
{
    [HttpGet("")]
    [Authorize(Permissions.ReadCustomers)]
    [Display(Name = "List members", Description = "Who can own customers and tasks, in the order they joined; active=true leaves out who left, team names one, q finds a part of the name. Keys that may manage members find mail addresses by q too, and a role.")]
    [ProducesResponseType<ApiList<MemberJson>>(200)]
    public async Task<IActionResult> List([FromQuery] ApiPage page, [FromQuery(Name = "q")] string? q, [FromQuery(Name = "role")] Role? role, [FromQuery(Name = "team")] long? team, [FromQuery(Name = "active")] bool? active, CancellationToken stop)
    {
        var manages = Me.May(Permissions.ManageMembers);
        page.Check(ModelState, L);
        ApiPage.RefuseOthers(Request.Query, manages ? ["q", "role", "team", "active"] : ["q", "team", "active"], ModelState, L);
        var after = page.AfterId(ModelState, L) ?? 0;
        if (page.Sort is { Length: > 0 } and not "id") ApiPage.NoSuchSort(ModelState, L, "id");
        if (!ModelState.IsValid) return Invalid();
        var members = MemberFilter.Of(Db, q, [], mails: manages).AsNoTracking().Where(m => m.Id > after);
        if (role is { } asked) members = members.Where(m => (m.Roles & asked) != Role.None);
        if (team is { } its) members = members.Where(m => m.Teams.Any(t => t.TeamId == its));
        if (active is { } wanted) members = members.Where(m => (m.DeactivatedAt == null) == wanted);
        var rows = await members.OrderBy(m => m.Id).Take(page.Size + 1).Select(Reading()).ToListAsync(stop);
        return Ok(page.Page(rows, row => row.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), Of));
    }

    [HttpGet("{id:long}")]
    [Authorize(Permissions.ReadCustomers)]
    [Display(Name = "Read a member")]
    [ProducesResponseType<MemberJson>(200)]
    public async Task<IActionResult> Show(long id, CancellationToken stop) =>
        await Db.Members.AsNoTracking().Where(m => m.Id == id).Select(Reading()).SingleOrDefaultAsync(stop) is { } found ? One(Of(found), id, found.Version) : NotFound();

    private Expression<Func<Member, MemberReading>> Reading() => m => new MemberReading(
        m.Id, m.Name, m.DeactivatedAt == null, Db.Users.Where(u => u.Id == m.UserId).Select(u => u.Email).FirstOrDefault(), m.Roles, m.Teams.Select(t => t.TeamId).ToList(), m.Version);

    private MemberJson Of(MemberReading m)
    {
        var manages = Me.May(Permissions.ManageMembers);
        return new(m.Id, m.Name, m.IsActive, manages ? m.Email : null, manages ? [.. m.Roles.Split()] : null, m.Teams);
    }

    private sealed record MemberReading(long Id, string Name, bool IsActive, string? Email, Role Roles, List<long> Teams, int Version);
}
