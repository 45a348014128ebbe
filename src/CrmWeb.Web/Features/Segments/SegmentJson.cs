using System.Text.Json;
using System.Text.Json.Nodes;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Segments;
using CrmWeb.Web.Features.Segments.Building;
using CrmWeb.Web.Platform.Api;

namespace CrmWeb.Web.Features.Segments;

/// <summary>A need as the API tells and takes it.</summary>
public sealed record SegmentNeedJson
{
    public string? Need { get; init; }

    /// <summary>1 to 5.</summary>
    public int? Importance { get; init; }

    public string? Evidence { get; init; }
}

/// <summary>A segment as the API tells it. A rule over fields that the member does not see is not told.</summary>
[Example("""{"id":7,"name":"Quiet buyers","description":null,"kind":"dynamic","rule":"orderCount > 2 and lastInteraction < today-90d","tree":null,"ownerId":3,"memberCount":412,"refreshedAt":"2026-11-23T02:00:00Z","refreshFailedAt":null,"createdAt":"2026-11-22T09:30:00Z","valueProposition":null,"message":null,"offers":null,"preferredChannels":["email"],"serviceTierId":null,"needs":[{"need":"Answers within the day","importance":5,"evidence":"Interviews"}],"productIds":[7]}""")]
public sealed record SegmentJson(
    long Id, string Name, string? Description, SegmentKind Kind, string? Rule, JsonObject? Tree, long? OwnerId, int MemberCount, DateTime? RefreshedAt, DateTime? RefreshFailedAt,
    DateTime CreatedAt, string? ValueProposition, string? Message, string? Offers, IReadOnlyList<Channel> PreferredChannels, long? ServiceTierId, IReadOnlyList<SegmentNeedJson> Needs,
    IReadOnlyList<long> ProductIds)
{
    /// <param name="segment">With its needs and products.</param>
    /// <param name="rule">As the member reads it.</param>
    /// <param name="tree">Likewise, where it is asked for.</param>
    /// <param name="count">Of the members that they see.</param>
    public static SegmentJson Of(Segment segment, string? rule, JsonObject? tree, int count)
    {
        var card = SegmentCardForm.Of(segment);
        return new(
            segment.Id, segment.Name, segment.Description, segment.Kind, rule, tree, segment.OwnerId, count, segment.RefreshedAt, segment.RefreshFailedAt, segment.CreatedAt,
            card.ValueProposition, card.Message, card.Offers, card.PreferredChannels, card.ServiceTierId,
            card.Needs.ConvertAll(n => new SegmentNeedJson { Need = n.Need, Importance = n.Importance, Evidence = n.Evidence }), card.ProductIds);
    }
}

/// <summary>What a program may say about a segment. It becomes the forms of the pages, and is judged like them.</summary>
[Example("""{"name":"Quiet buyers","kind":"dynamic","rule":"orderCount > 2 and lastInteraction < today-90d"}""")]
public sealed record SegmentInput
{
    public string? Name { get; init; }
    public string? Description { get; init; }

    /// <summary>A segment keeps its kind.</summary>
    public SegmentKind? Kind { get; init; }

    /// <summary>Of a dynamic one.</summary>
    public string? Rule { get; init; }

    /// <summary>The rule as a tree of conditions, in place of the text.</summary>
    public JsonElement? Tree { get; init; }

    public long? OwnerId { get; init; }
    public string? ValueProposition { get; init; }
    public string? Message { get; init; }
    public string? Offers { get; init; }
    public IReadOnlyList<Channel>? PreferredChannels { get; init; }
    public long? ServiceTierId { get; init; }
    public IReadOnlyList<SegmentNeedJson>? Needs { get; init; }
    public IReadOnlyList<long>? ProductIds { get; init; }

    public static SegmentInput Of(SegmentJson segment) => new()
    {
        Name = segment.Name,
        Description = segment.Description,
        Kind = segment.Kind,
        Rule = segment.Rule,
        OwnerId = segment.OwnerId,
        ValueProposition = segment.ValueProposition,
        Message = segment.Message,
        Offers = segment.Offers,
        PreferredChannels = segment.PreferredChannels,
        ServiceTierId = segment.ServiceTierId,
        Needs = segment.Needs,
        ProductIds = segment.ProductIds,
    };

    public SegmentForm ToForm() => new() { Name = Name, Description = Description, Kind = Kind ?? SegmentKind.Dynamic, Rule = Rule, OwnerId = OwnerId };

    public SegmentCardForm ToCard() => new()
    {
        ValueProposition = ValueProposition,
        Message = Message,
        Offers = Offers,
        PreferredChannels = [.. PreferredChannels ?? []],
        ServiceTierId = ServiceTierId,
        // a row without words is passed over in the form of the page; here it is wrong, and so is null in place of one
        Needs = [.. (Needs ?? []).Select(n => new SegmentNeedForm { Need = n?.Need ?? "", Importance = n?.Importance, Evidence = string.IsNullOrWhiteSpace(n?.Need) ? "?" : n.Evidence })],
        ProductIds = [.. ProductIds ?? []],
    };
}

/// <summary>A rule, as text or as a tree of conditions.</summary>
[Example("""{"rule":"country in (\"DE\", \"FR\") and totalSpent > 1000"}""")]
public sealed record RuleInput
{
    public string? Rule { get; init; }

    public JsonElement? Tree { get; init; }
}

/// <summary>Whom a rule means, of those whom the member sees.</summary>
/// <param name="Reachable">How many of them have a mail address, and how many a phone number.</param>
[Example("""{"count":412,"reachable":{"email":390,"phone":201},"sample":[{"id":7,"name":"Ann Lee"}]}""")]
public sealed record PreviewJson(int Count, ReachableJson Reachable, IReadOnlyList<SampleJson> Sample)
{
    public static PreviewJson Of(RulePreview preview) => new(preview.Numbers.Count, new(preview.Numbers.ByMail, preview.Numbers.ByPhone), [.. preview.Samples.Select(one => new SampleJson(one.Id, one.Name))]);
}

public sealed record ReachableJson(int Email, int Phone);

public sealed record SampleJson(long Id, string Name);

[Example("""{"customerId":7,"name":"Ann Lee","enteredAt":"2026-11-22T09:30:00Z"}""")]
public sealed record SegmentMemberJson(long CustomerId, string Name, DateTime EnteredAt);

/// <summary>Whom to put on a list or take off it: one of the three.</summary>
[Example("""{"customerIds":[7,8]}""")]
public sealed record SegmentMembersInput
{
    /// <summary>Up to 1,000.</summary>
    public IReadOnlyList<long>? CustomerIds { get; init; }

    /// <summary>Whoever it means now.</summary>
    public string? Rule { get; init; }

    /// <summary>Whoever the import made or changed.</summary>
    public long? ImportId { get; init; }
}

/// <param name="Changed">How many customers came onto the list, or went off it.</param>
[Example("""{"changed":2}""")]
public sealed record TurnedJson(int Changed);

/// <summary>A refresh that was asked for; the segment says when it is done.</summary>
[Example("""{"jobId":12,"state":"waiting"}""")]
public sealed record RefreshJson(long JobId, Domain.Tenants.JobState State);

/// <summary>Why a customer is in a segment, or is not.</summary>
/// <param name="IsMember">Whether the customer is in it now.</param>
/// <param name="EnteredAt">Since when.</param>
/// <param name="Matches">Whether the rule means the customer at this moment; null of a list, and where the member may not read the rule.</param>
/// <param name="Explanation">Clause by clause; null likewise.</param>
[Example("""{"isMember":true,"enteredAt":"2026-11-22T09:30:00Z","matches":true,"explanation":{"clause":{"field":"totalSpent","operator":">","values":["1000"]},"isTrue":true,"seen":["1240.5"],"parts":null}}""")]
public sealed record ExplanationJson(bool IsMember, DateTime? EnteredAt, bool? Matches, ExplainedJson? Explanation);

/// <summary>A part of a rule.</summary>
/// <param name="Clause">As a tree; of parts that join others only the word, "all", "any" or "not".</param>
/// <param name="IsTrue">Whether it holds.</param>
/// <param name="Seen">The values that were compared.</param>
/// <param name="Parts">What it joins.</param>
public sealed record ExplainedJson(JsonNode Clause, bool IsTrue, IReadOnlyList<string>? Seen, IReadOnlyList<ExplainedJson>? Parts);
