using System.Linq.Expressions;
using System.Text.Json.Nodes;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Platform.Api;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers;

/// <summary>A customer as the API tells it.</summary>
[Example("""{"id":41,"kind":"person","name":"Ava Stern","email":"ava@bluedoor.example","phone":"+49 30 1234567","website":null,"street":null,"city":"Berlin","region":null,"postalCode":null,"country":"DE","industry":null,"language":"German","preferredChannel":"email","stage":"lead","stageChangedAt":"2026-11-22T09:30:00Z","source":"web form","description":null,"externalId":"C-1001","ownerId":3,"teamId":null,"organisationId":40,"serviceTierId":null,"effectiveTierId":null,"createdAt":"2026-11-22T09:30:00Z","updatedAt":"2026-11-22T09:30:00Z","lastInteractionAt":null,"archivedAt":null,"orderCount":2,"totalSpent":149.80,"margin":61.20,"serviceCost":18.50,"contactCost":2.10,"profit":40.60,"serviceMinutes":35,"averageOrder":74.90,"openDealsValue":0,"currency":"EUR","firstOrderAt":"2026-03-02T10:00:00Z","lastOrderAt":"2026-10-14T16:20:00Z","daysBetweenOrders":226,"rfmRecency":4,"rfmFrequency":2,"rfmMonetary":3,"alivePercent":78,"expectedOrders":1.36,"predictedValue":84.10,"openDeals":0,"openCases":1,"lastInboundAt":null,"lastOutboundAt":null,"interactionsIn90Days":0,"otherEmails":[],"otherPhones":[],"tags":["VIP"],"custom":{"favourite_roast":"Dark"}}""")]
public sealed record CustomerJson(
    long Id, CustomerKind Kind, string Name, string? Email, string? Phone, string? Website, string? Street, string? City, string? Region, string? PostalCode,
    string? Country, string? Industry, string? Language, Channel? PreferredChannel, LifecycleStage Stage, DateTime StageChangedAt, string? Source, string? Description,
    string? ExternalId, long? OwnerId, long? TeamId, long? OrganisationId, long? ServiceTierId, long? EffectiveTierId, DateTime CreatedAt, DateTime UpdatedAt, DateTime? LastInteractionAt, DateTime? ArchivedAt)
{
    public int OrderCount { get; init; }

    /// <summary>All amounts are in <see cref="Currency"/>.</summary>
    public decimal TotalSpent { get; init; }

    public decimal? Margin { get; init; }

    /// <summary>What the logged minutes cost; null without a contact, or when the cost of one is not known.</summary>
    public decimal? ServiceCost { get; init; }

    /// <summary>What the contacts cost by their channels; likewise.</summary>
    public decimal? ContactCost { get; init; }

    /// <summary>The margin without both costs; null when one of the three is not known.</summary>
    public decimal? Profit { get; init; }

    /// <summary>Minutes logged with contacts.</summary>
    public long ServiceMinutes { get; init; }

    public decimal? AverageOrder { get; init; }

    public decimal OpenDealsValue { get; init; }

    /// <summary>The tenant's own.</summary>
    public string Currency { get; init; } = "";

    public DateTime? FirstOrderAt { get; init; }

    public DateTime? LastOrderAt { get; init; }

    public int? DaysBetweenOrders { get; init; }

    /// <summary>Fifths of the buyers, 1 to 5, as of last night.</summary>
    public int? RfmRecency { get; init; }

    public int? RfmFrequency { get; init; }

    public int? RfmMonetary { get; init; }

    /// <summary>How likely it is that they still buy.</summary>
    public int? AlivePercent { get; init; }

    /// <summary>Days with a purchase that are expected within a year.</summary>
    public double? ExpectedOrders { get; init; }

    /// <summary>What stays of them, discounted.</summary>
    public decimal? PredictedValue { get; init; }

    public int OpenDeals { get; init; }

    public int OpenCases { get; init; }

    public DateTime? LastInboundAt { get; init; }

    public DateTime? LastOutboundAt { get; init; }

    public int InteractionsIn90Days { get; init; }

    public IReadOnlyList<string> OtherEmails { get; init; } = [];

    public IReadOnlyList<string> OtherPhones { get; init; } = [];

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Values of your own fields by their keys: those that are filled in and that the member sees.</summary>
    public JsonObject Custom { get; init; } = [];

    public CustomerJson Worth(CustomerWorth worth, string currency) => this with
    {
        OrderCount = worth.OrderCount,
        TotalSpent = Domain.Tenants.Currency.ToMajor(worth.TotalSpent, currency),
        Margin = Major(worth.Margin, currency),
        ServiceCost = Major(worth.ServiceCost, currency),
        ContactCost = Major(worth.ContactCost, currency),
        Profit = Major(worth.Profit, currency),
        ServiceMinutes = worth.ServiceMinutes,
        AverageOrder = Major(worth.AverageOrder, currency),
        OpenDealsValue = Domain.Tenants.Currency.ToMajor(worth.OpenDealsValue, currency),
        Currency = currency,
        FirstOrderAt = worth.FirstOrderAt,
        LastOrderAt = worth.LastOrderAt,
        DaysBetweenOrders = worth.DaysBetweenOrders,
        RfmRecency = worth.RfmRecency,
        RfmFrequency = worth.RfmFrequency,
        RfmMonetary = worth.RfmMonetary,
        AlivePercent = worth.AlivePercent,
        ExpectedOrders = worth.ExpectedOrders,
        PredictedValue = Major(worth.PredictedValue, currency),
        OpenDeals = worth.OpenDeals,
        OpenCases = worth.OpenCases,
        LastInboundAt = worth.LastInboundAt,
        LastOutboundAt = worth.LastOutboundAt,
        InteractionsIn90Days = worth.InteractionsIn90Days,
    };

    private static decimal? Major(long? minor, string currency) => minor is { } amount ? Domain.Tenants.Currency.ToMajor(amount, currency) : null;
}

/// <summary>What is read of a customer for the API, in one query; contact points and tags come in one each for a whole page.</summary>
internal sealed record CustomerReading(CustomerJson Json, CustomerWorth Worth, string NameNormal, int Version)
{
    private static readonly string[] Lifted = [TenantScoping.DeletedFilter];

    /// <summary>An organisation that the member may not see, or that is archived, is not named.</summary>
    public static readonly Expression<Func<Customer, CustomerReading>> Of = c => new CustomerReading(
        new CustomerJson(
            c.Id, c.Kind, c.Name, c.Email, c.Phone, c.Website, c.Street, c.City, c.Region, c.PostalCode, c.Country, c.Industry, c.Language, c.PreferredChannel,
            c.Stage, c.StageChangedAt, c.Source, c.Description, c.ExternalId, c.OwnerId, c.TeamId, c.Organisation!.Id, c.ServiceTierId, c.EffectiveTierId, c.CreatedAt, c.UpdatedAt, c.LastInteractionAt, c.DeletedAt),
        new CustomerWorth(
            c.LastInboundAt, c.LastOutboundAt, c.InteractionsIn90Days, c.OrderCount, c.FirstOrderAt, c.LastOrderAt, c.TotalSpent, c.Margin, c.AverageOrder,
            c.DaysBetweenOrders, c.OpenDeals, c.OpenDealsValue, c.OpenCases, c.RfmRecency, c.RfmFrequency, c.RfmMonetary,
            c.ServiceMinutes, c.ServiceCost, c.ContactCost, c.Profit, c.AlivePercent, c.ExpectedOrders, c.PredictedValue),
        c.NameNormal, c.Version);

    /// <summary>Where the next page goes on; the tier or the value of a custom field that is sorted by is read for this row alone.</summary>
    public async Task<string> Cursor(CrmDb db, CustomerSort sort, CancellationToken stop)
    {
        var (id, tier) = (Json.Id, Json.EffectiveTierId);
        var place = sort.By == CustomerOrder.Tier && tier is not null ? await db.ServiceTiers.Where(t => t.Id == tier).Select(t => (int?)t.Position).SingleOrDefaultAsync(stop) : null;
        if (sort.Field is not { } field) return CustomerCursor.Of(sort.By, NameNormal, Json.CreatedAt, Json.LastInteractionAt, Worth, place, id).ToString();
        var values = await CustomShown.Read(db, [Json.Id], [field], stop);
        return CustomShown.Cursor(values[Json.Id], field, Json.Id).ToString();
    }

#pragma warning disable CA1309, CA1310, MA0001 // compared by the database, byte by byte

    // the list as programs walk it most: everything there is, by name. The first page begins after nothing
    private static readonly CompiledQuery<Func<CrmDb, string, long, int, IAsyncEnumerable<CustomerReading>>> ByName = new(() =>
        EF.CompileAsyncQuery((CrmDb db, string name, long id, int count) => db.Customers
            .Where(c => string.Compare(c.NameNormal, name) >= 0 && (string.Compare(c.NameNormal, name) > 0 || c.Id > id))
            .OrderBy(c => c.NameNormal).ThenBy(c => c.Id).Take(count).AsNoTracking().Select(Of)));

#pragma warning restore CA1309, CA1310, MA0001

    // of customers who may be seen, archived ones among them where they were asked for
    private static readonly CompiledQuery<Func<CrmDb, long[], IAsyncEnumerable<Held<string>>>> TagsOf = new(() =>
        EF.CompileAsyncQuery((CrmDb db, long[] ids) => db.CustomerTags.IgnoreQueryFilters(Lifted).Where(t => ids.Contains(t.CustomerId))
            .OrderBy(t => t.Tag!.NameNormal).Select(t => new Held<string>(t.CustomerId, t.Tag!.Name))));

    private static readonly CompiledQuery<Func<CrmDb, long[], IAsyncEnumerable<Held<Point>>>> PointsOf = new(() =>
        EF.CompileAsyncQuery((CrmDb db, long[] ids) => db.ContactPoints.IgnoreQueryFilters(Lifted).Where(p => ids.Contains(p.CustomerId))
            .Select(p => new Held<Point>(p.CustomerId, new Point(p.Kind, p.Id, p.Value)))));

    /// <summary>The rows that follow a key, one more than asked for.</summary>
    public static async Task<List<CustomerReading>> Next(CrmDb db, CurrentMember me, CustomerQuery query, CustomerCursor? from, int size, CancellationToken stop)
    {
        var plain = query is { Filter.Conditions.Count: 0, Search: null, Meant: null } && query.Sort == CustomerSort.Default && db.Current.Actor.SeesAll;
        return plain
            ? await ByName.For(db)(db, from?.Name ?? "", from?.Id ?? 0, size + 1).ToListAsync(stop)
            : await CustomerList.Next(await query.Customers(db, me, stop), Of, query.Sort, from, backwards: false, stop, size);
    }

    /// <summary>The same with what hangs on them. The caller has made sure that these customers may be seen.</summary>
    public static async Task<List<CustomerReading>> Whole(CrmDb db, List<CustomerReading> rows, CustomFieldSet fields, string currency, CancellationToken stop)
    {
        if (rows.Count == 0) return rows;
        long[] ids = [.. rows.Select(row => row.Json.Id)];
        var tags = (await TagsOf.For(db)(db, ids).ToListAsync(stop)).ToLookup(t => t.CustomerId, t => t.What);
        var points = (await PointsOf.For(db)(db, ids).ToListAsync(stop)).ToLookup(p => p.CustomerId, p => p.What);
        List<long> asked = [.. fields.All.Select(field => field.Id)];
        var custom = fields.IsEmpty ? [] : await db.Seen(db.CustomValues).IgnoreQueryFilters(Lifted).AsNoTracking().Where(v => ids.Contains(v.CustomerId) && asked.Contains(v.FieldId)).ToListAsync(stop);
        var values = custom.ToLookup(v => v.CustomerId);
        IReadOnlyList<string> Values(long id, ContactPointKind kind) => [.. points[id].Where(p => p.Kind == kind).OrderBy(p => p.Id).Select(p => p.Value)];
        return rows.ConvertAll(row => row with
        {
            Json = row.Json.Worth(row.Worth, currency) with
            {
                Tags = [.. tags[row.Json.Id]],
                OtherEmails = Values(row.Json.Id, ContactPointKind.Email),
                OtherPhones = Values(row.Json.Id, ContactPointKind.Phone),
                Custom = CustomJson.Write(CustomValue.Typed([.. values[row.Json.Id].OrderBy(v => v.Id)], fields), fields),
            },
        });
    }

    private sealed record Held<T>(long CustomerId, T What);

    private sealed record Point(ContactPointKind Kind, long Id, string Value);
}
