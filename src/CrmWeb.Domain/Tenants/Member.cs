namespace CrmWeb.Domain.Tenants;

/// <summary>A login's place in one tenant: roles, teams, and how this person likes dates and language.</summary>
public sealed class Member : TenantOwned, IVersioned
{
    public const int NameLength = 120;
    public const int DefaultDigestHour = 8;

    private Member() { }

    public Member(long userId, string name, Role roles, DateTime now)
    {
        UserId = userId;
        Name = name.Trim();
        Roles = roles;
        JoinedAt = now;
    }

    /// <summary>The login (AppUser) behind this membership.</summary>
    public long UserId { get; private set; }

    public string Name { get; private set; } = "";

    public Role Roles { get; private set; }

    public DateTime JoinedAt { get; private set; }

    /// <summary>Set when the member may no longer come in; what they did stays under their name.</summary>
    public DateTime? DeactivatedAt { get; private set; }

    /// <summary>When the member last asked for a page of this tenant, to a few minutes.</summary>
    public DateTime? LastSeenAt { get; private set; }

    /// <summary>IANA name; null follows the tenant.</summary>
    public string? TimeZone { get; private set; }

    /// <summary>"en" or "fa"; null follows the browser, then the tenant.</summary>
    public string? Language { get; private set; }

    /// <summary>SHA-256 of the secret in this member's calendar address; null while the feed is off.</summary>
    public string? CalendarTokenHash { get; set; }

    /// <summary>Whether they follow the customers that they own, where they said nothing else of one.</summary>
    public bool FollowsOwned { get; private set; } = true;

    /// <summary>The hour, where the member is, at which the mail comes that gathers what is unread.</summary>
    public int DigestHour { get; private set; } = DefaultDigestHour;

    /// <summary>The day of the week on which it comes; null for every day.</summary>
    public DayOfWeek? DigestDay { get; private set; }

    /// <summary>Counts what happened to their notifications, so that what is remembered of them is known to be the newest; 0 while there are none.</summary>
    public int NotificationsVersion { get; private set; }

    public int Version { get; private set; }

    public List<TeamMembership> Teams { get; private set; } = [];

    public bool IsActive => DeactivatedAt is null;

    public void Prefer(string name, string? timeZone, string? language) => (Name, TimeZone, Language) = (name.Trim(), timeZone, language);

    public void BeTold(bool followsOwned, int digestHour, DayOfWeek? digestDay) => (FollowsOwned, DigestHour, DigestDay) = (followsOwned, digestHour, digestDay);

    public void Become(Role roles) => Roles = roles;

    public void Deactivate(DateTime now) => DeactivatedAt ??= now;

    public void Reactivate() => DeactivatedAt = null;

    /// <summary>
    /// Whether <paramref name="actor"/> may give this member the roles <paramref name="wanted"/>: nobody gives or takes a role they do not hold,
    /// except an admin, who may do both.
    /// </summary>
    public bool MayBeChangedBy(Role actor, Role wanted) => actor.MayGive(Roles ^ wanted);
}

/// <summary>A group of members, often across functions, that shares customers.</summary>
public sealed class Team : TenantOwned, IVersioned
{
    /// <summary>The job that gives its work to another team and takes it away.</summary>
    public const string WorkJob = "move-team-work";

    public const int NameLength = 80;

    private Team() { }

    public Team(string name) => Name = name.Trim();

    public string Name { get; private set; } = "";

    public int Version { get; private set; }

    public List<TeamMembership> Members { get; private set; } = [];

    public void Rename(string name) => Name = name.Trim();
}

public sealed class TeamMembership : ITenantOwned
{
    private TeamMembership() { }

    public TeamMembership(long teamId, long memberId) => (TeamId, MemberId) = (teamId, memberId);

    public long TenantId { get; private set; }

    public long TeamId { get; private set; }

    public long MemberId { get; private set; }

    public Team? Team { get; private set; }

    public Member? Member { get; private set; }
}
