using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Members;

/// <summary>Who works here, as what, in which teams.</summary>
[Authorize(Permissions.ManageMembers)]
public sealed class MembersController(IStringLocalizer L) : TenantController
{
    [HttpGet("settings/members")]
    public async Task<IActionResult> Index(string? q, string? sort, long? after, long? before, CancellationToken stop)
    {
        var fields = MemberFilter.Fields(L, await Db.TeamChoices(stop));
        var filters = Filters.Read(Request.Query, fields);
        var list = new MemberList(Db, sort);
        var (rows, pager) = await list.Page(MemberFilter.Of(Db, q, filters), after, before, stop);
        var open = await Db.Invitations.CountAsync(i => i.AcceptedAt == null && i.RevokedAt == null, stop);
        return View("List", new MemberListPage(rows, pager, MemberList.Columns(L, list.Sort), fields, filters, open));
    }

    [HttpGet("settings/members/{id:long}")]
    public async Task<IActionResult> Edit(long id, CancellationToken stop)
    {
        if (await Db.Members.Include(m => m.Teams).AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, stop) is not { } member) return NotFound();
        var form = new MemberForm { Roles = [.. member.Roles.Split()], Teams = [.. member.Teams.Select(t => t.TeamId)], Version = member.Version };
        return View("Edit", await Page(form, member, stop));
    }

    [HttpPost("settings/members/{id:long}")]
    public async Task<IActionResult> Save(long id, MemberForm form, CancellationToken stop)
    {
        if (await Db.Members.Include(m => m.Teams).AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, stop) is not { } member) return NotFound();
        if (await Db.Teams.CountAsync(t => form.Teams.Contains(t.Id), stop) != form.Teams.Distinct().Count()) return NotFound();
        if (!ModelState.IsValid) return this.Invalid("Edit", await Page(form, member, stop));

        var changed = await new MemberChange(Db, Me).Make(id, form.Version, form.Wanted, null, found => Place(found, form), stop);
        if (changed == MemberChanged.Done) return this.Done(L["{0} saved", member.Name], Url.Content("~/settings/members"), await Undo(member, form, stop));
        if (changed == MemberChanged.Stale) return await Stale(id, form, stop);
        return Refuse(changed) ?? this.Invalid("Edit", await Page(form, member, stop));
    }

    /// <summary>The same form with what stood there before, unless somebody changes the member in between. Who gave up the right to it has no way back.</summary>
    private async Task<string?> Undo(Member before, MemberForm form, CancellationToken stop)
    {
        if (before.Id == Me.Id && !form.Wanted.Allow(Permissions.ManageMembers)) return null;
        var version = await Db.Members.Where(m => m.Id == before.Id).Select(m => m.Version).SingleAsync(stop);
        return Url.Action(nameof(Save), new { id = before.Id, roles = before.Roles.Split().Select(role => role.ToString()), teams = before.Teams.Select(t => t.TeamId), version });
    }

    private IActionResult? Refuse(MemberChanged changed)
    {
        if (changed == MemberChanged.Missing) return NotFound();
        if (changed == MemberChanged.Forbidden) return Forbid();
        ModelState.AddModelError(nameof(MemberForm.Roles), L["Somebody must stay admin. Make somebody else admin first."]);
        return null;
    }

    private async Task<IActionResult> Stale(long id, MemberForm form, CancellationToken stop)
    {
        Db.ChangeTracker.Clear();
        var now = await Db.Members.Include(m => m.Teams).AsNoTracking().SingleAsync(m => m.Id == id, stop);
        ViewData[Shared.Conflict.Key] = Shared.Conflict.Of(
            new ConflictField(L["Roles"], L.All(now.Roles), L.All(form.Wanted)),
            new ConflictField(L["Teams"], await TeamNames([.. now.Teams.Select(t => t.TeamId)], stop), await TeamNames(form.Teams, stop)));
        form.Version = now.Version;
        ModelState.Remove(nameof(form.Version));
        return this.Invalid("Edit", await Page(form, now, stop), StatusCodes.Status409Conflict);
    }

    private Task Place(Member member, MemberForm form)
    {
        // changed together with the roles, so that the version of the member speaks for both
        Db.TeamMemberships.RemoveRange(member.Teams.Where(t => !form.Teams.Contains(t.TeamId)));
        Db.TeamMemberships.AddRange(form.Teams.Distinct().Where(team => member.Teams.TrueForAll(t => t.TeamId != team)).Select(team => new TeamMembership(team, member.Id)));
        Db.Entry(member).Property(m => m.Roles).IsModified = true;
        return Task.CompletedTask;
    }

    private async Task<string> TeamNames(IReadOnlyCollection<long> ids, CancellationToken stop) =>
        string.Join(L[", "], await Db.Teams.Where(t => ids.Contains(t.Id)).OrderBy(t => t.Name).Select(t => t.Name).ToListAsync(stop));

    private async Task<MemberForm> Page(MemberForm form, Member member, CancellationToken stop)
    {
        ViewData["Member"] = member;
        ViewData["Email"] = await Db.Users.Where(u => u.Id == member.UserId).Select(u => u.Email).SingleAsync(stop);
        ViewData["Teams"] = await Db.TeamChoices(stop);
        return form;
    }
}

public sealed record MemberListPage(
    List<MemberRow> Rows, Pager Pager, Columns Columns, IReadOnlyList<FilterField> Fields, IReadOnlyList<Filter> Filters, int Invited);
