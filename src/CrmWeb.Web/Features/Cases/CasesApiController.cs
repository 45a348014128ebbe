using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CrmWeb.Data.Service;
using CrmWeb.Domain.Service;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Cases;

[Route("api/v1/cases")]
[Tags("Cases")]
public sealed class CasesApiController : ApiController
{
    private static readonly string[] Parameters = [.. ApiPage.Parameters, "scope", "q"];

    [HttpGet("")]
    [Authorize(Permissions.ReadCases)]
    [Display(Name = "List cases", Description = "All that the member may see, in every state; narrowed by the filters of the list of cases, for example state=open, breached=true or scope=mine.")]
    [ProducesResponseType<ApiList<CaseJson>>(200)]
    public async Task<IActionResult> List([FromQuery] ApiPage page, CancellationToken stop)
    {
        var fields = await CaseFilter.Fields(Db, L, "", stop);
        var sorts = KeyPages<Case>.Sorts(CaseFilter.Orders);
        page.Check(ModelState, L);
        foreach (var key in Filters.Refused(Request.Query, fields, Parameters)) ModelState.AddModelError(key, L["There is no such parameter, or not with this value."]);
        if (page.Sort is { Length: > 0 } sort && !sorts.Contains(sort, StringComparer.Ordinal)) ApiPage.NoSuchSort(ModelState, L, sorts);
        var filter = CaseFilter.Read(Request.Query, fields) with { WithOver = true };
        if (!Request.Query.ContainsKey("scope")) filter = filter with { Scope = CaseScope.All };
        var following = await new KeyPages<Case>(CaseFilter.Orders, page.Sort, CaseFilter.Sort).Following(filter.Of(Db, Me), Db.Cases, page.After, stop);
        if (following is null) ApiPage.NoSuchPage(ModelState, L);
        if (!ModelState.IsValid) return Invalid();

        var rows = await following!.Take(page.Size + 1).Select(CaseReading.Of).ToListAsync(stop);
        return Ok(page.Page(rows, row => KeyPages<Case>.Write(row.Json.Id), row => row.Json));
    }

    [HttpGet("{id:long}")]
    [Authorize(Permissions.ReadCases)]
    [Display(Name = "Read a case")]
    [ProducesResponseType<CaseJson>(200)]
    public async Task<IActionResult> Show(long id, CancellationToken stop) => await Read(id, stop) is { } found ? One(found.Json, id, found.Version) : NotFound();

    [HttpPost("")]
    [Authorize(Permissions.EditCases)]
    [Display(Name = "Open a case")]
    [ProducesResponseType<CaseJson>(201)]
    public async Task<IActionResult> Create(CaseInput input, CancellationToken stop)
    {
        var form = input.ToForm();
        await Validate(form, stop);
        if (input.State is not (null or CaseState.New or CaseState.Open)) ModelState.AddModelError(nameof(input.State), L["A case begins new or open."]);
        if (await Writing.Create(form, stop) is not { } its) return Invalid();
        if (input.State == CaseState.Open || input.Answered == true) await Move(its, input, stop);
        return await Read(its.Id, stop) is { } made ? Made("cases", made.Json, its.Id, made.Version) : NotFound();
    }

    [HttpPut("{id:long}")]
    [Authorize(Permissions.EditCases)]
    [Display(Name = "Replace a case", Description = "Fields that are not there become empty; its customer stays, and without a state so does its state. 409 when it is to be resolved or closed and is already.")]
    [ProducesResponseType<CaseJson>(200)]
    public async Task<IActionResult> Replace(long id, CaseInput input, CancellationToken stop) =>
        await CaseWriting.Load(Db, id, stop) is { } its ? await Change(its, input, stop) : NotFound();

    [HttpPatch("{id:long}")]
    [Authorize(Permissions.EditCases)]
    [Consumes("application/json", "application/merge-patch+json")]
    [Display(Name = "Change a case", Description = "Only the fields that are there are changed; null empties one. state moves it on: open, waiting, resolved (with resolution and rootCauseId), closed. 409 when it is resolved or closed already.")]
    [ProducesResponseType<CaseJson>(200)]
    public async Task<IActionResult> Patch(long id, [FromBody] JsonElement changes, CancellationToken stop)
    {
        if (await CaseWriting.Load(Db, id, stop) is not { } its) return NotFound();
        return Merge(CaseInput.Of(its), changes) is { } merged ? await Change(its, merged, stop) : Invalid();
    }

    [HttpDelete("{id:long}")]
    [Authorize(Permissions.EditCases)]
    [Display(Name = "Delete a case")]
    [ProducesResponseType(204)]
    public async Task<IActionResult> Delete(long id, CancellationToken stop)
    {
        if (await CaseWriting.Load(Db, id, stop) is not { } its) return NotFound();
        if (!IsExpected(its)) return ChangedMeanwhile();
        its.Delete(Me.Now);
        await Db.SaveChangesAsync(stop);
        return NoContent();
    }

    private CaseWriting Writing => new(Db, Me, ModelState, L);

    private async Task<IActionResult> Change(Case its, CaseInput input, CancellationToken stop)
    {
        if (!IsExpected(its)) return ChangedMeanwhile();
        var form = input.ToForm();
        form.CustomerId = its.CustomerId;
        if (input.CustomerId is { } other && other != its.CustomerId) ModelState.AddModelError(nameof(input.CustomerId), L["The customer of a case stays."]);
        await Validate(form, stop);
        await Validate(input.ToResolution(), stop);
        await Writing.CheckCause(nameof(input.RootCauseId), input.RootCauseId, its, stop);
        if (input.State == CaseState.New) ModelState.AddModelError(nameof(input.State), L["A case that was opened is not new any more."]);
        if (input.State == CaseState.Closed && its.State is not (CaseState.Resolved or CaseState.Closed)) ModelState.AddModelError(nameof(input.State), L["Only what is resolved can be closed."]);
        if (input.State is CaseState.Waiting && !its.IsOpen) ModelState.AddModelError(nameof(input.State), L["Open it again first."]);
        if (!ModelState.IsValid) return Invalid();
        // resolving twice would leave the second resolution away without a word
        if (input.State == CaseState.Resolved ? !its.IsOpen : input.State == CaseState.Closed && its.State == CaseState.Closed) return StatusCode(StatusCodes.Status409Conflict);
        if (!await Writing.Change(its, form, stop)) return Invalid();
        await Move(its, input, stop);
        return await Read(its.Id, stop) is { } now ? One(now.Json, its.Id, now.Version) : NotFound();
    }

    private async Task Move(Case its, CaseInput input, CancellationToken stop)
    {
        var clock = (await ServiceClocks.Read(Db, stop)).For(its);
        if (input.Answered == true) its.Answer(Me.Now, clock, Me.Now);
        switch (input.State)
        {
            case CaseState.Open: its.Open(clock, Me.Now); break;
            case CaseState.Waiting: its.Wait(Me.Now); break;
            case CaseState.Resolved: its.Resolve(input.Resolution, input.RootCauseId, input.RootCauseNote, clock, Me.Id, Me.Now); break;
            case CaseState.Closed: its.Close(Me.Id, Me.Now); break;
        }

        await Db.SaveChangesAsync(stop);
    }

    private Task<CaseReading?> Read(long id, CancellationToken stop) => Db.Cases.AsNoTracking().Where(c => c.Id == id && c.Customer != null).Select(CaseReading.Of).SingleOrDefaultAsync(stop);
}
