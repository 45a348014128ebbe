namespace CrmWeb.Domain.Customers;

/// <summary>What lists, segments and numbers ask for all the time, kept by statements in the transaction of the fact or by night (decision 0004): nothing here is set in memory.</summary>
public sealed partial class Customer
{
    /// <summary>When the latest interaction that took place happened. Kept in the transaction of the interaction.</summary>
    public DateTime? LastInteractionAt { get; private set; }

    /// <summary>When they were last in contact with us, of their own accord.</summary>
    public DateTime? LastInboundAt { get; private set; }

    /// <summary>When we were last in contact with them.</summary>
    public DateTime? LastOutboundAt { get; private set; }

    /// <summary>Contacts that took place in the 90 days before the fact was last computed: with each contact, and every night.</summary>
    public int InteractionsIn90Days { get; private set; }

    /// <summary>Minutes logged with contacts that took place.</summary>
    public long ServiceMinutes { get; private set; }

    /// <summary>What these minutes cost, in minor units of the tenant's currency; null without a contact, or when the cost of some contact is not known.</summary>
    public long? ServiceCost { get; private set; }

    /// <summary>What the contacts themselves cost by their channels; likewise.</summary>
    public long? ContactCost { get; private set; }

    /// <summary>
    /// The margin without the cost of service and contacts, in minor units of the tenant's currency. Who never bought brought no margin. Null while the tenant said
    /// nothing of costs, when one of the three is not known, and of customers with neither an order nor a contact.
    /// </summary>
    public long? Profit { get; private set; }

    /// <summary>Orders that did not come back. So are all facts of orders.</summary>
    public int OrderCount { get; private set; }

    public DateTime? FirstOrderAt { get; private set; }

    public DateTime? LastOrderAt { get; private set; }

    /// <summary>Minor units of the tenant's currency.</summary>
    public long TotalSpent { get; private set; }

    /// <summary>What was spent without what it cost the tenant, in minor units of its currency; null when the cost of some order is not known.</summary>
    public long? Margin { get; private set; }

    /// <summary>Minor units of the tenant's currency, rounded; null without an order.</summary>
    public long? AverageOrder { get; private set; }

    /// <summary>Whole days between two orders on the average, rounded; null with fewer than two.</summary>
    public int? DaysBetweenOrders { get; private set; }

    public int OpenDeals { get; private set; }

    /// <summary>Of the open deals, in minor units of the tenant's currency.</summary>
    public long OpenDealsValue { get; private set; }

    public int OpenCases { get; private set; }

    /// <summary>The fifth of the buyers by how lately they bought, 1 to 5, as of last night (<see cref="Rfm"/>); likewise by how often and how much. Null for who did not buy.</summary>
    public int? RfmRecency { get; private set; }

    public int? RfmFrequency { get; private set; }

    public int? RfmMonetary { get; private set; }

    /// <summary>How likely it is that they still buy, in percent, as of the end of the last fit (<c>ClvModel</c>); null for who did not buy by then.</summary>
    public int? AlivePercent { get; private set; }

    /// <summary>Days with a purchase that are expected in the year after; null likewise.</summary>
    public double? ExpectedOrders { get; private set; }

    /// <summary>What stays of them, discounted, in minor units of the tenant's currency; null likewise, or where it cannot be said what a purchase comes to.</summary>
    public long? PredictedValue { get; private set; }
}
