using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Sales;

public enum DealState
{
    Open = 0,
    Won = 1,
    Lost = 2,
}

/// <summary>How surely a deal is counted on. Numbers are stored: add at the end.</summary>
public enum ForecastCategory
{
    /// <summary>It may come.</summary>
    Pipeline = 0,

    /// <summary>It comes if all goes well.</summary>
    BestCase = 1,

    /// <summary>Its owner promises it.</summary>
    Commit = 2,

    /// <summary>It is left out of the forecast.</summary>
    Omitted = 3,
}

/// <summary>What people say of a deal.</summary>
public sealed record DealDetails
{
    public required string Name { get; init; }

    /// <summary>Minor units; null while nobody knows. Counts where the deal has no products.</summary>
    public long? Amount { get; init; }

    /// <summary>Of the amount and the products; how it becomes the tenant's own currency.</summary>
    public required Conversion Conversion { get; init; }

    /// <summary>The day it is expected to be decided.</summary>
    public DateOnly? CloseOn { get; init; }

    /// <summary>Null: as its stage says.</summary>
    public ForecastCategory? Category { get; init; }
    public long? OwnerId { get; init; }
    public long? TeamId { get; init; }
    public string? Description { get; init; }
    public IReadOnlyList<DealLineDetails> Lines { get; init; } = [];
}

/// <summary>A sale that may come of a customer: in a stage of a pipeline until it is won or lost.</summary>
public sealed class Deal : TenantOwned, IVersioned, IDeletable
{
    public const int NameLength = 200;
    public const int DescriptionLength = 8_000;
    public const int MostLines = 200;

    private Deal() { }

    public Deal(Customer customer, Stage stage, DealDetails details, long? memberId, DateTime now)
    {
        (Customer, CreatedAt) = (customer, now);
        Change(details, now);
        Stand(stage, memberId, now);
        customer.Happened(CustomerEvent.DealOpened, memberId, now);
    }

    public long CustomerId { get; private set; }

    public Customer? Customer { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary><see cref="Name"/> folded by <see cref="SearchText.Fold"/>.</summary>
    public string NameNormal { get; private set; } = "";

    public long PipelineId { get; private set; }

    public Pipeline? Pipeline { get; private set; }

    /// <summary>Of a deal that is decided: where it stood then.</summary>
    public long StageId { get; private set; }

    public Stage? Stage { get; private set; }

    public DateTime StageSince { get; private set; }

    public DealState State { get; private set; }

    /// <summary>Of its products, or as somebody said; minor units of <see cref="Currency"/>, null while nobody knows.</summary>
    public long? Amount { get; private set; }

    public string Currency { get; private set; } = "";

    /// <summary><see cref="Amount"/> in the tenant's currency, at the rate of the day of <see cref="ValuedAt"/>.</summary>
    public long? BaseAmount { get; private set; }

    /// <summary>When somebody last said what it is about; moving and deciding it is something else.</summary>
    public DateTime ValuedAt { get; private set; }

    public DateOnly? CloseOn { get; private set; }

    /// <summary>As somebody said; null: as the stage says.</summary>
    public ForecastCategory? Category { get; private set; }

    public long? OwnerId { get; private set; }

    public Member? Owner { get; private set; }

    public long? TeamId { get; private set; }

    public Team? Team { get; private set; }

    public string? Description { get; private set; }

    public DateTime? ClosedAt { get; private set; }

    /// <summary>Why it was won or lost.</summary>
    public long? ReasonId { get; private set; }

    public Reason? Reason { get; private set; }

    public string? ReasonNote { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime UpdatedAt { get; private set; }

    public DateTime? DeletedAt { get; private set; }

    public int Version { get; private set; }

    public List<DealLine> Lines { get; private set; } = [];

    /// <summary>Where it stood, and for how long.</summary>
    public List<StageStay> Stays { get; private set; } = [];

    /// <summary>Takes over what was typed. Its lines must be loaded.</summary>
    /// <exception cref="OverflowException">Its sum is more than can be kept.</exception>
    public void Change(DealDetails d, DateTime now)
    {
        (Name, NameNormal) = (d.Name.Trim(), SearchText.Fold(d.Name));
        (Currency, CloseOn, Category, OwnerId, TeamId) = (d.Conversion.From, d.CloseOn, d.Category, d.OwnerId, d.TeamId);
        Description = string.IsNullOrWhiteSpace(d.Description) ? null : d.Description;
        if (!Lines.Select(line => line.Details).SequenceEqual(d.Lines))
        {
            Lines.Clear();
            Lines.AddRange(d.Lines.Select((line, i) => new DealLine(line, i)));
        }

        Amount = Lines.Count > 0 ? checked(Lines.Sum(line => line.Total)) : d.Amount;
        BaseAmount = d.Conversion.Worth(Amount);
        (ValuedAt, UpdatedAt) = (now, now);
    }

    /// <summary>What it lacks to come into a stage.</summary>
    public DealNeeds Lacks(Stage stage)
    {
        var has = (Amount is null ? DealNeeds.None : DealNeeds.Amount) | (CloseOn is null ? DealNeeds.None : DealNeeds.CloseOn)
            | (OwnerId is null ? DealNeeds.None : DealNeeds.Owner) | (Lines.Count == 0 ? DealNeeds.None : DealNeeds.Products)
            | (Description is null ? DealNeeds.None : DealNeeds.Description);
        return stage.Needs & ~has;
    }

    /// <summary>Goes to a stage of any pipeline. The stay that has not ended must be loaded.</summary>
    /// <exception cref="InvalidOperationException">It is decided already.</exception>
    public void Move(Stage stage, long? memberId, DateTime now)
    {
        if (State != DealState.Open) throw new InvalidOperationException("A deal that is decided stands where it stood.");
        if (stage.Id == StageId) return;
        Leave(now);
        Stand(stage, memberId, now);
        UpdatedAt = now;
    }

    /// <summary><see cref="Customer"/> and the stay that has not ended must be loaded.</summary>
    public void Close(DealState state, long? reasonId, string? note, long? memberId, DateTime now)
    {
        if (State != DealState.Open || state == DealState.Open) return;
        (State, ClosedAt, UpdatedAt) = (state, now, now);
        (ReasonId, ReasonNote) = (reasonId, string.IsNullOrWhiteSpace(note) ? null : note);
        Leave(now);
        Customer!.Happened(state == DealState.Won ? CustomerEvent.DealWon : CustomerEvent.DealLost, memberId, now);
    }

    /// <summary>It was not decided after all, and stands where it stood.</summary>
    public void Reopen(long? memberId, DateTime now)
    {
        if (State == DealState.Open) return;
        (State, ClosedAt, ReasonId, ReasonNote, UpdatedAt, StageSince) = (DealState.Open, null, null, null, now, now);
        Stays.Add(new StageStay(StageId, memberId, now));
    }

    public void Delete(DateTime now) => DeletedAt ??= now;

    public void Restore() => DeletedAt = null;

    private void Stand(Stage stage, long? memberId, DateTime now)
    {
        (Stage, StageId, PipelineId, StageSince) = (stage, stage.Id, stage.PipelineId, now);
        Stays.Add(new StageStay(stage.Id, memberId, now));
    }

    private void Leave(DateTime now)
    {
        foreach (var stay in Stays.Where(stay => stay.LeftAt is null)) stay.Leave(now);
    }
}
