using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Api;

namespace CrmWeb.Web.Features.Deals;

/// <summary>A product on a deal; the price is in major units of the deal's currency.</summary>
public sealed record DealLineJson
{
    public long? ProductId { get; init; }
    public int? Quantity { get; init; }

    /// <summary>That of the product, unless said.</summary>
    public decimal? UnitPrice { get; init; }
}

/// <summary>A deal as the API tells it. Amounts are in major units; <c>baseAmount</c> is in the tenant's own currency.</summary>
[Example("""{"id":31,"name":"Espresso machines for the new hall","customerId":41,"pipelineId":1,"stageId":3,"state":"open","amount":12500.00,"currency":"EUR","baseAmount":12500.00,"probability":50,"category":"best-case","closeOn":"2026-12-18","ownerId":3,"teamId":null,"description":null,"lines":[],"reasonId":null,"reasonNote":null,"stageSince":"2026-11-20T08:00:00Z","closedAt":null,"createdAt":"2026-11-02T09:58:00Z","updatedAt":"2026-11-20T08:00:00Z"}""")]
public sealed record DealJson(
    long Id, string Name, long CustomerId, long PipelineId, long StageId, DealState State, decimal? Amount, string Currency, decimal? BaseAmount, int Probability, ForecastCategory Category,
    DateOnly? CloseOn, long? OwnerId, long? TeamId, string? Description, IReadOnlyList<DealLineJson> Lines, long? ReasonId, string? ReasonNote,
    DateTime StageSince, DateTime? ClosedAt, DateTime CreatedAt, DateTime UpdatedAt)
{
    /// <summary>Its lines must be loaded.</summary>
    public static DealJson Of(Deal d, StageShown stage, string own) => new(
        d.Id, d.Name, d.CustomerId, d.PipelineId, d.StageId, d.State, Major(d.Amount, d.Currency), d.Currency, Major(d.BaseAmount, own),
        d.State switch { DealState.Won => 100, DealState.Lost => 0, _ => stage.Probability }, d.Category ?? stage.Category,
        d.CloseOn, d.OwnerId, d.TeamId, d.Description, DealInput.LinesOf(d), d.ReasonId, d.ReasonNote, d.StageSince, d.ClosedAt, d.CreatedAt, d.UpdatedAt);

    private static decimal? Major(long? minor, string currency) => minor is { } amount ? Domain.Tenants.Currency.ToMajor(amount, currency) : null;
}

/// <summary>What a program may say of a deal. It becomes the form of the page, and is judged like it.</summary>
[Example("""{"name":"Espresso machines for the new hall","customerId":41,"stageId":3,"amount":12500,"currency":"EUR","closeOn":"2026-12-18"}""")]
public sealed record DealInput
{
    public string? Name { get; init; }
    public long? CustomerId { get; init; }

    /// <summary>The first stage of the first pipeline, unless said. Another one moves the deal.</summary>
    public long? StageId { get; init; }

    /// <summary>Where there are lines, their sum counts.</summary>
    public decimal? Amount { get; init; }

    /// <summary>The tenant's own, unless said.</summary>
    public string? Currency { get; init; }

    public DateOnly? CloseOn { get; init; }

    /// <summary>As the stage says, unless said.</summary>
    public ForecastCategory? Category { get; init; }

    public long? OwnerId { get; init; }
    public long? TeamId { get; init; }
    public string? Description { get; init; }
    public IReadOnlyList<DealLineJson>? Lines { get; init; }

    public static DealInput Of(Deal d) => new()
    {
        Name = d.Name,
        CustomerId = d.CustomerId,
        StageId = d.StageId,
        Amount = d is { Amount: { } amount, Lines.Count: 0 } ? Domain.Tenants.Currency.ToMajor(amount, d.Currency) : null,
        Currency = d.Currency,
        CloseOn = d.CloseOn,
        Category = d.Category,
        OwnerId = d.OwnerId,
        TeamId = d.TeamId,
        Description = d.Description,
        Lines = LinesOf(d),
    };

    public static IReadOnlyList<DealLineJson> LinesOf(Deal d) =>
        [.. d.Lines.OrderBy(line => line.Position).Select(line => new DealLineJson { ProductId = line.ProductId, Quantity = line.Quantity, UnitPrice = Domain.Tenants.Currency.ToMajor(line.UnitPrice, d.Currency) })];

    public DealForm ToForm() => new()
    {
        Name = Name,
        CustomerId = CustomerId,
        StageId = StageId,
        Amount = Text(Amount),
        Currency = Currency,
        CloseOn = CloseOn,
        Category = Category,
        OwnerId = OwnerId,
        TeamId = TeamId,
        Description = Description,
        Lines = [.. (Lines ?? []).Select(line => new DealLineForm { ProductId = line.ProductId, Quantity = line.Quantity ?? 1, UnitPrice = Text(line.UnitPrice) })],
    };

    private static string? Text(decimal? amount) => amount is { } number ? number.ToString("0.############################", System.Globalization.CultureInfo.InvariantCulture) : null;
}

/// <summary>Why a deal is won or lost.</summary>
[Example("""{"reasonId":4,"note":"Came back because of the service"}""")]
public sealed record CloseInput
{
    public long? ReasonId { get; init; }
    public string? Note { get; init; }
}
