using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Data.Seeds;

/// <summary>Customers that are written together, with the interactions that hang on them.</summary>
internal sealed class LoadChunk(DateTime now)
{
    public List<Customer> Customers { get; } = [];

    public List<Interaction> Interactions { get; } = [];

    /// <summary>For each interaction, the place of its customer in <see cref="Customers"/>.</summary>
    public List<int> CustomerOf { get; } = [];

    public int Rows => Customers.Count + Interactions.Count;

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

/// <summary>Deals the interactions out to the customers, few to most and many to few, so that exactly as many are dealt as were asked for.</summary>
internal sealed class InteractionShares
{
    private readonly Chance chance;
    private readonly long interactions;
    private readonly double total;
    private double weight;
    private long dealt;

    public InteractionShares(int seed, int customers, long interactions)
    {
        // the same draws twice: once for their sum, once to deal
        var sum = new Chance(seed + 1);
        for (var i = 0; i < customers; i++) total += sum.Pareto();
        (chance, this.interactions) = (new Chance(seed + 1), interactions);
    }

    public int Next()
    {
        weight += chance.Pareto();
        var upTo = Math.Min(interactions, (long)Math.Round(interactions * (weight / total)));
        var share = (int)(upTo - dealt);
        dealt = upTo;
        return share;
    }
}
