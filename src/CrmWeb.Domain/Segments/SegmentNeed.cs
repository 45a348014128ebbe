using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Segments;

/// <param name="Importance">1 to 5; 5 matters most.</param>
/// <param name="Evidence">How it is known: a survey, interviews, sales.</param>
public sealed record SegmentNeedDetails(string Need, int Importance, string? Evidence)
{
    public SegmentNeedDetails Tidy() => new(Need.Trim(), Importance, string.IsNullOrWhiteSpace(Evidence) ? null : Evidence.Trim());
}

/// <summary>Something that the customers of a segment need. A row comes and goes; it does not change.</summary>
public sealed class SegmentNeed : TenantOwned
{
    public const int NeedLength = 300;
    public const int EvidenceLength = 1_000;
    public const int MostImportant = 5;

    /// <summary>Of a segment.</summary>
    public const int Most = 50;

    private SegmentNeed() { }

    public SegmentNeed(SegmentNeedDetails details) => (Need, Importance, Evidence) = (details.Need, details.Importance, details.Evidence);

    public long SegmentId { get; private set; }

    public Segment? Segment { get; private set; }

    public string Need { get; private set; } = "";

    public int Importance { get; private set; }

    public string? Evidence { get; private set; }

    public SegmentNeedDetails Details => new(Need, Importance, Evidence);
}

/// <summary>A product that fits the customers of a segment. A row comes and goes; it does not change.</summary>
public sealed class SegmentProduct : TenantOwned
{
    /// <summary>Of a segment.</summary>
    public const int Most = 100;

    private SegmentProduct() { }

    public SegmentProduct(long productId) => ProductId = productId;

    public long SegmentId { get; private set; }

    public Segment? Segment { get; private set; }

    public long ProductId { get; private set; }

    public Sales.Product? Product { get; private set; }
}

/// <summary>The rule of a segment names another one: that one is refreshed before, and is not deleted.</summary>
public sealed class SegmentUse : TenantOwned
{
    private SegmentUse() { }

    public SegmentUse(long usedId) => UsedId = usedId;

    public long SegmentId { get; private set; }

    public Segment? Segment { get; private set; }

    public long UsedId { get; private set; }

    public Segment? Used { get; private set; }
}
