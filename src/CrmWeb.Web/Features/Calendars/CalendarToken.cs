using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CrmWeb.Web.Features.Calendars;

/// <summary>The secret in the address of a feed: 256 random bits, of which only the hash is kept.</summary>
internal static class CalendarToken
{
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
