using CrmWeb.Data.Duplicates;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Imports;

namespace CrmWeb.Web.Features.Imports;

/// <summary>A customer that rows of a batch speak of, as it is going to be.</summary>
internal sealed class Slot(Customer? stored, CustomerDetails details)
{
    /// <summary>Null for a new one.</summary>
    public Customer? Stored { get; } = stored;

    public CustomerDetails Details { get; set; } = details;

    public DateTime? CreatedAt { get; init; }

    /// <summary>Tags to be given, folded name and name.</summary>
    public Dictionary<string, string> NewTags { get; } = new(StringComparer.Ordinal);

    public bool IsChanged { get; set; }
}

/// <summary>What becomes of a row.</summary>
internal sealed record PlannedRow(ReadRow Read, RowOutcome Outcome, Slot? Slot = null, CustomerDetails? Before = null, CustomerDetails? After = null)
{
    public IReadOnlyList<string> NewTags { get; init; } = [];

    /// <summary>Who was there already and likely is the same.</summary>
    public LikelyDuplicate? Likely { get; init; }
}

/// <summary>What a batch of rows is going to do; nothing of it is written yet.</summary>
internal sealed class BatchPlan
{
    public List<PlannedRow> Rows { get; } = [];

    public List<Slot> Slots { get; } = [];

    /// <summary>Organisations to be made because rows name them, by a negative number that stands for the id until there is one.</summary>
    public Dictionary<long, CustomerDetails> Organisations { get; } = [];

    /// <summary>Those of the numbers that stand for an organisation which is a row of the batch itself.</summary>
    public Dictionary<long, Slot> OrganisationRows { get; } = [];

    public int LikelyCount => Rows.Count(row => row.Likely is not null);

    public int Count(RowOutcome outcome) => Rows.Count(row => row.Outcome == outcome);
}
