using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Segments;

/// <summary>How a segment gets its members. Numbers are stored: add at the end, never renumber.</summary>
public enum SegmentKind
{
    /// <summary>By a rule, which is asked again and again.</summary>
    Dynamic = 0,

    /// <summary>By hand: a list.</summary>
    Static = 1,
}

/// <summary>Channels as a set.</summary>
[Flags]
public enum ChannelSet
{
    None = 0,
    Call = 1 << Channel.Call,
    Email = 1 << Channel.Email,
    Meeting = 1 << Channel.Meeting,
    Chat = 1 << Channel.Chat,
    Social = 1 << Channel.Social,
    Visit = 1 << Channel.Visit,
    Note = 1 << Channel.Note,
}

/// <summary>What a tenant means to do for a segment.</summary>
/// <param name="ServiceTierId">What service its customers are promised; null: nothing special.</param>
public sealed record SegmentCard(string? ValueProposition, string? Message, string? Offers, ChannelSet PreferredChannels, long? ServiceTierId)
{
    public static readonly SegmentCard Empty = new(null, null, null, ChannelSet.None, null);
}

/// <summary>
/// A cut of the tenant's customers. Who is in it are the <see cref="Membership"/>s of the whole tenant, kept by the refresh for a dynamic one and by people for a
/// static one; the numbers on the row go along with them, in the same transaction.
/// </summary>
public sealed class Segment : TenantOwned, IVersioned, IDeletable
{
    public const int NameLength = 120;
    public const int DescriptionLength = 2_000;

    /// <summary>Of a rule as it is stored.</summary>
    public const int RuleLength = 16_000;

    public const int TextLength = 4_000;

    /// <summary>In a tenant, but for those that are deleted.</summary>
    public const int Most = 500;

    private Segment() { }

    /// <param name="rule">As it is stored; null for a list.</param>
    public Segment(string name, string? description, string? rule, bool isTimeDriven, long? ownerId, DateTime now)
    {
        (Kind, CreatedAt, OwnerId) = (rule is null ? SegmentKind.Static : SegmentKind.Dynamic, now, ownerId);
        Describe(name, description, ownerId);
        if (rule is not null) Ask(rule, isTimeDriven);
    }

    public string Name { get; private set; } = "";

    /// <summary><see cref="Name"/> folded by <see cref="SearchText.Fold"/>: unique in a tenant among those that are not deleted.</summary>
    public string NameNormal { get; private set; } = "";

    public string? Description { get; private set; }

    public SegmentKind Kind { get; private set; }

    /// <summary>With ids in place of names; null for a list.</summary>
    public string? Rule { get; private set; }

    /// <summary>Of a list that was frozen: the rule that it had.</summary>
    public string? FrozenRule { get; private set; }

    /// <summary>The rule speaks of today: customers come and go by time alone.</summary>
    public bool IsTimeDriven { get; private set; }

    public long? OwnerId { get; private set; }

    public Member? Owner { get; private set; }

    public int MemberCount { get; private set; }

    /// <summary>When all customers were last judged, as of the beginning of it; null until the first time, and after the rule changed.</summary>
    public DateTime? RefreshedAt { get; private set; }

    /// <summary>Changes of customers up to then are taken into account.</summary>
    public DateTime? JudgedAt { get; private set; }

    /// <summary>The last try to judge all customers failed: the members are those of before. Null after a try that did not.</summary>
    public DateTime? RefreshFailedAt { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public string? ValueProposition { get; private set; }

    public string? Message { get; private set; }

    public string? Offers { get; private set; }

    public ChannelSet PreferredChannels { get; private set; }

    public long? ServiceTierId { get; private set; }

    public ServiceTier? ServiceTier { get; private set; }

    public DateTime? DeletedAt { get; private set; }

    public int Version { get; private set; }

    public List<SegmentNeed> Needs { get; private set; } = [];

    public List<SegmentProduct> Products { get; private set; } = [];

    /// <summary>The segments that its rule names.</summary>
    public List<SegmentUse> Uses { get; private set; } = [];

    public SegmentCard Card => new(ValueProposition, Message, Offers, PreferredChannels, ServiceTierId);

    public void Describe(string name, string? description, long? ownerId)
    {
        (Name, NameNormal) = (name.Trim(), SearchText.Fold(name));
        (Description, OwnerId) = (Text(description), ownerId);
    }

    /// <summary>Takes another rule. Who is in the segment is known after the next refresh.</summary>
    public void Ask(string rule, bool isTimeDriven)
    {
        if (Kind != SegmentKind.Dynamic) throw new InvalidOperationException("A list has no rule.");
        if (rule == Rule) return;
        (Rule, IsTimeDriven) = (rule, isTimeDriven);
        (RefreshedAt, JudgedAt, RefreshFailedAt) = (null, null, null);
    }

    /// <summary>Becomes a list of those who are in it now. The rule is kept for who wants it back.</summary>
    public void Freeze()
    {
        (Kind, FrozenRule, Rule, IsTimeDriven, RefreshFailedAt) = (SegmentKind.Static, Rule, null, false, null);
        Uses.Clear();
    }

    /// <summary>Asks the rule again that it had before it was frozen. Whoever was put on the list meanwhile stays only where the rule means them.</summary>
    public void Thaw(bool isTimeDriven)
    {
        if (FrozenRule is not { } rule) throw new InvalidOperationException("It was not frozen.");
        (Kind, FrozenRule) = (SegmentKind.Dynamic, null);
        Ask(rule, isTimeDriven);
    }

    public void Hold(SegmentCard card) => (ValueProposition, Message, Offers, PreferredChannels, ServiceTierId) =
        (Text(card.ValueProposition), Text(card.Message), Text(card.Offers), card.PreferredChannels, card.ServiceTierId);

    /// <summary>Needs and products must be loaded. What stays the same keeps its row.</summary>
    public void Hold(IReadOnlyCollection<SegmentNeedDetails> needs, IReadOnlyCollection<long> productIds)
    {
        List<SegmentNeedDetails> wanted = [.. needs.Select(need => need.Tidy()).Distinct()];
        Needs.RemoveAll(need => !wanted.Contains(need.Details));
        Needs.AddRange(wanted.Where(need => !Needs.Exists(there => there.Details == need)).Select(need => new SegmentNeed(need)));
        Products.RemoveAll(product => !productIds.Contains(product.ProductId));
        Products.AddRange(productIds.Distinct().Where(id => !Products.Exists(there => there.ProductId == id)).Select(id => new SegmentProduct(id)));
    }

    /// <summary>The rule names these segments; the rows must be loaded.</summary>
    public void Use(IReadOnlyCollection<long> segmentIds)
    {
        Uses.RemoveAll(use => !segmentIds.Contains(use.UsedId));
        Uses.AddRange(segmentIds.Distinct().Where(id => !Uses.Exists(there => there.UsedId == id)).Select(id => new SegmentUse(id)));
    }

    public void Delete(DateTime now) => DeletedAt ??= now;

    /// <summary>Nobody judged by its rule while it was away.</summary>
    public void Restore() => (DeletedAt, RefreshedAt, JudgedAt) = (null, null, null);

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
