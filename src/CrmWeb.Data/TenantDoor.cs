using System.Linq.Expressions;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>Everything a scope needs to know of the tenant and the member it acts for.</summary>
public sealed record TenantPass(
    long TenantId, string Slug, string TenantName, string TenantTimeZone, string TenantLanguage, string? Country, string Currency,
    long MemberId, long UserId, string MemberName, string? MemberTimeZone, string? MemberLanguage, Role Roles, DateTime? SeenAt,
    int FieldsVersion, int ViewsVersion, int NotificationsVersion,
    List<RoleVisibility> Chosen, List<long> Teams)
{
    /// <summary>What a key of the API narrows the roles to; null for somebody who is here in person.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>The key of the API that the request came with.</summary>
    public long? ApiKeyId { get; init; }

    public Actor Actor => new(MemberId, Roles, RoleVisibility.Of(Roles, Chosen), Teams);
}

/// <summary>
/// How a scope comes into a tenant: by an active membership, and by nothing else. These are the only queries that read
/// tenant-owned rows before a tenant is set, each pinned to one login, one member or one secret.
/// </summary>
public static class TenantDoor
{
    private static readonly string[] Unset = [TenantScoping.TenantFilter];

    private static readonly CompiledQuery<Func<CrmDb, string, long, CancellationToken, Task<TenantPass?>>> Pass = new(() =>
        EF.CompileAsyncQuery((CrmDb db, string slug, long userId, CancellationToken stop) => db.Members.IgnoreQueryFilters(Unset)
            .Where(m => m.UserId == userId && m.DeactivatedAt == null)
            .Join(db.Tenants.Where(t => t.Slug == slug), m => m.TenantId, t => t.Id, (m, t) => new { m, t })
            .Select(x => new TenantPass(
                x.t.Id, x.t.Slug, x.t.Name, x.t.TimeZone, x.t.Language, x.t.Country, x.t.Currency,
                x.m.Id, x.m.UserId, x.m.Name, x.m.TimeZone, x.m.Language, x.m.Roles, x.m.LastSeenAt, x.t.FieldsVersion, x.t.ViewsVersion, x.m.NotificationsVersion,
                db.RoleVisibilities.Where(v => v.TenantId == x.t.Id).ToList(),
                x.m.Teams.Select(team => team.TeamId).ToList()))
            .AsSingleQuery().AsNoTracking().SingleOrDefault()));

    private static readonly CompiledQuery<Func<CrmDb, Guid, string, CancellationToken, Task<SessionPass?>>> Session = new(() =>
        EF.CompileAsyncQuery((CrmDb db, Guid session, string slug, CancellationToken stop) => db.UserSessions.IgnoreQueryFilters(Unset)
            .Where(s => s.Id == session && s.EndedAt == null)
            .Join(db.Members.IgnoreQueryFilters(Unset).Where(m => m.DeactivatedAt == null), s => s.UserId, m => m.UserId, (s, m) => new { s, m })
            .Join(db.Tenants.Where(t => t.Slug == slug), x => x.m.TenantId, t => t.Id, (x, t) => new { x.s, x.m, t })
            .Select(x => new SessionPass(
                new SessionState(x.s.UserId, x.s.User!.SecurityStamp, x.s.LastSeenAt),
                new TenantPass(
                    x.t.Id, x.t.Slug, x.t.Name, x.t.TimeZone, x.t.Language, x.t.Country, x.t.Currency,
                    x.m.Id, x.m.UserId, x.m.Name, x.m.TimeZone, x.m.Language, x.m.Roles, x.m.LastSeenAt, x.t.FieldsVersion, x.t.ViewsVersion, x.m.NotificationsVersion,
                    db.RoleVisibilities.IgnoreQueryFilters(Unset).Where(v => v.TenantId == x.t.Id).ToList(),
                    x.m.Teams.Select(team => team.TeamId).ToList())))
            .AsSingleQuery().AsNoTracking().SingleOrDefault()));

    private static readonly CompiledQuery<Func<CrmDb, string, DateTime, CancellationToken, Task<KeyPass?>>> Key = new(() =>
        EF.CompileAsyncQuery((CrmDb db, string hash, DateTime now, CancellationToken stop) => db.ApiKeys.IgnoreQueryFilters(Unset)
            .Where(k => k.Hash == hash && k.RevokedAt == null && (k.ExpiresAt == null || k.ExpiresAt > now))
            .Join(db.Members.IgnoreQueryFilters(Unset).Where(m => m.DeactivatedAt == null), k => new { k.TenantId, Id = k.MemberId }, m => new { m.TenantId, m.Id }, (k, m) => new { k, m })
            .Join(db.Tenants, x => x.k.TenantId, t => t.Id, (x, t) => new { x.k, x.m, t })
            .Select(x => new KeyPass(
                new TenantPass(
                    x.t.Id, x.t.Slug, x.t.Name, x.t.TimeZone, x.t.Language, x.t.Country, x.t.Currency,
                    x.m.Id, x.m.UserId, x.m.Name, x.m.TimeZone, x.m.Language, x.m.Roles, x.m.LastSeenAt, x.t.FieldsVersion, x.t.ViewsVersion, x.m.NotificationsVersion,
                    db.RoleVisibilities.IgnoreQueryFilters(Unset).Where(v => v.TenantId == x.t.Id).ToList(),
                    x.m.Teams.Select(team => team.TeamId).ToList()),
                x.k.Id, x.k.Scopes, x.k.LastUsedAt))
            .AsSingleQuery().AsNoTracking().SingleOrDefault()));

    /// <summary>Who a key of the API stands for, and what it allows of that; null when it is none, or its time or its member's is over.</summary>
    public static async Task<(TenantPass Pass, DateTime? LastUsedAt)?> PassOfKey(this CrmDb db, string hash, DateTime now, CancellationToken stop) =>
        await Key.For(db)(db, hash, now, stop) is { } found
            ? (found.Pass with { ApiKeyId = found.KeyId, Scopes = found.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries) }, found.LastUsedAt)
            : null;

    public static Task<TenantPass?> PassOf(this CrmDb db, string slug, long userId, CancellationToken stop) => Pass.For(db)(db, slug, userId, stop);

    /// <summary>An open session together with what its login may enter: one question for what a page of a tenant asks first. Null when either is missing.</summary>
    public static Task<SessionPass?> PassOfSession(this CrmDb db, Guid session, string slug, CancellationToken stop) => Session.For(db)(db, session, slug, stop);

    public static Task<TenantPass?> PassOfMember(this CrmDb db, long tenantId, long memberId, CancellationToken stop) =>
        db.PassOf(m => m.Id == memberId, t => t.Id == tenantId, stop);

    public static Task<TenantPass?> PassOfCalendar(this CrmDb db, string slug, string tokenHash, CancellationToken stop) =>
        db.PassOf(m => m.CalendarTokenHash == tokenHash, t => t.Slug == slug, stop);

    /// <summary>The tenants a login may enter, by name.</summary>
    public static Task<List<TenantChoice>> TenantsOf(this CrmDb db, long userId, CancellationToken stop) =>
        db.Members.IgnoreQueryFilters(Unset)
            .Where(m => m.UserId == userId && m.DeactivatedAt == null)
            .Join(db.Tenants, m => m.TenantId, t => t.Id, (m, t) => t)
            .OrderBy(t => t.Name).Select(t => new TenantChoice(t.Slug, t.Name)).ToListAsync(stop);

    /// <summary>What a login calls itself where it joined last: to fill in a name that was typed before.</summary>
    public static Task<string?> NameOf(this CrmDb db, long userId, CancellationToken stop) =>
        db.Members.IgnoreQueryFilters(Unset).Where(m => m.UserId == userId).OrderByDescending(m => m.JoinedAt).Select(m => m.Name).FirstOrDefaultAsync(stop);

    /// <summary>The tenant and open invitation a link's secret stands for; null when there is none.</summary>
    public static Task<InvitationPass?> InvitationOf(this CrmDb db, string slug, string tokenHash, CancellationToken stop) =>
        db.Invitations.IgnoreQueryFilters(Unset)
            .Where(i => i.TokenHash == tokenHash)
            .Join(db.Tenants.Where(t => t.Slug == slug), i => i.TenantId, t => t.Id, (i, t) => new InvitationPass(t.Id, t.Slug, t.Name, i.Id, i.Email))
            .SingleOrDefaultAsync(stop);

    public static void Enter(this CurrentTenant tenant, TenantPass pass) => tenant.Enter(pass.TenantId, pass.Actor);

    private static async Task<TenantPass?> PassOf(this CrmDb db, Expression<Func<Member, bool>> member, Expression<Func<Tenant, bool>> tenant, CancellationToken stop)
    {
        var found = await db.Members.IgnoreQueryFilters(Unset).Where(member)
            .Join(db.Tenants.Where(tenant), m => m.TenantId, t => t.Id, (m, t) => new { t.Slug, m.UserId }).SingleOrDefaultAsync(stop);
        return found is null ? null : await db.PassOf(found.Slug, found.UserId, stop);
    }
}

/// <summary>What a cookie is checked against.</summary>
public sealed record SessionState(long UserId, string? SecurityStamp, DateTime LastSeenAt);

public sealed record SessionPass(SessionState Session, TenantPass Pass);

internal sealed record KeyPass(TenantPass Pass, long KeyId, string Scopes, DateTime? LastUsedAt);

public sealed record TenantChoice(string Slug, string Name);

public sealed record InvitationPass(long TenantId, string Slug, string TenantName, long InvitationId, string Email);
