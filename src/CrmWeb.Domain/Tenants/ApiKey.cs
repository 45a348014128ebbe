namespace CrmWeb.Domain.Tenants;

/// <summary>
/// Lets a program act as a member: with the member's roles of the moment, narrowed to the scopes of the key. The secret is told once and only its
/// hash is kept.
/// </summary>
public sealed class ApiKey : TenantOwned
{
    /// <summary>What a secret begins with, so that a scanner of code finds one that was left lying about.</summary>
    public const string Prefix = "crm_";

    public const int NameLength = 80;
    public const int ScopesLength = 400;
    public const int HintLength = 12;
    public const int HashLength = 64;

    /// <summary>The use of a key is noted this often and no more.</summary>
    public static readonly TimeSpan UsedEvery = TimeSpan.FromMinutes(1);

    /// <summary>How long a revocation can be taken back; later on, a key that leaked must not come to life again.</summary>
    public static readonly TimeSpan Undo = TimeSpan.FromMinutes(10);

    /// <summary>How long a key stays in the list after it expired or was revoked.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private const char Between = ' ';

    private ApiKey() { }

    /// <param name="scopes">Permissions.</param>
    /// <param name="hint">The first letters of the secret, by which its owner recognises it.</param>
    public ApiKey(long memberId, string name, IEnumerable<string> scopes, string hash, string hint, DateTime now, DateTime? expiresAt)
    {
        (MemberId, Name, Scopes) = (memberId, name.Trim(), string.Join(Between, scopes));
        (Hash, Hint, CreatedAt, ExpiresAt) = (hash, hint, now, expiresAt);
    }

    public long MemberId { get; private set; }

    public Member? Member { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>Permissions, with blanks between them.</summary>
    public string Scopes { get; private set; } = "";

    /// <summary>SHA-256 of the secret, in hexadecimal.</summary>
    public string Hash { get; private set; } = "";

    public string Hint { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    /// <summary>To a minute.</summary>
    public DateTime? LastUsedAt { get; private set; }

    public DateTime? ExpiresAt { get; private set; }

    public DateTime? RevokedAt { get; private set; }

    public bool MayBeRestored(DateTime now) => RevokedAt is { } at && now - at < Undo;

    public void Revoke(DateTime now) => RevokedAt ??= now;

    /// <summary>Takes a revocation back: the same secret works again.</summary>
    public void Restore() => RevokedAt = null;
}
