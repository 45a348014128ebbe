namespace CrmWeb.Data.Identity;

/// <summary>
/// An organisation that somebody wants to register, until they confirm their mail. Tenant and login come into being with the confirmation: nobody
/// reserves an address, or a mail that is not theirs, by filling in a form. Only the hashes of the password and of the link's secret are kept.
/// </summary>
public sealed class Registration
{
    public const int HashLength = 64;
    public const int PasswordHashLength = 200;
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(2);

    /// <summary>How long one that expired can still be renewed; then it is forgotten.</summary>
    public static readonly TimeSpan KeptExpired = TimeSpan.FromDays(7);

    private Registration() { }

    public Registration(string email, string organisation, string slug, string name, string language, DateTime now)
    {
        (Email, Organisation, Slug, Name, Language) = (email, organisation.Trim(), slug, name.Trim(), language);
        CreatedAt = now;
        ExpiresAt = now + Lifetime;
    }

    public long Id { get; private set; }

    public string Email { get; private set; } = "";

    public string Organisation { get; private set; } = "";

    public string Slug { get; private set; } = "";

    /// <summary>Of the person.</summary>
    public string Name { get; private set; } = "";

    public string Language { get; private set; } = "";

    public string PasswordHash { get; set; } = "";

    /// <summary>SHA-256 of the secret in the link, in hexadecimal.</summary>
    public string TokenHash { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    public DateTime ExpiresAt { get; private set; }

    /// <summary>A new secret and a new term; the old link dies.</summary>
    public void Renew(string tokenHash, DateTime now) => (TokenHash, ExpiresAt) = (tokenHash, now + Lifetime);
}
