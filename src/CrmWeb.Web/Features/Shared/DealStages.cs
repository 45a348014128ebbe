using System.Linq.Expressions;
using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Shared;

/// <summary>A stage, without what is written about it.</summary>
public sealed record StageShown(
    long Id, string Name, long PipelineId, int Position, int Probability, ForecastCategory Category, DealNeeds Needs, int? RottenAfterDays, bool IsAway)
{
    public bool IsRotten(DateTime since, DateTime now) => RottenAfterDays is { } days && since < now.AddDays(-days);
}

public sealed record PipelineShown(long Id, string Name, bool IsAway);

/// <summary>
/// All pipelines and stages of the tenant, read once for a page: there are few, and rows then need only the number of their stage. Those that were
/// deleted are among them, for the deals that were decided there.
/// </summary>
public sealed class DealStages
{
    private static readonly string[] Away = [TenantScoping.DeletedFilter];

    private readonly Dictionary<long, StageShown> byId;

    private DealStages(IReadOnlyList<PipelineShown> pipelines, IReadOnlyList<StageShown> stages)
    {
        Pipelines = [.. pipelines.Where(p => !p.IsAway)];
        All = stages;
        AllPipelines = pipelines;
        byId = stages.ToDictionary(s => s.Id);
    }

    /// <summary>Those in use, in order.</summary>
    public IReadOnlyList<PipelineShown> Pipelines { get; }

    public IReadOnlyList<PipelineShown> AllPipelines { get; }

    public IReadOnlyList<StageShown> All { get; }

    public static async Task<DealStages> Read(CrmDb db, CancellationToken stop)
    {
        var pipelines = await db.Pipelines.IgnoreQueryFilters(Away).OrderBy(p => p.Position).ThenBy(p => p.Id).Select(p => new PipelineShown(p.Id, p.Name, p.DeletedAt != null)).ToListAsync(stop);
        var stages = await db.Stages.IgnoreQueryFilters(Away).OrderBy(s => s.Position).ThenBy(s => s.Id)
            .Select(s => new StageShown(s.Id, s.Name, s.PipelineId, s.Position, s.Probability, s.Category, s.Needs, s.RottenAfterDays, s.DeletedAt != null)).ToListAsync(stop);
        return new(pipelines, stages);
    }

    public StageShown Of(long id) => byId[id];

    public StageShown? Find(long id) => byId.GetValueOrDefault(id);

    public IEnumerable<StageShown> In(long pipelineId) => All.Where(s => s.PipelineId == pipelineId && !s.IsAway);

    public string PipelineName(long id) => AllPipelines.FirstOrDefault(p => p.Id == id)?.Name ?? "";

    /// <summary>With the name of the pipeline before it, where there are several.</summary>
    public string NameOf(long stageId)
    {
        var stage = Of(stageId);
        return Pipelines.Count > 1 ? $"{PipelineName(stage.PipelineId)} › {stage.Name}" : stage.Name;
    }

    /// <summary>The stages in use, pipeline by pipeline.</summary>
    public IReadOnlyList<SelectListItem> Choices() =>
        [.. Pipelines.SelectMany(p => In(p.Id)).Select(s => Shared.Choices.Item(s.Id, NameOf(s.Id)))];

    /// <summary>Open deals that stand in their stage for longer than they should.</summary>
    public Expression<Func<Deal, bool>> Rotten(DateTime now)
    {
        Expression<Func<Deal, bool>> none = d => false;
        return All.Where(s => s is { IsAway: false, RottenAfterDays: not null }).GroupBy(s => s.RottenAfterDays!.Value).Aggregate(none, (rest, stages) =>
        {
            var (ids, before) = (stages.Select(s => s.Id).ToArray(), now.AddDays(-stages.Key));
            return rest.Or<Deal>(d => d.State == DealState.Open && ids.Contains(d.StageId) && d.StageSince < before);
        });
    }

    /// <summary>Deals that are forecast as one of these, by what is said of them or by their stage.</summary>
    public Expression<Func<Deal, bool>> ForecastAs(IReadOnlyCollection<ForecastCategory> categories)
    {
        var (asked, stages) = (categories.ToArray(), All.Where(s => categories.Contains(s.Category)).Select(s => s.Id).ToArray());
        return d => (d.Category != null && asked.Contains(d.Category.Value)) || (d.Category == null && stages.Contains(d.StageId));
    }
}
