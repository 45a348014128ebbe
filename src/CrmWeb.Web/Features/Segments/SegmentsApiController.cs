using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CrmWeb.Data;
using CrmWeb.Domain.Segments;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Segments;

[Route("api/v1/segments")]
[Tags("Segments")]
public sealed class SegmentsApiController(MemberRules rules) : ApiController
{
    // of a tree
    private RuleError? problem;

    private SegmentWriting Writing => new(Db, Me, ModelState, rules, L);

    [HttpGet("")]
    [Authorize(Permissions.ReadCustomers)]
    [Display(Name = "List segments", Description = "Sorted by name, created or members. memberCount is of the members that you see; tree is told with a single segment.")]
    [ProducesResponseType<ApiList<SegmentJson>>(200)]
    public async Task<IActionResult> List([FromQuery] ApiPage page, CancellationToken stop)
    {
        page.Check(ModelState, L);
        ApiPage.RefuseOthers(Request.Query, [], ModelState, L);
        var orders = SegmentFilter.Orders(Db, Me.SeesAll);
        var sorts = KeyPages<Segment>.Sorts(orders);
        if (page.Sort is { Length: > 0 } sort && !sorts.Contains(sort, StringComparer.Ordinal)) ApiPage.NoSuchSort(ModelState, L, sorts);
        if (!ModelState.IsValid) return Invalid();
        var all = Db.Segments.AsNoTracking().Include(s => s.Needs).Include(s => s.Products).AsSplitQuery();
        if (await new KeyPages<Segment>(orders, page.Sort, "name").Following(all, Db.Segments, page.After, stop) is not { } following)
        {
            ApiPage.NoSuchPage(ModelState, L);
            return Invalid();
        }

        var rows = await following.Take(page.Size + 1).ToListAsync(stop);
        var counts = await SegmentReading.Counts(Db, rows, stop);
        var texts = await rules.Write([.. rows.Select(row => row.Rule).OfType<string>()], stop);
        return Ok(page.Page(rows, row => KeyPages<Segment>.Write(row.Id), row => SegmentJson.Of(row, row.Rule is null ? null : texts[row.Rule], null, counts[row.Id])));
    }

    [HttpGet("{id:long}")]
    [Authorize(Permissions.ReadCustomers)]
    [Display(Name = "Read a segment")]
    [ProducesResponseType<SegmentJson>(200)]
    public async Task<IActionResult> Show(long id, CancellationToken stop) => await SegmentWriting.Find(Db, id, stop) is { } segment ? await Told(segment, stop) : NotFound();

    [HttpPost("")]
    [Authorize(Permissions.EditSegments)]
    [Display(Name = "Add a segment", Description = "kind is dynamic, with a rule as text or as a tree, or static, which is a list. A wrong rule is refused with position and expected. Its members are known after its first refresh, which is asked for at once.")]
    [ProducesResponseType<SegmentJson>(201)]
    public async Task<IActionResult> Create(SegmentInput input, CancellationToken stop)
    {
        await using var transaction = await Db.OwnTransaction(stop);
        await Db.HoldTenant(stop);
        if (await Forms(input, null, stop) is not var (form, card)) return Wrong(problem);
        var writing = Writing;
        if (!ModelState.IsValid || await writing.Create(form, card, stop) is not { } segment) return Wrong(writing.RuleError);
        if (transaction is not null) await transaction.CommitAsync(stop);
        return Made("segments", await Reading(segment, stop), segment.Id, segment.Version);
    }

    [HttpPut("{id:long}")]
    [Authorize(Permissions.EditSegments)]
    [Display(Name = "Replace a segment", Description = "Fields that are not there become empty; a rule that you may not read stays.")]
    [ProducesResponseType<SegmentJson>(200)]
    public async Task<IActionResult> Replace(long id, SegmentInput input, CancellationToken stop)
    {
        await using var transaction = await Db.OwnTransaction(stop);
        await Db.HoldTenant(stop);
        if (await SegmentWriting.Find(Db, id, stop) is not { } segment) return NotFound();
        var answer = await Change(segment, input, stop);
        if (ModelState.IsValid && transaction is not null) await transaction.CommitAsync(stop);
        return answer;
    }

    [HttpPatch("{id:long}")]
    [Authorize(Permissions.EditSegments)]
    [Consumes("application/json", "application/merge-patch+json")]
    [Display(Name = "Change a segment", Description = "Only the fields that are there are changed; null empties one.")]
    [ProducesResponseType<SegmentJson>(200)]
    public async Task<IActionResult> Patch(long id, [FromBody] JsonElement changes, CancellationToken stop)
    {
        await using var transaction = await Db.OwnTransaction(stop);
        await Db.HoldTenant(stop);
        if (await SegmentWriting.Find(Db, id, stop) is not { } segment) return NotFound();
        if (Merge(SegmentInput.Of(await Reading(segment, stop)), changes) is not { } merged) return Invalid();
        var answer = await Change(segment, merged, stop);
        if (ModelState.IsValid && transaction is not null) await transaction.CommitAsync(stop);
        return answer;
    }

    [HttpDelete("{id:long}")]
    [Authorize(Permissions.EditSegments)]
    [Display(Name = "Delete a segment", Description = "One that the rules of others name is not deleted: 409 names them. It can be restored.")]
    [ProducesResponseType(204)]
    public async Task<IActionResult> Delete(long id, CancellationToken stop)
    {
        await using var transaction = await Db.OwnTransaction(stop);
        await Db.HoldTenant(stop);
        if (await SegmentWriting.Find(Db, id, stop) is not { } segment) return NotFound();
        if (!IsExpected(segment)) return ChangedMeanwhile();
        var users = await Writing.Delete(segment, stop);
        if (users.Count > 0) return InTheWay(L["Other segments need it: {0}.", string.Join(L[", "], users)]);
        if (transaction is not null) await transaction.CommitAsync(stop);
        return NoContent();
    }

    private async Task<IActionResult> Change(Segment segment, SegmentInput input, CancellationToken stop)
    {
        if (!IsExpected(segment)) return ChangedMeanwhile();
        if (await Forms(input with { Kind = input.Kind ?? segment.Kind }, segment.Rule, stop) is not var (form, card)) return Wrong(problem);
        var writing = Writing;
        if (!ModelState.IsValid || !await writing.Change(segment, form, card, stop)) return Wrong(writing.RuleError);
        return await Told(segment, stop);
    }

    private async Task<(SegmentForm Form, SegmentCardForm Card)?> Forms(SegmentInput input, string? stored, CancellationToken stop)
    {
        var (form, card) = (input.ToForm(), input.ToCard());
        if (input.Tree is { ValueKind: not JsonValueKind.Null } tree)
        {
            var (text, wrong) = await rules.Text(tree, stored, stop);
            form.Rule = text;
            if (wrong is not null)
            {
                problem = wrong;
                ModelState.AddModelError(nameof(input.Tree), wrong.ToString());
            }
        }

        await Validate(form, stop);
        await Validate(card, stop);
        return ModelState.IsValid ? (form, card) : null;
    }

    private async Task<IActionResult> Told(Segment segment, CancellationToken stop) => One(await Reading(segment, stop), segment.Id, segment.Version, followsOthers: true);

    private async Task<SegmentJson> Reading(Segment segment, CancellationToken stop)
    {
        var opened = segment.Rule is null ? null : await rules.Open(segment.Rule, stop);
        var count = (await SegmentReading.Counts(Db, [segment], stop))[segment.Id];
        return SegmentJson.Of(segment, opened?.Rule.ToText(opened.Value.World), opened is var (rule, world) ? RuleTree.Write(rule, world) : null, count);
    }

    private IActionResult Wrong(RuleError? error) => RuleProblem.Beside(Invalid(), error);
}
