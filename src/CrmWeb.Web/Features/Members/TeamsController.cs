using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Members;

/// <summary>Groups of members that share customers.</summary>
[Authorize(Permissions.ManageMembers)]
public sealed class TeamsController(IStringLocalizer L) : TenantController
{
    internal const int CountedUpTo = 10_000;

    [HttpGet("settings/teams")]
    public async Task<IActionResult> Index(string? q, long? after, long? before, CancellationToken stop) => View("Teams", await TeamList.Read(Db, q, after, before, stop));

    [HttpGet("settings/teams/new")]
    public async Task<IActionResult> New(CancellationToken stop) => View("Team", await Page(new TeamForm(), null, stop));

    [HttpPost("settings/teams/new")]
    public async Task<IActionResult> Create(TeamForm form, CancellationToken stop)
    {
        if (!await AreMembers(form.Members, stop)) return NotFound();
        if (ModelState.IsValid) await RefuseTwin(form, null, stop);
        if (!ModelState.IsValid) return this.Invalid("Team", await Page(form, null, stop));

        var team = await Add(form.Name!, form.Members, stop);
        return this.Done(L["{0} added", team.Name], Url.Content("~/settings/teams"));
    }

    [HttpGet("settings/teams/{id:long}")]
    public async Task<IActionResult> Edit(long id, CancellationToken stop)
    {
        if (await Db.Teams.Include(t => t.Members).AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, stop) is not { } team) return NotFound();
        return View("Team", await Page(new TeamForm { Name = team.Name, Members = [.. team.Members.Select(m => m.MemberId)], Version = team.Version }, id, stop));
    }

    [HttpPost("settings/teams/{id:long}")]
    public async Task<IActionResult> Save(long id, TeamForm form, CancellationToken stop)
    {
        if (await Db.Teams.Include(t => t.Members).SingleOrDefaultAsync(t => t.Id == id, stop) is not { } team) return NotFound();
        if (!await AreMembers(form.Members, stop)) return NotFound();
        if (ModelState.IsValid) await RefuseTwin(form, id, stop);
        if (!ModelState.IsValid) return this.Invalid("Team", await Page(form, id, stop));
        if (team.Version != form.Version) return await Stale(team, form, stop);

        team.Rename(form.Name!);
        Db.TeamMemberships.RemoveRange(team.Members.Where(m => !form.Members.Contains(m.MemberId)));
        Db.TeamMemberships.AddRange(form.Members.Distinct().Where(member => team.Members.TrueForAll(m => m.MemberId != member)).Select(member => new TeamMembership(id, member)));
        Db.Entry(team).Property(t => t.Name).IsModified = true;
        await Db.SaveChangesAsync(stop);
        return this.Done(L["{0} saved", team.Name], Url.Content("~/settings/teams"));
    }

    /// <summary>Makes a deleted team anew, for Undo, with its members; what hung on it stays where it went.</summary>
    [HttpPost("settings/teams/restore")]
    public async Task<IActionResult> Restore(string? name, List<long> members, CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Trim().Length > Team.NameLength || !await AreMembers(members, stop)) return NotFound();
        if (!await Db.Teams.AnyAsync(t => t.Name == name.Trim(), stop)) await Add(name, members, stop);
        return this.Done(L["{0} is back", name.Trim()], Url.Content("~/settings/teams"));
    }

    private async Task<Team> Add(string name, IEnumerable<long> members, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        var team = new Team(name);
        Db.Teams.Add(team);
        await Db.SaveChangesAsync(stop);
        Db.TeamMemberships.AddRange(members.Distinct().Select(member => new TeamMembership(team.Id, member)));
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return team;
    }

    private async Task<bool> AreMembers(List<long> ids, CancellationToken stop) =>
        await Db.Members.CountAsync(m => ids.Contains(m.Id), stop) == ids.Distinct().Count();

    private async Task RefuseTwin(TeamForm form, long? id, CancellationToken stop)
    {
        var name = form.Name!.Trim();
        if (await Db.Teams.AnyAsync(t => t.Name == name && t.Id != id, stop)) ModelState.AddModelError(nameof(form.Name), L["There is a team of this name already."]);
    }

    private async Task<IActionResult> Stale(Team team, TeamForm form, CancellationToken stop)
    {
        ViewData[Shared.Conflict.Key] = Shared.Conflict.Of(
            new ConflictField(L["Name"], team.Name, form.Name?.Trim()),
            new ConflictField(L["Members"], await Names([.. team.Members.Select(m => m.MemberId)], stop), await Names(form.Members, stop)));
        form.Version = team.Version;
        ModelState.Remove(nameof(form.Version));
        return this.Invalid("Team", await Page(form, team.Id, stop), StatusCodes.Status409Conflict);
    }

    private async Task<string> Names(IReadOnlyCollection<long> ids, CancellationToken stop) =>
        string.Join(L[", "], await Db.Members.Where(m => ids.Contains(m.Id)).OrderBy(m => m.Name).Select(m => m.Name).ToListAsync(stop));

    private async Task<TeamForm> Page(TeamForm form, long? id, CancellationToken stop)
    {
        ViewData["Id"] = id;
        ViewData["Members"] = await Db.MemberChoices(stop, form.Members.Select(member => (long?)member));
        return form;
    }
}
