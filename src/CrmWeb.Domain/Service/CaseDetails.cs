using CrmWeb.Domain.Customers;

namespace CrmWeb.Domain.Service;

/// <summary>What people say of a case.</summary>
public sealed record CaseDetails
{
    public CaseKind Kind { get; init; }
    public required string Subject { get; init; }
    public string? Description { get; init; }

    /// <summary>The way it came in.</summary>
    public Channel Channel { get; init; }
    public Priority Priority { get; init; } = Priority.Normal;
    public long? OwnerId { get; init; }
    public long? TeamId { get; init; }
    public long? ProductId { get; init; }
    public long? OrderId { get; init; }
}
