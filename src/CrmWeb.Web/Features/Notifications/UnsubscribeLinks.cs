using System.Security.Cryptography;
using System.Text.Json;
using CrmWeb.Data;
using CrmWeb.Web.Platform.Security;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace CrmWeb.Web.Features.Notifications;

/// <summary>The link by which a reader of our mails stops them without signing in. It names the member, protected by the keys of the program, and opens nothing else.</summary>
public sealed class UnsubscribeLinks(IDataProtectionProvider protection, Site site)
{
    public const string Path = "/notifications/unsubscribe";
    private readonly IDataProtector protector = protection.CreateProtector("CrmWeb.NotificationMails");

    private sealed record Token(long Tenant, long Member);

    public string Of(TenantPass pass) => site.Url($"{Path}?token={WebEncoders.Base64UrlEncode(protector.Protect(JsonSerializer.SerializeToUtf8Bytes(new Token(pass.TenantId, pass.MemberId))))}");

    /// <summary>Null for what is no such link.</summary>
    public (long TenantId, long MemberId)? Read(string? token)
    {
        try
        {
            return string.IsNullOrEmpty(token) || JsonSerializer.Deserialize<Token>(protector.Unprotect(WebEncoders.Base64UrlDecode(token))) is not { } read ? null : (read.Tenant, read.Member);
        }
        catch (Exception e) when (e is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }
}
