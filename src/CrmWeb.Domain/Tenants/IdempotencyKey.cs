namespace CrmWeb.Domain.Tenants;

/// <summary>
/// The answer to a request that its sender marked with a key, so that sending it again gives the same answer and does nothing twice. Written in the
/// transaction of the work: either both are there or neither.
/// </summary>
public sealed class IdempotencyKey : TenantOwned
{
    public const int KeyLength = 255;
    public const int HashLength = 64;
    public const int HeaderLength = 2000;
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private IdempotencyKey() { }

    public IdempotencyKey(long apiKeyId, string key, string hash, DateTime now) => (ApiKeyId, Key, Hash, CreatedAt) = (apiKeyId, key, hash, now);

    /// <summary>Another key of the tenant may use the same word for something else.</summary>
    public long ApiKeyId { get; private set; }

    public ApiKey? ApiKey { get; private set; }

    public string Key { get; private set; } = "";

    /// <summary>SHA-256 of the address and the body.</summary>
    public string Hash { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    public int Status { get; set; }

    public string? Location { get; set; }

    public string? ETag { get; set; }

    public string? Answer { get; set; }
}
