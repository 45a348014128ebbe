using CrmWeb.Data;
using CrmWeb.Data.Seeds;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Pipelines;

/// <summary>
/// Making, changing and deleting pipelines and stages, for the page and the API alike; what is wrong is said beside the fields of the form. All of it needs
/// an open transaction in which the tenant is held: one admin after the other.
/// </summary>
internal sealed class PipelineWriting(CrmDb db, CurrentMember me, ModelStateDictionary errors, IStringLocalizer L)
{
    /// <summary>The new pipeline, saved; null with what is wrong.</summary>
    public async Task<Pipeline?> Create(PipelineForm form, bool usualStages, CancellationToken stop)
    {
        var all = await db.Pipelines.OrderBy(p => p.Position).ToListAsync(stop);
        CheckName(form, all, null);
        if (all.Count >= Pipeline.Most) errors.AddModelError(nameof(form.Name), L["There are {0} pipelines already, and more do not fit.", all.Count]);
        if (!errors.IsValid) return null;
        var pipeline = new Pipeline(form.Name!, all.Select(p => p.Position).DefaultIfEmpty().Max() + 1);
        db.Pipelines.Add(pipeline);
        if (usualStages) db.AddUsualStages(pipeline, me.Pass.TenantLanguage);
        await db.SaveChangesAsync(stop);
        return pipeline;
    }

    public async Task<bool> MayBeNamed(Pipeline pipeline, PipelineForm form, CancellationToken stop)
    {
        CheckName(form, await db.Pipelines.ToListAsync(stop), pipeline.Id);
        return errors.IsValid;
    }

    /// <summary>How many open deals stand in it; with any it stays, else it is put away with its stages, which must be loaded.</summary>
    public async Task<int> Delete(Pipeline pipeline, CancellationToken stop)
    {
        var stages = pipeline.Stages.ConvertAll(s => s.Id);
        await db.HoldStages(stages, stop);
        var standing = await db.DealsIn(stages, stop);
        if (standing > 0) return standing;
        // one instant: the stages that go with it come back with it
        var now = me.Now;
        pipeline.Delete(now);
        pipeline.Stages.ForEach(s => s.Delete(now));
        await db.SaveChangesAsync(stop);
        return 0;
    }

    /// <summary>The new stage, saved, the last of its pipeline; null with what is wrong.</summary>
    /// <param name="pipeline">With its stages.</param>
    public async Task<Stage?> Create(Pipeline pipeline, StageForm form, CancellationToken stop)
    {
        CheckName(form, pipeline.Stages, null);
        if (pipeline.Stages.Count >= Stage.Most) errors.AddModelError(nameof(form.Name), L["There are {0} stages already, and more do not fit.", pipeline.Stages.Count]);
        if (!errors.IsValid) return null;
        var stage = new Stage(pipeline, form.Details, pipeline.Stages.Select(s => s.Position).DefaultIfEmpty().Max() + 1);
        db.Stages.Add(stage);
        db.Reordered(pipeline);
        await db.SaveChangesAsync(stop);
        return stage;
    }

    /// <summary>Puts what the form says into the stage; the caller saves. False with what is wrong.</summary>
    public async Task<bool> Fill(Stage stage, StageForm form, CancellationToken stop)
    {
        CheckName(form, await Beside(stage, stop), stage.Id);
        if (!errors.IsValid) return false;
        stage.Change(form.Details);
        return true;
    }

    /// <summary>Moves it among the stages of its pipeline, which must be loaded; the caller saves.</summary>
    public async Task Move(Stage stage, Func<int, int> placeOf, CancellationToken stop)
    {
        var beside = await Beside(stage, stop);
        var place = beside.IndexOf(stage);
        Places.Move(beside, stage, placeOf(place) - place, (s, at) => s.Position = at);
        db.Reordered(stage.Pipeline!);
    }

    /// <summary>How many open deals stand in it; with any, and nowhere to go, it stays, else they move on and it is put away.</summary>
    /// <param name="stage">With its pipeline.</param>
    public async Task<int> Delete(Stage stage, Stage? to, CancellationToken stop)
    {
        // whoever moves a deal here or there meanwhile waits, and finds the stage gone
        await db.HoldStages(to is null ? [stage.Id] : [stage.Id, to.Id], stop);
        var standing = await db.DealsIn([stage.Id], stop);
        if (standing > 0 && to is null) return standing;
        // those in the recycle bin come along; without a choice they go to the first stage that is left
        to ??= await db.Stages.Where(s => s.PipelineId == stage.PipelineId && s.Id != stage.Id).OrderBy(s => s.Position).FirstOrDefaultAsync(stop);
        if (to is not null) await db.MoveDeals(stage.Id, to, me.Now, stop);
        stage.Delete(me.Now);
        db.Reordered(stage.Pipeline!);
        await db.SaveChangesAsync(stop);
        return standing;
    }

    /// <summary>Why a stage stays.</summary>
    public string Standing(int deals, Stage stage) => deals == 1
        ? L["One open deal stands in {0}. Choose the stage it moves to.", stage.Name]
        : L["{0} open deals stand in {1}. Choose the stage they move to.", deals, stage.Name];

    public string Standing(int deals, Pipeline pipeline) => L["{0} open deals stand in {1}. Move them to another pipeline or close them first; nothing was deleted.", deals, pipeline.Name];

    private Task<List<Stage>> Beside(Stage stage, CancellationToken stop) => db.Stages.Where(s => s.PipelineId == stage.PipelineId).OrderBy(s => s.Position).ThenBy(s => s.Id).ToListAsync(stop);

    private void CheckName(PipelineForm form, List<Pipeline> all, long? id)
    {
        if (all.Exists(p => p.Id != id && string.Equals(p.Name, form.Name?.Trim(), StringComparison.OrdinalIgnoreCase)))
            errors.AddModelError(nameof(form.Name), L["There is a pipeline of this name already."]);
    }

    private void CheckName(StageForm form, List<Stage> beside, long? id)
    {
        if (beside.Exists(s => s.Id != id && string.Equals(s.Name, form.Name?.Trim(), StringComparison.OrdinalIgnoreCase)))
            errors.AddModelError(nameof(form.Name), L["There is a stage of this name in the pipeline already."]);
    }
}
