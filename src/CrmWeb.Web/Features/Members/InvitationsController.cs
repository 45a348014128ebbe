using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Members;

/// <summary>Places offered by mail, until they are taken.</summary>
[Authorize(Permissions.ManageMembers)]
public sealed class InvitationsController(IStringLocalizer L, InvitationLetters letters) : TenantController
{
    private const int Most = 200;

    [HttpGet("settings/invitations")]
    public async Task<IActionResult> Index(CancellationToken stop) => View("Invitations", await Db.Invitations
        .Where(i => i.AcceptedAt == null && i.RevokedAt == null).OrderByDescending(i => i.CreatedAt).ThenByDescending(i => i.Id).Take(Most)
        .Select(i => new InvitationRow(i.Id, i.Email, i.Roles, i.Team!.Name, i.InvitedBy!.Name, i.CreatedAt, i.ExpiresAt)).ToListAsync(stop));

    [HttpGet("settings/invitations/new")]
    public async Task<IActionResult> New(CancellationToken stop) => View("Invite", await Page(new InviteForm { Roles = [Role.Sales] }, stop));

    [HttpPost("settings/invitations/new")]
    public async Task<IActionResult> Create(InviteForm form, CancellationToken stop)
    {
        if (form.TeamId is { } team && !await Db.Teams.AnyAsync(t => t.Id == team, stop)) return NotFound();
        if (ModelState.IsValid && !Me.Roles.MayGive(form.Wanted)) return Forbid();
        if (ModelState.IsValid) await RefuseMembers(form, stop);
        if (!ModelState.IsValid) return this.Invalid("Invite", await Page(form, stop));

        var addresses = form.Addresses();
        foreach (var address in addresses)
        {
            // a second invitation replaces the first, whose link dies
            foreach (var before in await Db.Invitations.Where(i => i.Email == address && i.AcceptedAt == null && i.RevokedAt == null).ToListAsync(stop)) before.Revoke(Me.Now);
            letters.Invite(address, form.Wanted, form.TeamId);
        }

        await Db.SaveChangesAsync(stop);
        return this.Done(addresses.Count == 1 ? L["{0} was invited", addresses[0]] : L["{0} people were invited", addresses.Count], Url.Content("~/settings/invitations"));
    }

    [HttpPost("settings/invitations/{id:long}/resend")]
    public async Task<IActionResult> Resend(long id, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } invitation) return NotFound();
        if (!Me.Roles.MayGive(invitation.Roles)) return Forbid();
        letters.Again(invitation);
        await Db.SaveChangesAsync(stop);
        return this.Done(L["{0} was invited again; the old link is dead", invitation.Email], Url.Content("~/settings/invitations"));
    }

    [HttpPost("settings/invitations/{id:long}/revoke")]
    public async Task<IActionResult> Revoke(long id, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } invitation) return NotFound();
        invitation.Revoke(Me.Now);
        await Db.SaveChangesAsync(stop);
        return this.Done(L["The invitation of {0} was withdrawn", invitation.Email], Url.Content("~/settings/invitations"));
    }

    private Task<Invitation?> Find(long id, CancellationToken stop) =>
        Db.Invitations.SingleOrDefaultAsync(i => i.Id == id && i.AcceptedAt == null && i.RevokedAt == null, stop);

    private async Task RefuseMembers(InviteForm form, CancellationToken stop)
    {
        string[] mails = [.. form.Addresses().Select(address => address.ToUpperInvariant())];
        var here = await Db.Members.Where(m => m.DeactivatedAt == null)
            .Join(Db.Users.Where(u => mails.Contains(u.NormalizedEmail!)), m => m.UserId, u => u.Id, (m, u) => u.Email!).ToListAsync(stop);
        if (here.Count > 0) ModelState.AddModelError(nameof(form.Emails), L["Already here: {0}", string.Join(L[", "], here)]);
    }

    private async Task<InviteForm> Page(InviteForm form, CancellationToken stop)
    {
        ViewData["Teams"] = await Db.TeamChoices(stop);
        return form;
    }
}

public sealed record InvitationRow(long Id, string Email, Role Roles, string? Team, string InvitedBy, DateTime CreatedAt, DateTime ExpiresAt);
