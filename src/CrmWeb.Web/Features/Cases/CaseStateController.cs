using CrmWeb.Data;
using CrmWeb.Data.Service;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Service;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Cases;

/// <summary>The way of a case from new to closed, each step with the way back.</summary>
[Authorize(Permissions.EditCases)]
public sealed class CaseStateController(IStringLocalizer L) : TenantController
{
    /// <summary>Somebody works on it; one that waited waits no more, one that was resolved or closed is open again.</summary>
    /// <param name="from">An undo takes back its own step alone: only from where that led.</param>
    /// <param name="was">Before it was resolved, for the undo of that.</param>
    /// <param name="since">When it began to wait then, in ticks.</param>
    /// <param name="at">Which resolving: one by somebody else meanwhile stays.</param>
    /// <param name="stop">Ends the work.</param>
    [HttpPost("cases/{id:long}/open")]
    public Task<IActionResult> Open(long id, CaseState? from, CaseState? was, long? since, long? at, CancellationToken stop) => Step(id, (its, clock) =>
    {
        var again = its.State is CaseState.Resolved or CaseState.Closed;
        if (from == CaseState.Resolved && was is not null)
        {
            var waited = since >= its.OpenedAt.Ticks && since <= its.ResolvedAt?.Ticks ? new DateTime(since.Value, DateTimeKind.Utc) : (DateTime?)null;
            var resolved = its.ResolvedAt;
            return new((at is null || at == Mark(resolved)) && its.TakeBackResolve(was == CaseState.New, waited, clock, Me.Now), waited is null ? L["Case is open again"] : L["The case waits for the customer; its clocks stand still."]) { Unhappened = resolved };
        }

        return new((from is null || its.State == from) && its.Open(clock, Me.Now), again ? L["Case is open again"] : L["Case is open"]);
    }, stop);

    [HttpPost("cases/{id:long}/wait")]
    public Task<IActionResult> Wait(long id, CancellationToken stop) =>
        Step(id, (its, _) => new(its.Wait(Me.Now), L["The case waits for the customer; its clocks stand still."], "open?from=waiting"), stop);

    [HttpPost("cases/{id:long}/answer")]
    public Task<IActionResult> Answer(long id, CancellationToken stop) =>
        Step(id, (its, clock) => new(its.Answer(Me.Now, clock, Me.Now), L["The first answer is given"], $"answer/undo?at={Mark(its.AnsweredAt)}"), stop);

    /// <param name="id">The case.</param>
    /// <param name="at">Which answer: one that somebody else gave meanwhile stays.</param>
    /// <param name="stop">Ends the work.</param>
    [HttpPost("cases/{id:long}/answer/undo")]
    public Task<IActionResult> TakeBackAnswer(long id, long? at, CancellationToken stop) =>
        Step(id, (its, clock) => new((at is null || at == Mark(its.AnsweredAt)) && its.TakeBackAnswer(clock, Me.Now), L["The case is not answered yet"]), stop);

    [HttpPost("cases/{id:long}/close")]
    public Task<IActionResult> Close(long id, CancellationToken stop) =>
        Step(id, (its, _) => new(its.Close(Me.Id, Me.Now), L["Case closed"], $"close/undo?at={Mark(its.ClosedAt)}"), stop);

    /// <summary>Closed too early: nobody is asked how it went then.</summary>
    [HttpPost("cases/{id:long}/close/undo")]
    public async Task<IActionResult> TakeBackClose(long id, long? at, CancellationToken stop)
    {
        if (await Db.Cases.SingleOrDefaultAsync(c => c.Id == id, stop) is not { } its) return NotFound();
        var (customer, closed) = (its.CustomerId, its.ClosedAt);
        if ((at is not null && at != Mark(closed)) || !its.TakeBackClose(Me.Now)) return Nothing(id);
        await Save(customer, closed, [CustomerEvent.CaseClosed, CustomerEvent.SatisfactionDue], stop);
        return this.Done(L["The case is resolved, and not closed"], Request.Back($"/cases/{id}"));
    }

    [HttpGet("cases/{id:long}/resolve")]
    public async Task<IActionResult> Resolution(long id, CancellationToken stop) => await CaseWriting.Load(Db, id, stop) is { IsOpen: true } its
        ? View("Resolve", await Page(new ResolutionForm { Resolution = its.Resolution, RootCauseId = its.RootCauseId, RootCauseNote = its.RootCauseNote, Version = its.Version }, its, stop)) : NotFound();

    [HttpPost("cases/{id:long}/resolve")]
    public async Task<IActionResult> Resolve(long id, ResolutionForm form, CancellationToken stop)
    {
        if (await CaseWriting.Load(Db, id, stop) is not { } its) return NotFound();
        await new CaseWriting(Db, Me, ModelState, L).CheckCause(nameof(form.RootCauseId), form.RootCauseId, its, stop);
        if (!its.IsOpen) ModelState.AddModelError(nameof(form.Resolution), L["The case changed in the meantime; nothing was done."]);
        if (!ModelState.IsValid) return this.Invalid("Resolve", await Page(form, its, stop));
        var was = its.State == CaseState.Waiting ? $"waiting&since={its.WaitingSince?.Ticks}" : its.State == CaseState.New ? "new" : "open";
        return await Step(its, (_, clock) => new(its.Resolve(form.Resolution, form.RootCauseId, form.RootCauseNote, clock, Me.Id, Me.Now), L["Case resolved"], $"open?from=resolved&was={was}&at={Mark(its.ResolvedAt)}"), stop);
    }

    // no finer than every database keeps it
    private static long? Mark(DateTime? at) => at?.Ticks / TimeSpan.TicksPerMicrosecond;

    private async Task<IActionResult> Step(long id, Func<Case, SlaClock, CaseStep> step, CancellationToken stop) =>
        await CaseWriting.Load(Db, id, stop) is { } its ? await Step(its, step, stop) : NotFound();

    private async Task<IActionResult> Step(Case its, Func<Case, SlaClock, CaseStep> step, CancellationToken stop)
    {
        var to = Url.Content($"~/cases/{its.Id}");
        var taken = step(its, (await ServiceClocks.Read(Db, stop)).For(its));
        var (done, said, undo) = taken;
        if (!done) return Nothing(its.Id);
        try
        {
            await Save(its.CustomerId, taken.Unhappened, [CustomerEvent.CaseResolved], stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Nothing(its.Id);
        }

        return this.Done(said, Request.InDialog() ? to : Request.Back($"/cases/{its.Id}"), undo is null ? null : $"{to}/{undo}");
    }

    /// <param name="customer">Of the case.</param>
    /// <param name="at">When events were told that did not happen after all; null for none.</param>
    /// <param name="kinds">Of those events.</param>
    /// <param name="stop">Ends the work.</param>
    private async Task Save(long customer, DateTime? at, string[] kinds, CancellationToken stop)
    {
        await using var transaction = at is null ? null : await Db.Database.BeginTransactionAsync(stop);
        await Db.SaveChangesAsync(stop);
        if (transaction is null) return;
        await Db.CustomerEvents.Where(e => e.CustomerId == customer && e.OccurredAt == at && kinds.Contains(e.Kind)).ExecuteDeleteAsync(stop);
        await transaction.CommitAsync(stop);
    }

    /// <summary>Somebody was faster: what they did stays, and there is nothing to undo.</summary>
    private IActionResult Nothing(long id) => this.ToldOff(L["The case changed in the meantime; nothing was done."], Request.Back($"/cases/{id}"));

    private async Task<ResolutionForm> Page(ResolutionForm form, Case its, CancellationToken stop)
    {
        ViewData["Id"] = its.Id;
        ViewData["Case"] = its.Subject;
        var kept = its.RootCauseId;
        var causes = await Db.Reasons.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(r => r.For == ReasonFor.RootCause && (r.DeletedAt == null || r.Id == kept))
            .OrderBy(r => r.Position).ThenBy(r => r.Id).Select(r => new { r.Id, r.Name }).ToListAsync(stop);
        ViewData["Causes"] = causes.ConvertAll(r => Choices.Item(r.Id, r.Name));
        return form;
    }
}

/// <param name="Done">False: there was nothing to do, for somebody else had done it.</param>
/// <param name="Undo">The way back, after the address of the case.</param>
internal sealed record CaseStep(bool Done, LocalizedString Said, string? Undo = null)
{
    /// <summary>When it was resolved, where that is taken back: nobody is to read that it happened.</summary>
    public DateTime? Unhappened { get; init; }
}
