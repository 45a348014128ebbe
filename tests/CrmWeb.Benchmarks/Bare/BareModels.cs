namespace CrmWeb.Benchmarks.Bare;

/// <summary>What a row of the customer list shows by default.</summary>
public sealed record BareRow(long Id, int Kind, string Name, string? Organisation, int Stage, string? Email, string? Phone, string? Owner, DateTime? LastInteractionAt);

/// <summary>What the page of a customer shows.</summary>
public sealed record BareCustomer(
    long Id, int Kind, string Name, string? Email, string? Phone, string? Website, string? Street, string? City, string? Region, string? PostalCode, string? Country,
    string? Industry, int Stage, DateTime StageChangedAt, string? Source, string? Description, string? ExternalId, string? Owner, string? Team, long? OrganisationId, string? Organisation,
    DateTime CreatedAt, DateTime UpdatedAt, DateTime? LastInteractionAt);

public sealed record BareInteraction(long Id, DateTime OccurredAt, int Channel, int Direction, int Outcome, int? Minutes, string? Subject, string? Body, string Member);

public sealed record BareTask(long Id, string Title, DateTime At, string Owner);

public sealed record BareEvent(long Id, DateTime OccurredAt, string Kind, string? Member);

public sealed record BareRelated(long Id, string Name, string? Reach);

public sealed record BarePage(
    BareCustomer Customer, IReadOnlyList<string> Contacts, IReadOnlyList<string> Tags, IReadOnlyList<BareTask> Open, IReadOnlyList<BareInteraction> Planned,
    IReadOnlyList<BareRelated> Related, IReadOnlyList<BareInteraction> Past, IReadOnlyList<BareTask> Done, IReadOnlyList<BareEvent> Events);
