using CrmWeb.Domain.Customers;
using Microsoft.AspNetCore.Identity;

namespace CrmWeb.Data.Identity;

/// <summary>A login. Its places in tenants are <see cref="Domain.Tenants.Member"/> rows.</summary>
public sealed class AppUser : IdentityUser<long>
{
    public DateTime CreatedAt { get; init; }
}

/// <summary>One signed-in browser. The cookie names it, each request looks it up, so that ending it ends it on every node at once.</summary>
public sealed class UserSession
{
    public const int DeviceLength = 120;

    /// <summary>How long it is kept after it ended or was last used; longer than any cookie lives.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(28);

    private UserSession() { }

    public UserSession(long userId, string device, DateTime now)
    {
        Id = Guid.CreateVersion7(new DateTimeOffset(now, TimeSpan.Zero));
        UserId = userId;
        Device = device.Length > DeviceLength ? device[..DeviceLength] : device;
        CreatedAt = LastSeenAt = now;
    }

    public Guid Id { get; private set; }

    public long UserId { get; private set; }

    public AppUser? User { get; private set; }

    /// <summary>Browser and system in words: "Firefox on Windows".</summary>
    public string Device { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    /// <summary>To the minute.</summary>
    public DateTime LastSeenAt { get; set; }

    public DateTime? EndedAt { get; set; }
}

/// <summary>A key of the ring that protects cookies and tokens, shared by all nodes.</summary>
public sealed class ProtectionKey
{
    public const int NameLength = 100;

    public long Id { get; private set; }

    public required string Name { get; init; }

    public required string Xml { get; init; }
}

/// <summary>A mail waiting to go out. The row is deleted once the transport has taken it, and with it the links inside.</summary>
public sealed class OutgoingMail
{
    public const int ToLength = 254;
    public const int SubjectLength = 300;
    public const int UrlLength = 1000;
    public const int MaxAttempts = 10;

    private OutgoingMail() { }

    /// <exception cref="ArgumentException">Address or subject could smuggle a header in, or the address is none.</exception>
    public OutgoingMail(string to, string subject, string text, string html, DateTime now)
    {
        if (!EmailAddress.TryNormalise(to, out var address)) throw new ArgumentException("This is no mail address.", nameof(to));
        if (subject.Length is 0 or > SubjectLength || subject.Any(char.IsControl)) throw new ArgumentException("A subject is one line.", nameof(subject));
        (To, Subject, Text, Html) = (address, subject, text, html);
        CreatedAt = DueAt = now;
    }

    public long Id { get; private set; }

    public string To { get; private set; } = "";

    public string Subject { get; private set; } = "";

    public string Text { get; private set; } = "";

    public string Html { get; private set; } = "";

    /// <summary>Where a program may say, by one POST, that its reader wants no more of these (RFC 8058); null in a mail about the login.</summary>
    public string? UnsubscribeUrl { get; init; }

    public DateTime CreatedAt { get; private set; }

    /// <summary>Not before this instant; pushed forward while a node holds it and after each failure.</summary>
    public DateTime DueAt { get; set; }

    public int Attempts { get; set; }
}
