using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers;

/// <summary>
/// A person or an organisation the tenant deals with. Lead, prospect and so on are stages of it, not other types. A person may belong to an
/// organisation. What can be edited is one value, <see cref="CustomerDetails"/>; the rest of the row is kept by the system.
/// </summary>
public sealed partial class Customer : TenantOwned, IVersioned, IDeletable
{
    private Customer() { }

    public Customer(CustomerDetails details, DateTime now)
    {
        CreatedAt = now;
        Change(details, now);
    }

    public CustomerKind Kind { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary><see cref="Name"/> folded by <see cref="SearchText.Fold"/>: what lists are ordered and matched by.</summary>
    public string NameNormal { get; private set; } = "";

    /// <summary>The first mail address as typed; further ones are <see cref="ContactPoints"/>.</summary>
    public string? Email { get; private set; }

    public string? EmailNormal { get; private set; }

    /// <summary>The first phone number as typed; further ones are <see cref="ContactPoints"/>.</summary>
    public string? Phone { get; private set; }

    public string? PhoneNormal { get; private set; }

    public string? Website { get; private set; }

    public string? Street { get; private set; }

    public string? City { get; private set; }

    public string? Region { get; private set; }

    public string? PostalCode { get; private set; }

    /// <summary>ISO 3166 alpha-2 where the country is known, else the text as typed.</summary>
    public string? Country { get; private set; }

    public string? Industry { get; private set; }

    /// <summary>Language the customer is spoken to in, as typed ("de", "Persian").</summary>
    public string? Language { get; private set; }

    public Channel? PreferredChannel { get; private set; }

    public LifecycleStage Stage { get; private set; }

    /// <summary>
    /// When the customer came to its stage. Approximate where the undo of a bulk edit put back a stage from before there was a history: then since there is the customer.
    /// </summary>
    public DateTime StageChangedAt { get; private set; }

    /// <summary>Where the customer came from: "trade fair", "web form".</summary>
    public string? Source { get; private set; }

    public string? Description { get; private set; }

    /// <summary>The id in the system the customer came from; unique in a tenant when set.</summary>
    public string? ExternalId { get; private set; }

    public long? OwnerId { get; private set; }

    public Member? Owner { get; private set; }

    public long? TeamId { get; private set; }

    public Team? Team { get; private set; }

    public long? OrganisationId { get; private set; }

    public Customer? Organisation { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime UpdatedAt { get; private set; }

    /// <summary>When anything changed that segments judge by: the details, the tags, a fact, or what it follows from; null where that is longer ago than it is kept.</summary>
    public DateTime? ChangedAt { get; private set; }

    /// <summary>Set while the customer is archived.</summary>
    public DateTime? DeletedAt { get; private set; }

    /// <summary>The customer that this one was merged into: its old address leads there. Set together with <see cref="DeletedAt"/>.</summary>
    public long? MergedIntoId { get; private set; }

    public Customer? MergedInto { get; private set; }

    /// <summary>The import that made this row, so that it can be reverted.</summary>
    public long? ImportId { get; private set; }

    /// <summary>The way the customer came in; null where nobody knows any more.</summary>
    public Via? Origin { get; private set; }

    /// <summary>What service somebody promised to them; null: whatever their segments promise.</summary>
    public long? ServiceTierId { get; private set; }

    public ServiceTier? ServiceTier { get; private set; }

    /// <summary>The tier that counts: their own, else the best that their segments give (decision 0025).</summary>
    public long? EffectiveTierId { get; private set; }

    public ServiceTier? EffectiveTier { get; private set; }

    public int Version { get; private set; }

    public List<ContactPoint> ContactPoints { get; private set; } = [];

    public List<CustomerTag> Tags { get; private set; } = [];

    public List<CustomValue> CustomValues { get; private set; } = [];

    public List<Interaction> Interactions { get; private set; } = [];

    public List<CustomerEvent> Events { get; private set; } = [];

    /// <summary>Takes over what was typed or imported, with its normal forms. Contact points must be loaded, and the values of the custom fields that the details speak of; tags are not part of it.</summary>
    public void Change(CustomerDetails details, DateTime now)
    {
        var d = details.Tidy();
        if (d.Stage != Stage || StageChangedAt == default) StageChangedAt = now;
        if (d.ServiceTierId != ServiceTierId) EffectiveTierId = d.ServiceTierId;

        (Kind, Name, NameNormal) = (d.Kind, d.Name, SearchText.Fold(d.Name));
        (Email, EmailNormal) = (d.Email, ContactPoint.Normalise(ContactPointKind.Email, d.Email, d.PhoneCountry));
        (Phone, PhoneNormal) = (d.Phone, ContactPoint.Normalise(ContactPointKind.Phone, d.Phone, d.PhoneCountry));
        (Website, Street, City, Region, PostalCode, Country) = (d.Website, d.Street, d.City, d.Region, d.PostalCode, d.Country);
        (Industry, Language, PreferredChannel, Stage, Source) = (d.Industry, d.Language, d.PreferredChannel, d.Stage, d.Source);
        (Description, ExternalId) = (d.Description, d.ExternalId);
        (OwnerId, TeamId, OrganisationId, ServiceTierId) = (d.OwnerId, d.TeamId, d.OrganisationId, d.ServiceTierId);
        (UpdatedAt, ChangedAt) = (now, now);

        ContactPoint.Replace(ContactPoints, ContactPointKind.Email, d.OtherEmails, d.PhoneCountry);
        ContactPoint.Replace(ContactPoints, ContactPointKind.Phone, d.OtherPhones, d.PhoneCountry);
        CustomValue.Replace(CustomValues, d.Custom, d.CustomFields);
    }

    /// <summary>Notes a contact, past or planned, with the event that journeys and webhooks read. The facts follow in the same transaction.</summary>
    public Interaction Log(InteractionDetails details, long memberId, DateTime now)
    {
        var interaction = new Interaction(this, details, memberId, now);
        Interactions.Add(interaction);
        Events.Add(new CustomerEvent(details.IsPlanned ? CustomerEvent.InteractionPlanned : CustomerEvent.InteractionLogged, memberId, now));
        return interaction;
    }

    /// <summary>A planned contact of this customer took place; <paramref name="memberId"/> says so.</summary>
    public void TookPlace(Interaction planned, Outcome outcome, long memberId, DateTime now)
    {
        planned.TookPlace(outcome, now);
        Events.Add(new CustomerEvent(CustomerEvent.InteractionLogged, memberId, now));
    }

    /// <summary>Something that journeys and webhooks read, in the transaction of the fact.</summary>
    public void Happened(string kind, long? memberId, DateTime at) => Events.Add(new CustomerEvent(kind, memberId, at));

    /// <summary>The change of the stage was none after all: the customer is in it since then.</summary>
    public void IsInStageSince(DateTime at) => StageChangedAt = at;

    public void Archive(DateTime now) => DeletedAt ??= now;

    public void Restore() => DeletedAt = null;

    /// <param name="givesExternalId">The survivor has the external id from now on, for no two may have it.</param>
    public void MergeInto(Customer survivor, bool givesExternalId, DateTime now)
    {
        (MergedIntoId, DeletedAt) = (survivor.Id, now);
        if (givesExternalId) ExternalId = null;
    }

    /// <summary>Is a customer of its own again.</summary>
    public void ComeApart(string? externalId) => (MergedIntoId, DeletedAt, ExternalId) = (null, null, externalId);

    public void CameFrom(long importId) => (ImportId, Origin) = (importId, Via.Import);

    /// <summary>Nothing where it is known.</summary>
    public void CameBy(Via way) => Origin ??= way;
}
