using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Data.Seeds;

/// <summary>Customers that are written together, with the interactions that hang on them.</summary>
internal sealed class LoadChunk(DateTime now)
{
    public List<Customer> Customers { get; } = [];

    public List<Interaction> Interactions { get; } = [];

    /// <summary>For each interaction, the place of its customer in <see cref="Customers"/>.</summary>
    public List<int> CustomerOf { get; } = [];

    public List<Order> Orders { get; } = [];

    /// <summary>For each order, the place of its customer in <see cref="Customers"/>.</summary>
    public List<int> BuyerOf { get; } = [];

    public int Rows => Customers.Count + Interactions.Count + Orders.Count;

    /// <summary>The customer that was added last buys.</summary>
    public void Buy(int orders, MadeUpOrders drawn)
    {
        for (var i = 0; i < orders; i++)
        {
            Orders.Add(drawn.Draw(Customers[^1].CreatedAt));
            BuyerOf.Add(Customers.Count - 1);
        }
    }

    public void Add(Customer customer, string language, int contacts, MadeUpContacts drawn, IReadOnlyList<Member> members, Chance chance)
    {
        for (var i = 0; i < contacts; i++)
        {
            var planned = chance.Is(0.01);
            var details = planned ? drawn.Planned(chance.Between(1, 40), language) : drawn.Past(customer.CreatedAt, language);
            var by = customer.OwnerId is { } owner && chance.Is(0.8) ? owner : chance.Common(members).Id;
            Interactions.Add(customer.Log(details, by, planned ? now : details.OccurredAt));
            CustomerOf.Add(Customers.Count);
        }

        // the rows stand in the lists above; events of a made-up past would set off what reacts to events
        customer.Interactions.Clear();
        customer.Events.Clear();
        Customers.Add(customer);
    }
}

/// <summary>Deals interactions, or orders, out to the customers, few to most and many to few, so that exactly as many are dealt as were asked for.</summary>
internal sealed class Shares
{
    private readonly Chance chance;
    private readonly long rows;
    private readonly double total;
    private double weight;
    private long dealt;

    public Shares(int seed, int customers, long rows)
    {
        // the same draws twice: once for their sum, once to deal
        var sum = new Chance(seed + 1);
        for (var i = 0; i < customers; i++) total += sum.Pareto();
        (chance, this.rows) = (new Chance(seed + 1), rows);
    }

    public int Next()
    {
        weight += chance.Pareto();
        var upTo = Math.Min(rows, (long)Math.Round(rows * (weight / total)));
        var share = (int)(upTo - dealt);
        dealt = upTo;
        return share;
    }
}
