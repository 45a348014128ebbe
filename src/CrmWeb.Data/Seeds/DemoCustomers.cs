using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Data.Seeds;

/// <summary>The demo's customers with what happened to them over the last year, and what there is to do.</summary>
internal sealed class DemoCustomers(CrmDb db, List<Member> members, List<Team> teams, DemoFields fields, Chance chance, DateTime now)
{
    private const int Organisations = 120;
    private const int Employees = 95;
    private const int Private = 85;

    private static readonly (string Country, int Weight)[] Countries =
        [("DE", 40), ("IR", 14), ("AT", 8), ("GB", 8), ("CH", 6), ("NL", 5), ("FR", 5), ("TR", 4), ("DK", 3), ("IT", 3), ("US", 3), ("PL", 1)];

    private static readonly string[] TagNames =
        ["Wholesale", "Newsletter", "Office coffee", "Subscription", "Café", "VIP", "Trade fair", "Machine rental", "Price sensitive", "Fair trade", "مشتری ویژه"];

    private readonly MadeUpCustomers names = new(chance, Countries);
    private readonly MadeUpContacts contacts = new(chance, now);
    private readonly List<(Customer Customer, string Language)> all = [];

    // by their place in DemoTenant: manager, sales and service care for customers
    private Member Manager => members[1];
    private Member Sales => members[3];
    private Member Service => members[4];
    private Member Nasrin => members[6];
    private Member Leonie => members[7];

    public async Task Make(CancellationToken stop)
    {
        var tags = TagNames.Select(name => new Tag(name)).ToList();
        for (var i = 0; i < Organisations; i++) Add(Named(() => (names.Organisation(out var page), page.Language)), teams[0], tags);
        await db.SaveChangesAsync(stop);

        var firms = all.Select(entry => entry.Customer).ToList();
        for (var i = 0; i < Employees; i++)
        {
            var firm = chance.Common(firms);
            Add(Named(() => (names.Person(out var page, CustomerDetails.Of(firm)) with { OrganisationId = firm.Id, Stage = firm.Stage }, page.Language)), teams[0], tags, firm.OwnerId);
        }

        for (var i = 0; i < Private; i++) Add(Named(() => (names.Person(out var page), page.Language)), teams[1], tags);
        Plan();
        await db.SaveChangesAsync(stop);
        AddTasks();
        await db.SaveChangesAsync(stop);
    }

    // in so few, a second customer of the same name would look like a mistake
    private (CustomerDetails, string) Named(Func<(CustomerDetails Details, string Language)> draw)
    {
        var drawn = draw();
        while (all.Exists(entry => entry.Customer.Name == drawn.Details.Name)) drawn = draw();
        return drawn;
    }

    private void Add((CustomerDetails Details, string Language) drawn, Team team, List<Tag> tags, long? ownerId = null)
    {
        var owner = ownerId ?? Owner(team, drawn.Language);
        var since = now.AddDays(-chance.Between(20, 380));
        var details = drawn.Details with
        {
            OwnerId = owner,
            TeamId = team == teams[1] && chance.Is(0.2) ? null : team.Id,
            OtherPhones = chance.Is(0.12) && drawn.Details.Country is { } country ? [chance.Digits(NameBook.Pages[country]["p"][0])] : [],
            Description = chance.Is(0.2) ? chance.Of(Phrases.Bodies(drawn.Language)) : null,
        };
        var customer = new Customer(fields.Fill(details), since);
        foreach (var tag in Enumerable.Range(0, chance.Weighted((0, 4), (1, 4), (2, 2))).Select(_ => chance.Common(tags)).Distinct()) customer.Tags.Add(new CustomerTag(tag));
        foreach (var contact in Enumerable.Range(0, Contacts(details.Stage)).Select(_ => contacts.Past(since, drawn.Language)))
            customer.Log(contact, By(owner, contact), contact.OccurredAt);
        db.Customers.Add(customer);
        all.Add((customer, drawn.Language));
    }

    private int Contacts(LifecycleStage stage) => stage switch
    {
        LifecycleStage.Lead => chance.Between(0, 3),
        LifecycleStage.Prospect => chance.Between(1, 7),
        LifecycleStage.Dormant or LifecycleStage.Churned => chance.Between(1, 5),
        _ => (int)chance.Pareto(28) + chance.Between(3, 8),
    };

    private long? Owner(Team team, string language)
    {
        if (chance.Is(0.06)) return null;
        if (language == "fa") return Nasrin.Id;
        return team == teams[0]
            ? chance.Weighted((Sales.Id, 6), (Leonie.Id, 3), (Manager.Id, 1))
            : chance.Weighted((Nasrin.Id, 3), (Leonie.Id, 4), (Sales.Id, 3));
    }

    private long By(long? owner, InteractionDetails contact) =>
        contact.Outcome == Outcome.Resolved || (contact.Channel == Channel.Chat && chance.Is(0.7)) ? Service.Id : owner ?? Sales.Id;

    private void Plan()
    {
        var open = all.Where(entry => entry.Customer is { OwnerId: not null, Stage: not LifecycleStage.Churned }).ToList();
        for (var i = 0; i < 36; i++)
        {
            var (customer, language) = chance.Of(open);
            customer.Log(contacts.Planned(i < 4 ? 0 : chance.Between(1, 18), language), customer.OwnerId!.Value, now);
        }
    }

    private void AddTasks()
    {
        var today = DateOnly.FromDateTime(now);
        var workers = members.Where(member => !member.Roles.HasFlag(Role.Viewer)).ToList();
        foreach (var (worker, n) in workers.SelectMany(worker => Enumerable.Range(0, worker == Sales ? 14 : 7).Select(n => (worker, n))))
        {
            var own = all.Where(entry => entry.Customer.OwnerId == worker.Id).Select(entry => entry.Customer).ToList();
            var due = today.AddDays((n % 4) switch { 0 => -chance.Between(1, 9), 1 => 0, 2 => chance.Between(1, 4), _ => chance.Between(5, 25) });
            var task = new CrmTask(chance.Of(Phrases.Tasks), due, worker.Id, chance.Is(0.8) ? worker.Id : Manager.Id, now.AddDays(-chance.Between(10, 20)))
            {
                Priority = chance.Weighted((Priority.Normal, 7), (Priority.High, 2), (Priority.Low, 1)),
                Repeat = chance.Weighted((Repeat.Never, 12), (Repeat.Weekly, 1), (Repeat.Monthly, 2)),
                CustomerId = chance.Is(0.85) ? chance.Of(own.Count > 0 ? own : [.. all.Select(entry => entry.Customer)]).Id : null,
                Note = chance.Is(0.25) ? chance.Of(Phrases.Bodies("en")) : null,
            };
            if (n % 7 == 6) task.Complete(now.AddDays(-1), today);
            db.Tasks.Add(task);
        }
    }
}
