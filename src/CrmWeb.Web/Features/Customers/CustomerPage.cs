using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Features.Shared.Files;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers;

/// <summary>Everything the page of a customer shows, in a fixed number of queries whatever the customer has behind it.</summary>
public sealed record CustomerPage(
    CustomerSheet Customer, IReadOnlyList<ContactPoint> OtherContacts, IReadOnlyList<TagName> Tags, IReadOnlyList<OpenTask> Tasks,
    IReadOnlyList<InteractionRow> Planned, IReadOnlyList<RelatedCustomer> Related, IReadOnlyList<RelatedCustomer> Duplicates, CustomFieldSet Custom, IReadOnlyList<CustomShown> CustomValues, CustomerFiles Files, CustomerTimeline? Timeline = null)
{
    /// <summary>In each of the last months; empty without an order.</summary>
    public IReadOnlyList<SpendingSpan> Spending { get; init; } = [];

    /// <summary>What they might buy next; empty without an order.</summary>
    public IReadOnlyList<CustomerOffer> Offers { get; init; } = [];

    /// <summary>Where they are now.</summary>
    public IReadOnlyList<InSegment> Segments { get; init; } = [];

    /// <summary>The segments that give the tier that counts; none where it was given by hand.</summary>
    public IEnumerable<InSegment> TierFrom => Customer is { ServiceTierId: null, EffectiveTierId: { } tier } ? Segments.Where(segment => segment.TierId == tier) : [];

    /// <summary>Steps and related people shown; the rest is a click away.</summary>
    public const int MaxShown = 5;

    private static readonly CompiledQuery<Func<CrmDb, long, long, CancellationToken, Task<CustomerSheet?>>> Sheet = new(() =>
        EF.CompileAsyncQuery((CrmDb db, long id, long me, CancellationToken stop) => db.Customers.Where(c => c.Id == id).Select(c => new CustomerSheet(
            c.Id, c.Kind, c.Name, c.Email, c.Phone, c.Website, c.Street, c.City, c.Region, c.PostalCode, c.Country, c.Industry, c.Language, c.PreferredChannel,
            c.Stage, c.StageChangedAt, c.Source, c.Description, c.ExternalId, c.OwnerId, c.Owner!.Name, c.Team!.Name, c.Organisation!.Id, c.Organisation!.Name,
            c.CreatedAt, c.UpdatedAt, c.LastInteractionAt,
            db.ContactCadences.Where(cadence => cadence.Stage == c.Stage).Select(cadence => (int?)cadence.Days).FirstOrDefault(),
            new CustomerFollow(
                db.Follows.Where(f => f.CustomerId == c.Id && f.MemberId == me).Select(f => (bool?)f.IsOn).FirstOrDefault(),
                c.OwnerId != null && c.Owner!.FollowsOwned && !db.Follows.Any(f => f.CustomerId == c.Id && f.MemberId == c.OwnerId),
                db.Follows.Count(f => f.CustomerId == c.Id && f.IsOn && f.Member!.DeactivatedAt == null)),
            new CustomerWorth(
                c.LastInboundAt, c.LastOutboundAt, c.InteractionsIn90Days, c.OrderCount, c.FirstOrderAt, c.LastOrderAt, c.TotalSpent, c.Margin, c.AverageOrder,
                c.DaysBetweenOrders, c.OpenDeals, c.OpenDealsValue, c.OpenCases, c.RfmRecency, c.RfmFrequency, c.RfmMonetary,
                c.ServiceMinutes, c.ServiceCost, c.ContactCost, c.Profit, c.AlivePercent, c.ExpectedOrders, c.PredictedValue), c.ServiceTierId, c.EffectiveTierId)).SingleOrDefault()));

    private static readonly CompiledQuery<Func<CrmDb, long, IAsyncEnumerable<ContactPoint>>> ContactsOf = new(() =>
        EF.CompileAsyncQuery((CrmDb db, long id) => db.ContactPoints.AsNoTracking().Where(p => p.CustomerId == id).OrderBy(p => p.Kind).ThenBy(p => p.Id).Select(p => p)));

    private static readonly CompiledQuery<Func<CrmDb, long, IAsyncEnumerable<TagName>>> TagsOf = new(() =>
        EF.CompileAsyncQuery((CrmDb db, long id) => db.CustomerTags.Where(t => t.CustomerId == id).OrderBy(t => t.Tag!.NameNormal).Select(t => new TagName(t.TagId, t.Tag!.Name))));

    private static readonly CompiledQuery<Func<CrmDb, long, IAsyncEnumerable<OpenTask>>> TasksOf = new(() =>
        EF.CompileAsyncQuery((CrmDb db, long id) => db.Tasks.Where(t => t.CustomerId == id && t.DoneAt == null).OrderBy(t => t.DueOn).ThenBy(t => t.Id).Take(MaxShown)
            .Select(t => new OpenTask(t.Id, t.Title, t.DueOn, t.Priority, t.Owner!.Name))));

    private static readonly CompiledQuery<Func<CrmDb, long, IAsyncEnumerable<InteractionRow>>> PlannedWith = new(() =>
        EF.CompileAsyncQuery((CrmDb db, long id) => db.Interactions.AsSingleQuery().Where(i => i.CustomerId == id && i.IsPlanned).OrderBy(i => i.OccurredAt).ThenBy(i => i.Id).Take(MaxShown)
            .Select(InteractionRow.OfCustomer)));

    private static readonly CompiledQuery<Func<CrmDb, long, long, IAsyncEnumerable<RelatedCustomer>>> RelatedTo = new(() =>
        EF.CompileAsyncQuery((CrmDb db, long organisation, long id) => db.Customers.Where(c => c.OrganisationId == organisation && c.Id != id)
            .OrderBy(c => c.NameNormal).ThenBy(c => c.Id).Take(MaxShown + 1).Select(c => new RelatedCustomer(c.Id, c.Kind, c.Name, c.Email, c.Phone))));

    private static readonly CompiledQuery<Func<CrmDb, long, IAsyncEnumerable<CustomShown>>> ValuesOf = new(() =>
        EF.CompileAsyncQuery((CrmDb db, long id) => db.CustomValues.AsNoTracking().Where(v => v.CustomerId == id)
            .Select(v => new CustomShown(v, v.Member!.Name, db.Customers.Where(c => c.Id == v.ReferenceId).Select(c => c.Name).FirstOrDefault(), null))));

    private static readonly CompiledQuery<Func<CrmDb, long, IAsyncEnumerable<InSegment>>> SegmentsOf = new(() =>
        EF.CompileAsyncQuery((CrmDb db, long id) => db.Memberships.Where(m => m.CustomerId == id && m.LeftAt == null && m.Segment!.DeletedAt == null).OrderBy(m => m.Segment!.NameNormal)
            .Select(m => new InSegment(m.SegmentId, m.Segment!.Name, m.EnteredAt, m.Segment.ServiceTierId))));

    public static Task<bool> Exists(CrmDb db, long id, CancellationToken stop) => db.Customers.AnyAsync(c => c.Id == id, stop);

    /// <summary>Null when there is no such customer, or none that the member may see.</summary>
    public static async Task<CustomerPage?> Read(CrmDb db, CurrentMember me, long id, CustomFieldSet custom, CancellationToken stop)
    {
        if (await Sheet.For(db)(db, id, me.Id, stop) is not { } customer) return null;
        var contacts = await ContactsOf.For(db)(db, id).ToListAsync(stop);
        var tags = await TagsOf.For(db)(db, id).ToListAsync(stop);
        var tasks = await TasksOf.For(db)(db, id).ToListAsync(stop);
        var planned = await PlannedWith.For(db)(db, id).ToListAsync(stop);
        var organisation = customer.Kind == CustomerKind.Organisation ? id : customer.OrganisationId;
        var related = organisation is { } its ? await RelatedTo.For(db)(db, its, id).ToListAsync(stop) : [];
        var normals = contacts.Select(p => p.Normal).Append(ContactPoint.Normalise(ContactPointKind.Email, customer.Email, null))
            .Append(ContactPoint.Normalise(ContactPointKind.Phone, customer.Phone, me.Pass.Country));
        var duplicates = await CustomerDuplicates.Find(db, normals, id, stop);
        var values = custom.IsEmpty ? [] : await ValuesOf.For(db)(db, id).ToListAsync(stop);
        if (customer.EffectiveTierId is { } counts)
        {
            var tier = await db.ServiceTiers.IgnoreQueryFilters([TenantScoping.DeletedFilter]).AsNoTracking().SingleAsync(t => t.Id == counts, stop);
            customer = customer with { Tier = tier.Name, CadenceDays = tier.CadenceDays ?? customer.CadenceDays, TierRules = tier.CadenceDays is not null };
        }

        return new(customer, contacts, tags, tasks, planned, related, duplicates, custom, [.. values.Where(value => custom.ById(value.Row.FieldId) is not null)],
            await CustomerFiles.Read(db, id, null, CustomerFiles.Few, stop))
        {
            Segments = await SegmentsOf.For(db)(db, id).ToListAsync(stop),
            Spending = customer.Worth.OrderCount > 0 ? await CustomerSpending.ByMonth(db, me, id, stop) : [],
            Offers = customer.Worth.OrderCount > 0 ? await CustomerOffers.Read(db, id, stop) : [],
        };
    }
}

/// <summary>A segment that the customer is in.</summary>
/// <param name="TierId">The service tier that it gives.</param>
public sealed record InSegment(long Id, string Name, DateTime Since, long? TierId);
