using System.Text.Json;

namespace CrmWeb.Domain.Customers.Merges;

/// <summary>What a merge changed. Kept beside it.</summary>
/// <param name="Before">What the survivor said.</param>
/// <param name="After">What the merge wrote.</param>
public sealed record MergeRecord(CustomerDetails Before, CustomerDetails After)
{
    /// <summary>Columns of the survivor that follow from what was typed, by what was known then: the country of the numbers, the clock.</summary>
    public string? EmailNormal { get; init; }

    public string? PhoneNormal { get; init; }

    public DateTime StageChangedAt { get; init; }

    public DateTime UpdatedAt { get; init; }

    /// <summary>Tags that the survivor got.</summary>
    public IReadOnlyList<long> Tags { get; init; } = [];

    /// <summary>Of the other one, which the survivor may have now.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Rows that pointed to the other one and point to the survivor now: their ids by the relation.</summary>
    public IReadOnlyDictionary<string, long[]> Moved { get; init; } = new Dictionary<string, long[]>(StringComparer.Ordinal);

    public string Write() => JsonSerializer.Serialize(this);

    public static MergeRecord Read(string json) => JsonSerializer.Deserialize<MergeRecord>(json)!;
}
