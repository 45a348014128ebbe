using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Api;

namespace CrmWeb.Web.Features.Pipelines;

/// <summary>A stage of a pipeline as the API tells it; what it needs is told in words.</summary>
[Example("""{"id":3,"pipelineId":1,"pipeline":"Sales","name":"Offer sent","position":3,"probability":50,"category":"best-case","needs":["amount","close-on","owner"],"exitCriteria":null,"playbook":null,"rottenAfterDays":21}""")]
public sealed record StageJson(
    long Id, long PipelineId, string Pipeline, string Name, int Position, int Probability, ForecastCategory Category, IReadOnlyList<DealNeeds> Needs, string? ExitCriteria, string? Playbook, int? RottenAfterDays);

/// <summary>What is read of a stage for the API.</summary>
internal sealed record StageReading(Stage Row, string Pipeline)
{
    public StageJson Json => new(
        Row.Id, Row.PipelineId, Pipeline, Row.Name, Row.Position, Row.Probability, Row.Category, [.. Row.Needs.Split()], Row.ExitCriteria, Row.Playbook, Row.RottenAfterDays);
}

/// <summary>What a program may say of a stage. It becomes the form of the page, and is judged like it.</summary>
[Example("""{"pipelineId":1,"name":"Offer sent","probability":50,"category":"best-case","needs":["amount","close-on"],"rottenAfterDays":21}""")]
public sealed record StageInput
{
    /// <summary>Of a new stage; one that is there stays in its pipeline.</summary>
    public long? PipelineId { get; init; }

    public string? Name { get; init; }

    /// <summary>In percent.</summary>
    public int? Probability { get; init; }

    /// <summary>What deals in it are forecast as: pipeline, unless said.</summary>
    public ForecastCategory? Category { get; init; }

    /// <summary>What a deal must have to come into it.</summary>
    public IReadOnlyList<DealNeeds>? Needs { get; init; }

    public string? ExitCriteria { get; init; }
    public string? Playbook { get; init; }
    public int? RottenAfterDays { get; init; }

    /// <summary>Its place in the pipeline, from 1 on.</summary>
    public int? Position { get; init; }

    public static StageInput Of(Stage s) => new()
    {
        PipelineId = s.PipelineId,
        Name = s.Name,
        Probability = s.Probability,
        Category = s.Category,
        Needs = [.. s.Needs.Split()],
        ExitCriteria = s.ExitCriteria,
        Playbook = s.Playbook,
        RottenAfterDays = s.RottenAfterDays,
        Position = s.Position,
    };

    public StageForm ToForm() => new()
    {
        Name = Name,
        Probability = Probability,
        Category = Category ?? ForecastCategory.Pipeline,
        Needs = [.. Needs ?? []],
        ExitCriteria = ExitCriteria,
        Playbook = Playbook,
        RottenAfterDays = RottenAfterDays,
    };
}
