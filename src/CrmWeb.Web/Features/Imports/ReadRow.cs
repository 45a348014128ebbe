using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Imports;

namespace CrmWeb.Web.Features.Imports;

/// <summary>A row of the file as what it says of a customer.</summary>
/// <param name="Row">As it stands in the file.</param>
/// <param name="Details">What it says; the rest is as for a new customer.</param>
/// <param name="Given">The fields that the row has a value for.</param>
public sealed record ReadRow(FileRow Row, CustomerDetails Details, IReadOnlyList<DetailField> Given)
{
    /// <summary>The name of the organisation the person belongs to.</summary>
    public string? Organisation { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Customers that custom fields name, by external id or name; looked up for all rows of a batch at once.</summary>
    public IReadOnlyList<(CustomField Field, string Text)> References { get; init; } = [];

    public DateTime? CreatedAt { get; init; }

    /// <summary>Why it does not come in; more may be found out when it is matched.</summary>
    public List<Refusal> Refusals { get; init; } = [];

    public bool IsRefused => Refusals.Count > 0;
}
