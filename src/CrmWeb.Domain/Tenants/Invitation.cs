namespace CrmWeb.Domain.Tenants;

/// <summary>A place in a tenant offered by mail. The link holds a secret of which only the hash is kept; it works once, and until it expires.</summary>
public sealed class Invitation : TenantOwned
{
    public const int EmailLength = 254;
    public const int HashLength = 64;
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>How long it stays to be seen after its term.</summary>
    public static readonly TimeSpan KeptExpired = TimeSpan.FromDays(90);

    private Invitation() { }

    public Invitation(string email, Role roles, long? teamId, long invitedById, string tokenHash, DateTime now)
    {
        Email = email.Trim();
        Roles = roles;
        TeamId = teamId;
        InvitedById = invitedById;
        TokenHash = tokenHash;
        CreatedAt = now;
        ExpiresAt = now + Lifetime;
    }

    public string Email { get; private set; } = "";

    public Role Roles { get; private set; }

    public long? TeamId { get; private set; }

    public Team? Team { get; private set; }

    public long InvitedById { get; private set; }

    public Member? InvitedBy { get; private set; }

    /// <summary>SHA-256 of the secret, in hexadecimal.</summary>
    public string TokenHash { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    public DateTime ExpiresAt { get; private set; }

    public DateTime? AcceptedAt { get; private set; }

    public DateTime? RevokedAt { get; private set; }

    public bool IsOpen(DateTime now) => AcceptedAt is null && RevokedAt is null && now < ExpiresAt;

    public void Accept(DateTime now) => AcceptedAt = now;

    public void Revoke(DateTime now) => RevokedAt ??= now;

    /// <summary>A new secret and a new term; the old link dies.</summary>
    public void Renew(string tokenHash, DateTime now) => (TokenHash, ExpiresAt) = (tokenHash, now + Lifetime);
}
