using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace CrmWeb.Web.Platform.Security;

/// <summary>The secret in a link: it is told once, and only its hash is kept.</summary>
public static class Secret
{
    private const int Bytes = 32;

    public static string New() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>SHA-256 in small hexadecimal letters. Enough for what is random itself; a password is hashed otherwise.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
