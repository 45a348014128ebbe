using CrmWeb.Data.Providers;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Seeds;

/// <param name="Done">Rows of all kinds written so far.</param>
public sealed record LoadProgress(long Done, long Total);

/// <summary>
/// Fills a tenant with any number of customers and interactions. Appends in chunks, each with its customers, their interactions and facts in one
/// transaction: what a broken-off load leaves behind is whole, and memory stays flat. The same seed on the same tenant writes the same.
/// </summary>
public sealed class TenantLoad(CrmDb db, DateTime now, int seed)
{
    private const int ChunkOfRows = 50_000;
    private const int Offered = 200;
    private const double OrganisationShare = 0.3;

    private static readonly (string Country, int Weight)[] Countries =
    [
        ("DE", 22), ("US", 18), ("GB", 10), ("IR", 9), ("FR", 8), ("ES", 5), ("IT", 5), ("NL", 4), ("AT", 3), ("CH", 3), ("PL", 3), ("TR", 3), ("BR", 2), ("JP", 2),
        ("BE", 1), ("DK", 1), ("FI", 1), ("IE", 1), ("NO", 1), ("PT", 1),
    ];

    private static readonly string[] TagNames = ["VIP", "Newsletter", "Wholesale", "Trade fair", "Partner", "Reference", "Price sensitive", "Renewal", "Event", "Beta", "Export", "Key account"];

    private readonly Chance chance = new(seed);
    private List<Member> members = [];
    private Dictionary<long, long?> teamOf = [];
    private List<Tag> tags = [];
    private bool costs;
    private readonly List<long> organisations = [];

    public async Task Run(int customers, long interactions, long orders, Action<LoadProgress> tell, CancellationToken stop)
    {
        await using var connection = await LongWrite.Begin(db, stop);
        await Prepare(stop);
        var shares = new Shares(seed, customers, interactions);
        var buying = new Shares(seed + 2, customers, orders);
        var sales = new MadeUpOrders(chance, now, await db.Tenants.Where(t => t.Id == db.Current.Id).Select(t => t.Currency).SingleAsync(stop));
        if (orders > 0) sales.Sell(await Products(sales, stop));
        var names = new MadeUpCustomers(chance, Countries);
        var contacts = new MadeUpContacts(chance, now);
        var (made, done) = (0, 0L);
        while (made < customers)
        {
            var chunk = new LoadChunk(now);
            while (made < customers && chunk.Rows < ChunkOfRows)
            {
                var organisation = made < customers * OrganisationShare;
                var details = organisation ? names.Organisation(out var page) : names.Person(out page);
                chunk.Add(Draw(details, organisation), page.Language, shares.Next(), contacts, members, chance);
                chunk.Buy(buying.Next(), sales);
                made++;
            }

            await Write(chunk, stop);
            done += chunk.Rows;
            tell(new LoadProgress(done, customers + interactions + orders));
        }

        await db.FillSearch(null, stop);
        await Statistics.CountAnew(db, stop);
        if (!await db.Segments.AnyAsync(stop)) await db.MakeSegments(now, stop);
        else await db.RefreshSegments(RefreshOf.All, (_, _) => Task.CompletedTask, stop);
    }

    private Customer Draw(CustomerDetails details, bool organisation)
    {
        var owner = chance.Is(0.92) ? chance.Common(members).Id : (long?)null;
        return new Customer(details with
        {
            OwnerId = owner,
            TeamId = owner is { } id ? teamOf.GetValueOrDefault(id) : null,
            OrganisationId = !organisation && organisations.Count > 0 && chance.Is(0.6) ? chance.Common(organisations) : null,
            Description = chance.Is(0.05) ? chance.Of(Phrases.Bodies("en")) : null,
        }, now.AddMinutes(-chance.Between(600, 4 * 365 * 24 * 60)));
    }

    private async Task Write(LoadChunk chunk, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.BulkInsert(chunk.Customers, stop);
        await db.BulkInsert(chunk.Interactions, [new(nameof(Interaction.CustomerId), i => chunk.Customers[chunk.CustomerOf[i]].Id)], stop);
        await db.BulkInsert(chunk.Orders, [new(nameof(Order.CustomerId), i => chunk.Customers[chunk.BuyerOf[i]].Id)], stop);
        var lines = chunk.Orders.SelectMany(order => order.Lines, (order, line) => (order, line)).ToList();
        await db.BulkInsert([.. lines.Select(one => one.line)], [new(nameof(OrderLine.OrderId), i => lines[i].order.Id)], stop);
        if (costs) await CostStatement.Write(db, chunk.Customers.Min(customer => customer.Id), chunk.Customers.Max(customer => customer.Id), stop);
        await db.ComputeFacts(chunk.Customers.Min(customer => customer.Id), chunk.Customers.Max(customer => customer.Id), stop);
        var marks = chunk.Customers.Where(_ => chance.Is(0.5)).Select(customer => (customer.Id, Tag: chance.Common(tags))).ToList();
        await db.BulkInsert(
            [.. marks.Select(mark => new CustomerTag(mark.Tag))],
            [new(nameof(CustomerTag.CustomerId), i => marks[i].Id), new(nameof(CustomerTag.TagId), i => marks[i].Tag.Id)], stop);
        await db.BulkInsert([.. chunk.Customers.Where(customer => customer.OwnerId is not null && chance.Is(0.03)).Select(Todo)], stop);
        await transaction.CommitAsync(stop);
        organisations.AddRange(chunk.Customers.Where(customer => customer.Kind == CustomerKind.Organisation).Select(customer => customer.Id));
    }

    private CrmTask Todo(Customer customer)
    {
        var owner = customer.OwnerId!.Value;
        return new CrmTask(chance.Of(Phrases.Tasks), DateOnly.FromDateTime(now).AddDays(chance.Between(-5, 30)), owner, owner, now) { CustomerId = customer.Id };
    }

    /// <summary>Members and tags of the tenant; a tenant with hardly anybody in it gets a staff, without passwords.</summary>
    private async Task Prepare(CancellationToken stop)
    {
        if (await db.Members.CountAsync(stop) < 5) await Hire(stop);
        members = await db.Members.Where(m => m.DeactivatedAt == null).OrderBy(m => m.Id).ToListAsync(stop);
        teamOf = (await db.TeamMemberships.ToListAsync(stop)).GroupBy(m => m.MemberId).ToDictionary(g => g.Key, g => (long?)g.Min(m => m.TeamId));
        costs = await db.CostRates.AnyAsync(stop);
        tags = await db.Tags.OrderBy(t => t.Id).ToListAsync(stop);
        var missing = TagNames.Select(name => new Tag(name)).Where(tag => tags.TrueForAll(t => t.NameNormal != tag.NameNormal)).ToList();
        db.Tags.AddRange(missing);
        await db.SaveChangesAsync(stop);
        tags.AddRange(missing);
        db.ChangeTracker.Clear();
    }

    private async Task<List<Product>> Products(MadeUpOrders sales, CancellationToken stop)
    {
        if (!await db.Products.AnyAsync(stop)) db.Products.AddRange(sales.Products(Offered));
        await db.SaveChangesAsync(stop);
        db.ChangeTracker.Clear();
        return await db.Products.AsNoTracking().OrderBy(p => p.Id).Take(Offered).ToListAsync(stop);
    }

    private async Task Hire(CancellationToken stop)
    {
        var page = NameBook.Pages["GB"];
        Team[] teams = [new("North"), new("South"), new("Online")];
        var taken = await db.Teams.Select(t => t.Name).ToListAsync(stop);
        db.Teams.AddRange(teams = [.. teams.Where(team => !taken.Contains(team.Name))]);
        var people = Enumerable.Range(1, 14).Select(n => (
            $"{chance.Common(page.Any("f", "m"))} {chance.Common(page["s"])}",
            $"member{n}-{Guid.NewGuid():N}@load.example",
            n <= 10 ? Role.Sales : n <= 12 ? Role.Service : Role.Manager, (string?)null)).ToList();
        var hired = await db.Hire(people, now, stop);
        if (teams.Length == 0) return;
        db.TeamMemberships.AddRange(hired.Select((member, i) => new TeamMembership(teams[i % teams.Length].Id, member.Id)));
        await db.SaveChangesAsync(stop);
    }
}
