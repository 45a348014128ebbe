using CrmWeb.Data.Providers;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>Deals coming into a stage and the stage going away must not cross each other. Whoever deletes a stage counts every deal, also those that they do not see.</summary>
public static class StagesHeld
{
    private const int Batch = 5_000;

    /// <summary>Until the transaction ends nobody else holds these stages. Answers how many of them are there. A statement that changes nothing takes the locks, on every engine.</summary>
    /// <exception cref="InvalidOperationException">No transaction is open.</exception>
    public static Task<int> HoldStages(this CrmDb db, IReadOnlyCollection<long> ids, CancellationToken stop)
    {
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("Holding a stage needs a transaction.");
        return db.Stages.Where(s => ids.Contains(s.Id)).ExecuteUpdateAsync(set => set.SetProperty(s => s.Position, s => s.Position), stop);
    }

    /// <summary>Its stages came, went, or stand otherwise: a form in which the order is open becomes stale.</summary>
    public static void Reordered(this CrmDb db, Pipeline pipeline) => db.Entry(pipeline).Property(p => p.Name).IsModified = true;

    /// <summary>Where an open deal can stand: where it stood, or, when that stage is gone, in the first one of its pipeline, or of any. It is held; null when there is no stage at all.</summary>
    public static async Task<Stage?> StageFor(this CrmDb db, Deal deal, CancellationToken stop)
    {
        var (own, pipeline) = (deal.StageId, deal.PipelineId);
        while (await db.Stages.Where(s => s.Pipeline!.DeletedAt == null).OrderBy(s => s.Id != own).ThenBy(s => s.PipelineId != pipeline).ThenBy(s => s.Pipeline!.Position)
            .ThenBy(s => s.PipelineId).ThenBy(s => s.Position).ThenBy(s => s.Id).FirstOrDefaultAsync(stop) is { } stage)
        {
            if (await db.HoldStages([stage.Id], stop) == 1) return stage;
            // somebody deleted it in that moment
            db.Entry(stage).State = EntityState.Detached;
        }

        return null;
    }

    /// <summary>Takes a deal out of the recycle bin; an open one into a stage that is there. The stay that has not ended must be loaded; the caller saves. False when there is no stage at all: it stays.</summary>
    public static async Task<bool> BringBack(this CrmDb db, Deal deal, DateTime now, CancellationToken stop)
    {
        if (deal.State == DealState.Open)
        {
            if (await db.StageFor(deal, stop) is not { } stage) return false;
            deal.Move(stage, db.ActorId == 0 ? null : db.ActorId, now);
        }

        deal.Restore();
        return true;
    }

    /// <summary>Open deals that stand in these stages, but for those in the recycle bin.</summary>
    public static Task<int> DealsIn(this CrmDb db, IReadOnlyCollection<long> stageIds, CancellationToken stop) =>
        db.Deals.IgnoreQueryFilters([TenantScoping.VisibilityFilter]).CountAsync(d => stageIds.Contains(d.StageId) && d.State == DealState.Open, stop);

    /// <summary>How many open deals stand in which stage, but for those in the recycle bin.</summary>
    public static Task<Dictionary<long, int>> DealsByStage(this CrmDb db, CancellationToken stop) =>
        db.Deals.IgnoreQueryFilters([TenantScoping.VisibilityFilter]).Where(d => d.State == DealState.Open).GroupBy(d => d.StageId)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, stop);

    /// <summary>Moves the open deals of one stage to another, those in the recycle bin too, and tells so of each. After <see cref="HoldStages"/> of both.</summary>
    public static async Task MoveDeals(this CrmDb db, long from, Stage to, DateTime now, CancellationToken stop)
    {
        var member = db.ActorId == 0 ? (long?)null : db.ActorId;
        while (true)
        {
            var some = await db.Deals.IgnoreQueryFilters(TenantScoping.Unseen).Where(d => d.StageId == from && d.State == DealState.Open).OrderBy(d => d.Id)
                .Select(d => new { d.Id, d.CustomerId, d.PipelineId }).Take(Batch).ToListAsync(stop);
            if (some.Count == 0) return;
            var ids = some.ConvertAll(d => d.Id);
            await db.StageStays.IgnoreQueryFilters(TenantScoping.Unseen).Where(s => ids.Contains(s.DealId) && s.LeftAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.LeftAt, now), stop);
            await db.BulkInsert(ids.ConvertAll(_ => new StageStay(to.Id, member, now)), [new(nameof(StageStay.DealId), i => ids[i])], stop);
            await db.Deals.IgnoreQueryFilters(TenantScoping.Unseen).Where(d => ids.Contains(d.Id)).ExecuteUpdateAsync(set => set
                .SetProperty(d => d.StageId, to.Id).SetProperty(d => d.PipelineId, to.PipelineId).SetProperty(d => d.StageSince, now)
                .SetProperty(d => d.UpdatedAt, now).SetProperty(d => d.Version, d => d.Version + 1), stop);
            var told = some.ConvertAll(d => new Change(RecordKind.Deal, d.Id, d.CustomerId) { Field = "stageId", Old = ChangeText.Of(from), New = ChangeText.Of(to.Id) });
            told.AddRange(some.Where(d => d.PipelineId != to.PipelineId)
                .Select(d => new Change(RecordKind.Deal, d.Id, d.CustomerId) { Field = "pipelineId", Old = ChangeText.Of(d.PipelineId), New = ChangeText.Of(to.PipelineId) }));
            await History.ChangeWriting.Tell(db, told, stop);
        }
    }
}
