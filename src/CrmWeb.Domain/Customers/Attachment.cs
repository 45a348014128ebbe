using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers;

/// <summary>What a file is, found by looking into it.</summary>
/// <param name="Name">As <see cref="FileName.Clean"/> has it.</param>
/// <param name="MediaType">Found by its bytes, whatever was claimed.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">In hexadecimal.</param>
/// <param name="StoredName">Random: nothing that a person typed is part of it.</param>
public sealed record FileFacts(string Name, string MediaType, long Size, string Sha256, string StoredName);

/// <summary>A file of a customer, and of one of its interactions where it came with one. The bytes lie outside of the database, by <see cref="StoredName"/>.</summary>
public sealed class Attachment : TenantOwned, IVersioned, IDeletable
{
    public const int MediaTypeLength = 100;
    public const int Sha256Length = 64;
    public const int StoredNameLength = 32;

    /// <summary>How long a deleted file can be brought back; then its bytes are gone.</summary>
    public static readonly TimeSpan KeptDeleted = TimeSpan.FromDays(30);

    private Attachment() { }

    public Attachment(long customerId, long? interactionId, FileFacts file, long? memberId, DateTime now)
    {
        (CustomerId, InteractionId, MemberId, AddedAt) = (customerId, interactionId, memberId, now);
        (Name, MediaType, Size, Sha256, StoredName) = (file.Name, file.MediaType, file.Size, file.Sha256, file.StoredName);
    }

    public long CustomerId { get; private set; }

    public Customer? Customer { get; private set; }

    public long? InteractionId { get; private set; }

    public Interaction? Interaction { get; private set; }

    public string Name { get; private set; } = "";

    public string MediaType { get; private set; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; private set; }

    public string Sha256 { get; private set; } = "";

    public string StoredName { get; private set; } = "";

    /// <summary>Who added it; null where no member stands behind it.</summary>
    public long? MemberId { get; private set; }

    public Member? Member { get; private set; }

    public DateTime AddedAt { get; private set; }

    public DateTime? DeletedAt { get; private set; }

    public int Version { get; private set; }

    public void Delete(DateTime now) => DeletedAt ??= now;

    public void Restore() => DeletedAt = null;
}
