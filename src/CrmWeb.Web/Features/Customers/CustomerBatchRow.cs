using System.Text.Json;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Web.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers;

/// <summary>Customers to make or change, each with its external id.</summary>
[Example("""{"items":[{"externalId":"C-1001","name":"Ava Stern","stage":"customer"},{"externalId":"C-1002","name":"Ben Ode","email":"no address"}]}""")]
public sealed record CustomerBatchInput
{
    public IReadOnlyList<JsonElement>? Items { get; init; }
}

[Example("""{"items":[{"row":0,"externalId":"C-1001","outcome":"changed","id":41,"errors":null},{"row":1,"externalId":"C-1002","outcome":"refused","id":null,"errors":{"email":["“no address” is not an e-mail address."]}}],"created":0,"changed":1,"same":0,"refused":1}""")]
public sealed record CustomerBatchAnswer(IReadOnlyList<BatchResult> Items, int Created, int Changed, int Same, int Refused);

/// <summary>A row of a batch: what it says, whom it means, what becomes of it.</summary>
internal sealed class CustomerBatchRow(int number) : BatchRow<CustomerInput>(number)
{
    /// <summary>The fields that the row names.</summary>
    public IReadOnlyList<DetailField> Given { get; private set; } = [];

    public bool HasTags { get; private set; }

    public Customer? Stored { get; set; }

    public CustomerDetails? After { get; set; }

    public bool HasChanged { get; set; }

    public Dictionary<string, string> NewTags { get; set; } = [];

    public List<long> GoneTags { get; } = [];

    public override void Take(CustomerInput input)
    {
        List<string> named = [.. Said.EnumerateObject().Select(property => property.Name)];
        (Given, HasTags) = ([.. named.Select(DetailField.Find).OfType<DetailField>()], named.Contains("tags", StringComparer.Ordinal));
        base.Take(input);
    }

    /// <summary>Whether the row says something of a custom field.</summary>
    public bool Names(CustomField field) => Input?.Custom is { ValueKind: JsonValueKind.Object } custom && custom.TryGetProperty(field.Key, out _);
}

/// <summary>Who and what the rows of a batch may name, asked for once for all of them (T3).</summary>
internal sealed class CustomerBatchReferences
{
    private readonly HashSet<long> members = [];
    private HashSet<long> teams = [];
    private HashSet<long> organisations = [];
    private HashSet<long> tiers = [];

    public static async Task<CustomerBatchReferences> Load(CrmDb db, List<CustomerBatchRow> rows, CancellationToken stop)
    {
        List<long> Named(Func<CustomerInput, long?> of) => [.. rows.Select(row => of(row.Input!)).OfType<long>().Distinct()];
        var (owners, teams, organisations) = (Named(i => i.OwnerId), Named(i => i.TeamId), Named(i => i.OrganisationId));
        var known = new CustomerBatchReferences();
        known.members.Add(db.Current.Actor.MemberId);
        if (owners.Count > 0) known.members.UnionWith(await db.Members.Where(m => owners.Contains(m.Id) && m.DeactivatedAt == null).Select(m => m.Id).ToListAsync(stop));
        if (teams.Count > 0) known.teams = [.. await db.Teams.Where(t => teams.Contains(t.Id)).Select(t => t.Id).ToListAsync(stop)];
        if (organisations.Count > 0)
            known.organisations = [.. await db.Customers.Where(c => organisations.Contains(c.Id) && c.Kind == CustomerKind.Organisation).Select(c => c.Id).ToListAsync(stop)];
        if (Named(i => i.ServiceTierId) is { Count: > 0 } tiers) known.tiers = [.. await db.ServiceTiers.Where(t => tiers.Contains(t.Id)).Select(t => t.Id).ToListAsync(stop)];
        return known;
    }

    /// <summary>The changed fields that name nobody. The actor may name themselves, asked for or not.</summary>
    public IEnumerable<string> Missing(CustomerDetails after, IReadOnlyCollection<DetailField> changed, long? own)
    {
        foreach (var field in changed)
        {
            var there = field.Name switch
            {
                "ownerId" => after.OwnerId is not { } owner || members.Contains(owner),
                "teamId" => after.TeamId is not { } team || teams.Contains(team),
                "serviceTierId" => after.ServiceTierId is not { } tier || tiers.Contains(tier),
                "organisationId" => after.OrganisationId is not { } organisation || (organisation != own && organisations.Contains(organisation)),
                _ => true,
            };
            if (!there) yield return field.Name;
        }
    }
}
