using CrmWeb.Domain.Customers;
using CrmWeb.Web.Platform.Tenancy;

namespace CrmWeb.Web.Features.Customers;

/// <summary>What is known about one customer.</summary>
/// <param name="CadenceDays">How often they should hear from us, by their stage or by the tier that counts; null without a rule.</param>
public sealed record CustomerSheet(
    long Id, CustomerKind Kind, string Name, string? Email, string? Phone, string? Website, string? Street, string? City, string? Region, string? PostalCode,
    string? Country, string? Industry, string? Language, Channel? PreferredChannel, LifecycleStage Stage, DateTime StageChangedAt, string? Source, string? Description,
    string? ExternalId, long? OwnerId, string? Owner, string? Team, long? OrganisationId, string? Organisation, DateTime CreatedAt, DateTime UpdatedAt,
    DateTime? LastInteractionAt, int? CadenceDays, CustomerFollow Follow, CustomerWorth Worth, long? ServiceTierId, long? EffectiveTierId)
{
    /// <summary>The name of the service tier that counts, be it out of use.</summary>
    public string? Tier { get; init; }

    /// <summary>The tier says how often, not the stage.</summary>
    public bool TierRules { get; init; }

    /// <summary>The member's day on which the next contact is due by the cadence that counts, counted from the last one, or from the creation.</summary>
    public (DateOnly On, bool IsDue)? NextContact(CurrentMember me)
    {
        if (CadenceDays is not { } days) return null;
        var last = DateOnly.FromDateTime(me.ToLocal(LastInteractionAt ?? CreatedAt));
        return (ContactRhythm.DueAfter(days, last), last < ContactRhythm.DueBefore(days, me.Today));
    }

    public IEnumerable<string> PlaceLines()
    {
        if (Street is not null) yield return Street;
        var town = string.Join(' ', new[] { PostalCode, City }.OfType<string>());
        if (town.Length > 0) yield return town;
        var land = string.Join(", ", new[] { Region, Country is null ? null : Countries.NameOf(Country) }.OfType<string>());
        if (land.Length > 0) yield return land;
    }
}

/// <summary>Who follows the customer, as far as its page says.</summary>
/// <param name="Said">What the reader said of it; null when nothing.</param>
/// <param name="OwnerFollows">Whether the owner follows what they own and said nothing else of this one.</param>
/// <param name="Others">How many said that they follow.</param>
public sealed record CustomerFollow(bool? Said, bool OwnerFollows, int Others)
{
    public int Count => Others + (OwnerFollows ? 1 : 0);

    public bool IsFollowed(long? ownerId, long me) => Said ?? (ownerId == me && OwnerFollows);
}

/// <summary>Somebody connected with the customer: who works there, or a colleague.</summary>
public sealed record RelatedCustomer(long Id, CustomerKind Kind, string Name, string? Email, string? Phone);

public sealed record TagName(long Id, string Name);

public sealed record OpenTask(long Id, string Title, DateOnly DueOn, Priority Priority, string Owner);
