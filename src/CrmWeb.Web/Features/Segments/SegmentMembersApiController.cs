using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using CrmWeb.Data;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Segments;
using CrmWeb.Web.Features.Segments.Building;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Segments;

/// <summary>Who is in a segment and why, for programs.</summary>
[Route("api/v1/segments")]
[Tags("Segments")]
public sealed class SegmentMembersApiController(MemberRules rules) : ApiController
{
    [HttpPost("preview")]
    [Authorize(Permissions.ReadCustomers)]
    [Display(Name = "Ask whom a rule means", Description = "How many customers, how many of them can be reached, and twenty of them; of those whom you see. A wrong rule is refused with position and expected.")]
    [ProducesResponseType<PreviewJson>(200)]
    [Repeatable]
    public async Task<IActionResult> Preview(RuleInput input, CancellationToken stop)
    {
        var (rule, error) = input.Tree is { ValueKind: not JsonValueKind.Null } tree ? await rules.Read(tree, stop) : await rules.Read(input.Rule ?? "", stop);
        if (rule is not null)
        {
            var preview = await RulePreview.Read(Db, rules, rule, RuleCount.Longest, stop);
            return preview.Numbers.IsWhole ? Ok(PreviewJson.Of(preview)) : TakesTooLong(L["To count whom this rule means takes too long. Narrow it, or make a segment by it and ask for its members."]);
        }

        return RuleProblem.Of(ModelState, input.Tree is null ? nameof(input.Rule) : nameof(input.Tree), error!, Invalid);
    }

    [HttpGet("{id:long}/members")]
    [Authorize(Permissions.ReadCustomers)]
    [Display(Name = "List the members of a segment", Description = "Those whom you see, in the order of their numbers.")]
    [ProducesResponseType<ApiList<SegmentMemberJson>>(200)]
    public async Task<IActionResult> Members(long id, [FromQuery] ApiPage page, CancellationToken stop)
    {
        if (!await Db.Segments.AnyAsync(s => s.Id == id, stop)) return NotFound();
        page.Check(ModelState, L);
        ApiPage.RefuseOthers(Request.Query, [], ModelState, L);
        if (page.Sort is { Length: > 0 } and not "id") ApiPage.NoSuchSort(ModelState, L, "id");
        var after = page.AfterId(ModelState, L) ?? 0;
        if (!ModelState.IsValid) return Invalid();
        var rows = await SegmentReading.Members(Db, id, after, page.Size + 1, stop);
        return Ok(page.Page(rows, row => row.CustomerId.ToString(CultureInfo.InvariantCulture), row => row));
    }

    [HttpPost("{id:long}/members")]
    [Authorize(Permissions.EditSegments)]
    [Display(Name = "Put customers on a list", Description = "Named by their ids, by a rule, or by the import that brought them; of those whom you see, at most 20,000 at once. Answers how many were not on it.")]
    [ProducesResponseType<TurnedJson>(200)]
    public async Task<IActionResult> Put(long id, SegmentMembersInput input, CancellationToken stop) =>
        await Turn(id, input, customers => Db.PutOnList(id, customers, stop), stop);

    [HttpPost("{id:long}/members/remove")]
    [Authorize(Permissions.EditSegments)]
    [Display(Name = "Take customers off a list", Description = "Named like those that are put on it. Answers how many were on it.")]
    [ProducesResponseType<TurnedJson>(200)]
    public async Task<IActionResult> Take(long id, SegmentMembersInput input, CancellationToken stop) =>
        await Turn(id, input, customers => Db.TakeOffList(id, customers, stop), stop);

    [HttpPost("{id:long}/freeze")]
    [Authorize(Permissions.EditSegments)]
    [Display(Name = "Freeze a segment", Description = "It becomes a list of who is in it now.")]
    [ProducesResponseType(204)]
    public async Task<IActionResult> Freeze(long id, CancellationToken stop)
    {
        await using var transaction = await Db.OwnTransaction(stop);
        await Db.HoldTenant(stop);
        if (await SegmentWriting.Find(Db, id, stop) is not { } segment) return NotFound();
        if (!IsExpected(segment)) return ChangedMeanwhile();
        if (segment.Kind == SegmentKind.Static) return InTheWay(L["A list has no rule."]);
        await new SegmentWriting(Db, Me, ModelState, rules, L).Freeze(segment, stop);
        if (transaction is not null) await transaction.CommitAsync(stop);
        return NoContent();
    }

    [HttpPost("{id:long}/refresh")]
    [Authorize(Permissions.EditSegments)]
    [Display(Name = "Refresh a segment", Description = "With those that its rule names. It is done soon afterwards: refreshedAt of the segment says when.")]
    [ProducesResponseType<RefreshJson>(202)]
    public async Task<IActionResult> Refresh(long id, CancellationToken stop)
    {
        if (await Db.Segments.Where(s => s.Id == id).Select(s => (SegmentKind?)s.Kind).SingleOrDefaultAsync(stop) is not { } kind) return NotFound();
        if (kind == SegmentKind.Static) return InTheWay(L["A list has no rule."]);
        var job = SegmentRefreshJob.Ask(Db, id, Me.Id, Me.Now);
        await Db.SaveChangesAsync(stop);
        return Accepted(new RefreshJson(job.Id, job.State));
    }

    [HttpPost("{id:long}/restore")]
    [Authorize(Permissions.EditSegments)]
    [Display(Name = "Restore a deleted segment")]
    [ProducesResponseType(204)]
    public async Task<IActionResult> Restore(long id, CancellationToken stop)
    {
        await using var transaction = await Db.OwnTransaction(stop);
        await Db.HoldTenant(stop);
        if (!await Db.Segments.IgnoreQueryFilters([TenantScoping.DeletedFilter]).AnyAsync(s => s.Id == id, stop)) return NotFound();
        if (await new SegmentWriting(Db, Me, ModelState, rules, L).Restore(id, stop) is { } why) return InTheWay(why);
        if (transaction is not null) await transaction.CommitAsync(stop);
        return NoContent();
    }

    private async Task<IActionResult> Turn(long id, SegmentMembersInput input, Func<IReadOnlyCollection<long>, Task<List<long>?>> turn, CancellationToken stop)
    {
        await using var transaction = await Db.OwnTransaction(stop);
        if (await Db.Segments.Where(s => s.Id == id).Select(s => (SegmentKind?)s.Kind).SingleOrDefaultAsync(stop) is not { } kind) return NotFound();
        if (kind == SegmentKind.Dynamic) return InTheWay(L["Who is in it follows from its rule. Freeze it to change that by hand."]);
        if (await SegmentChoosing.Customers(Db, rules, ModelState, L, input, stop) is not { } chosen) return Invalid();
        if (await turn(chosen) is not { } turned) return NotFound();
        if (transaction is not null) await transaction.CommitAsync(stop);
        return Ok(new TurnedJson(turned.Count));
    }

    [HttpGet("{id:long}/explain/{customerId:long}")]
    [Authorize(Permissions.ReadCustomers)]
    [Display(Name = "Explain why a customer is in a segment or not", Description = "Clause by clause, with the values that were compared.")]
    [ProducesResponseType<ExplanationJson>(200)]
    public async Task<IActionResult> Explain(long id, long customerId, CancellationToken stop)
    {
        if (await Db.Segments.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, stop) is not { } segment || !await Db.Customers.AnyAsync(c => c.Id == customerId, stop)) return NotFound();
        var since = await SegmentExplaining.Since(Db, id, customerId, stop);
        if (segment.Rule is null || await SegmentExplaining.Explain(Db, rules, segment.Rule, customerId, stop) is not var (found, rule, world)) return Ok(new ExplanationJson(since is not null, since, null, null));
        return Ok(new ExplanationJson(since is not null, since, found.IsTrue, SegmentExplaining.Write(found, RuleTree.Write(rule, world), world)));
    }
}
