using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CrmWeb.Web.Platform.Security;

/// <summary>The six digits of an authenticator app: RFC 6238 over SHA-1 with steps of 30 seconds, the form that every app understands.</summary>
public static class Totp
{
    private const int SecretBytes = 20;
    private const int Step = 30;
    private const int Window = 1;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>160 random bits in base 32.</summary>
    public static string NewSecret() => string.Concat(RandomNumberGenerator.GetItems<char>(Base32, SecretBytes * 8 / 5));

    /// <summary>The step whose code this is, looking one step to each side; null when it is none of them.</summary>
    public static long? StepOf(string secret, string code, DateTimeOffset now)
    {
        var current = now.ToUnixTimeSeconds() / Step;
        long? found = null;
        for (var step = current - Window; step <= current + Window; step++)
        {
            // every step is compared, in constant time
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Code(secret, step)), Encoding.UTF8.GetBytes(code))) found = step;
        }

        return found;
    }

    public static string Code(string secret, DateTimeOffset at) => Code(secret, at.ToUnixTimeSeconds() / Step);

    /// <summary>What an app reads from the QR code.</summary>
    public static string Uri(string secret, string email) =>
        $"otpauth://totp/CrmWeb:{System.Uri.EscapeDataString(email)}?secret={secret}&issuer=CrmWeb&digits=6&period=30";

    [SuppressMessage("Security", "CA5350", Justification = "RFC 6238 as authenticator apps implement it; HMAC-SHA1 is not weakened by collisions.")]
    private static string Code(string secret, long step)
    {
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        var hash = HMACSHA1.HashData(Bytes(secret), counter);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & 0x7fffffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Bytes(string secret)
    {
        var bytes = new List<byte>(SecretBytes);
        var (buffer, bits) = (0, 0);
        foreach (var letter in secret)
        {
            buffer = ((buffer << 5) | Base32.IndexOf(letter, StringComparison.Ordinal)) & 0xffff;
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            bytes.Add((byte)(buffer >> bits));
        }

        return [.. bytes];
    }
}
