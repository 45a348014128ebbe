using CrmWeb.Data;
using CrmWeb.Data.History;
using CrmWeb.Data.Identity;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Accounts;

/// <summary>An invitation as its link shows it, open or not.</summary>
public sealed record Offer(long Id, string Slug, string TenantName, string Email, string? InvitedBy, Role Roles, long? TeamId, DateTime ExpiresAt, DateTime? AcceptedAt, DateTime? RevokedAt)
{
    public bool IsOpen(DateTime now) => AcceptedAt is null && RevokedAt is null && now < ExpiresAt;
}

/// <summary>Coming into a tenant by an invitation. The secret of the link is the pass; the scope becomes the tenant's.</summary>
public sealed class Joining(CrmDb db, TenantFounding logins, TimeProvider clock)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>What the link stands for; null when it stands for nothing.</summary>
    public async Task<Offer?> Find(string slug, string token, CancellationToken stop)
    {
        if (await db.InvitationOf(slug, Secret.Hash(token), stop) is not { } pass) return null;
        db.Current.Enter(pass.TenantId, Actor.System);
        return await db.Invitations.Where(i => i.Id == pass.InvitationId)
            .Select(i => new Offer(i.Id, pass.Slug, pass.TenantName, i.Email, i.InvitedBy!.Name, i.Roles, i.TeamId, i.ExpiresAt, i.AcceptedAt, i.RevokedAt))
            .SingleAsync(stop);
    }

    /// <summary>A new login, and its place. Null when the invitation was taken in the meantime.</summary>
    public async Task<AppUser?> JoinAsNew(Offer offer, string email, string name, string passwordHash, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var user = logins.Login(email, passwordHash);
        db.Users.Add(user);
        await db.SaveChangesAsync(stop);
        if (!await Take(offer, user.Id, name, stop)) return null;
        await transaction.CommitAsync(stop);
        return user;
    }

    public async Task<bool> Join(Offer offer, long userId, string name, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!await Take(offer, userId, name, stop)) return false;
        await transaction.CommitAsync(stop);
        return true;
    }

    private async Task<bool> Take(Offer offer, long userId, string name, CancellationToken stop)
    {
        var now = Now;
        var taken = await db.Invitations.Where(i => i.Id == offer.Id && i.AcceptedAt == null && i.RevokedAt == null && i.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.AcceptedAt, now), stop) == 1;
        if (!taken) return false;

        await db.Tell(new Change(RecordKind.Invitation, offer.Id) { Field = "acceptedAt", New = ChangeText.Of(now) }, stop);
        var member = await db.Members.Include(m => m.Teams).SingleOrDefaultAsync(m => m.UserId == userId, stop);
        if (member is null) db.Members.Add(member = new Member(userId, name, offer.Roles, now));
        else if (!member.IsActive) Return(member, offer.Roles);
        await db.SaveChangesAsync(stop);
        if (offer.TeamId is { } team && member.Teams.TrueForAll(m => m.TeamId != team)) db.TeamMemberships.Add(new TeamMembership(team, member.Id));
        await db.SaveChangesAsync(stop);
        return true;
    }

    // who left and is invited again comes back as what the invitation says
    private static void Return(Member member, Role roles)
    {
        member.Reactivate();
        member.Become(roles);
    }
}
