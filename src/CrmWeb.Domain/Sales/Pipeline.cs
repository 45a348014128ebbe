using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Sales;

/// <summary>A way that deals go, from the first talk to won or lost.</summary>
public sealed class Pipeline : TenantOwned, IVersioned, IDeletable
{
    public const int NameLength = 80;

    /// <summary>In a tenant.</summary>
    public const int Most = 20;

    private Pipeline() { }

    public Pipeline(string name, int position) => (Name, Position) = (name.Trim(), position);

    public string Name { get; private set; } = "";

    public int Position { get; set; }

    public DateTime? DeletedAt { get; private set; }

    public int Version { get; private set; }

    public List<Stage> Stages { get; private set; } = [];

    public void Rename(string name) => Name = name.Trim();

    public void Delete(DateTime now) => DeletedAt ??= now;

    public void Restore() => DeletedAt = null;
}

/// <summary>What a deal must have before it may enter a stage. Numbers are stored: add at the end.</summary>
[Flags]
public enum DealNeeds
{
    None = 0,
    Amount = 1,
    CloseOn = 2,
    Owner = 4,
    Products = 8,
    Description = 16,
}

/// <param name="Probability">In percent, 0 to 100: how many of the deals here are won in the end.</param>
/// <param name="Category">What a deal that comes here is forecast as, until somebody says otherwise.</param>
/// <param name="Needs">What a deal must have to come here.</param>
/// <param name="ExitCriteria">What must be true before a deal goes on, for people to read.</param>
/// <param name="Playbook">How deals are worked on here.</param>
/// <param name="RottenAfterDays">A deal that is here for longer stands out; null: never.</param>
public sealed record StageDetails(
    string Name, int Probability, ForecastCategory Category, DealNeeds Needs = DealNeeds.None, string? ExitCriteria = null, string? Playbook = null, int? RottenAfterDays = null);

/// <summary>A place on the way of a pipeline. Won and lost are no stages: a deal has them as its state.</summary>
public sealed class Stage : TenantOwned, IVersioned, IDeletable
{
    public const int NameLength = 80;
    public const int CriteriaLength = 2_000;
    public const int PlaybookLength = 8_000;
    public const int MostRottenDays = 3650;

    /// <summary>In a pipeline.</summary>
    public const int Most = 30;

    private Stage() { }

    public Stage(Pipeline pipeline, StageDetails details, int position)
    {
        (Pipeline, Position) = (pipeline, position);
        Change(details);
    }

    public long PipelineId { get; private set; }

    public Pipeline? Pipeline { get; private set; }

    public string Name { get; private set; } = "";

    public int Position { get; set; }

    /// <inheritdoc cref="StageDetails" path="/param[@name='Probability']" />
    public int Probability { get; private set; }

    public ForecastCategory Category { get; private set; }

    public DealNeeds Needs { get; private set; }

    public string? ExitCriteria { get; private set; }

    public string? Playbook { get; private set; }

    public int? RottenAfterDays { get; private set; }

    public DateTime? DeletedAt { get; private set; }

    public int Version { get; private set; }

    public StageDetails Details => new(Name, Probability, Category, Needs, ExitCriteria, Playbook, RottenAfterDays);

    public void Change(StageDetails d)
    {
        (Name, Probability, Category, Needs, RottenAfterDays) = (d.Name.Trim(), d.Probability, d.Category, d.Needs, d.RottenAfterDays);
        ExitCriteria = string.IsNullOrWhiteSpace(d.ExitCriteria) ? null : d.ExitCriteria;
        Playbook = string.IsNullOrWhiteSpace(d.Playbook) ? null : d.Playbook;
    }

    public void Delete(DateTime now) => DeletedAt ??= now;

    public void Restore() => DeletedAt = null;
}
