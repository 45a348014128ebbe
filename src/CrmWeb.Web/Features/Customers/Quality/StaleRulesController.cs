using CrmWeb.Data;
using CrmWeb.Domain.Customers.Quality;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers.Quality;

public sealed record StaleRuleRow(StaleRule Rule, string? View, string? Member, int Open);

/// <summary>Rules that make tasks of records that nobody touched for long.</summary>
[Authorize(Permissions.ManageTenant)]
public sealed class StaleRulesController(IStringLocalizer L, MemberFields fields, MemberViews views) : TenantController
{
    private const string List = "~/quality/rules";

    [HttpGet("quality/rules")]
    public async Task<IActionResult> Index(CancellationToken stop) => View("Rules", await Db.StaleRules.AsNoTracking().OrderBy(r => r.Name).ThenBy(r => r.Id)
        .Select(r => new StaleRuleRow(r, r.View!.Name, r.Member!.Name, Db.StaleTasks.Count(s => s.RuleId == r.Id && Db.Tasks.Any(t => t.Id == s.TaskId && t.DoneAt == null)))).ToListAsync(stop));

    [HttpGet("quality/rules/new")]
    public async Task<IActionResult> New(CancellationToken stop) =>
        View("Rule", await Page(new StaleRuleForm { Days = 180, DueInDays = 7, MostPerNight = 10, TaskTitle = L["Check the data of the customer"], Since = StaleSince.Either }, null, stop));

    /// <param name="look">Only shows whom the rule means.</param>
    [HttpPost("quality/rules/new")]
    public async Task<IActionResult> Create(StaleRuleForm form, bool look, CancellationToken stop)
    {
        if (!await AreThere(form, null, stop)) return NotFound();
        if (ModelState.IsValid && await Db.StaleRules.CountAsync(stop) >= StaleRule.Most) ModelState.AddModelError(nameof(form.Name), L["There are {0} rules already; delete one first.", StaleRule.Most]);
        if (!ModelState.IsValid) return this.Invalid("Rule", await Page(form, null, stop));
        if (look || !await CanBeFollowed(form, stop)) return await Look(form, null, stop);
        Db.StaleRules.Add(new StaleRule(form.Details, Me.Id));
        await Db.SaveChangesAsync(stop);
        return this.Done(L["{0} was saved", form.Name!.Trim()], Url.Content(List));
    }

    [HttpGet("quality/rules/{id:long}")]
    public async Task<IActionResult> Edit(long id, CancellationToken stop) =>
        await Find(id, stop) is { DeletedAt: null } rule ? await Look(StaleRuleForm.Of(rule), id, stop) : NotFound();

    [HttpPost("quality/rules/{id:long}")]
    public async Task<IActionResult> Save(long id, StaleRuleForm form, bool look, CancellationToken stop)
    {
        if (await Find(id, stop) is not { DeletedAt: null } rule || !await AreThere(form, rule, stop)) return NotFound();
        if (!ModelState.IsValid) return this.Invalid("Rule", await Page(form, id, stop));
        if (look || !await CanBeFollowed(form, stop)) return await Look(form, id, stop);
        if (rule.Version != form.Version) return await Stale(rule, form, stop);
        rule.Change(form.Details);
        try
        {
            await Db.SaveChangesAsync(stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            Db.ChangeTracker.Clear();
            return await Find(id, stop) is { DeletedAt: null } newer ? await Stale(newer, form, stop) : NotFound();
        }

        return this.Done(L["{0} was saved", rule.Name], Url.Content(List));
    }

    [HttpPost("quality/rules/{id:long}/on")]
    public Task<IActionResult> On(long id, CancellationToken stop) => Switch(id, true, stop);

    [HttpPost("quality/rules/{id:long}/off")]
    public Task<IActionResult> Off(long id, CancellationToken stop) => Switch(id, false, stop);

    [HttpPost("quality/rules/{id:long}/delete")]
    public async Task<IActionResult> Delete(long id, CancellationToken stop)
    {
        if (await Find(id, stop) is not { DeletedAt: null } rule) return NotFound();
        rule.Delete(Me.Now);
        await Db.SaveChangesAsync(stop);
        return this.Done(L["{0} was deleted", rule.Name], Url.Content(List), Url.Content($"{List}/{id}/restore"));
    }

    [HttpPost("quality/rules/{id:long}/restore")]
    public async Task<IActionResult> Restore(long id, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } rule) return NotFound();
        rule.Restore();
        await Db.SaveChangesAsync(stop);
        return this.Done(L["{0} is back", rule.Name], Url.Content(List));
    }

    [HttpPost("quality/rules/run")]
    public async Task<IActionResult> Run(CancellationToken stop)
    {
        if (!await Db.Jobs.AnyAsync(j => j.Kind == QualityJob.JobKind && j.Payload == QualityJob.Rules && (j.State == JobState.Waiting || j.State == JobState.Running), stop))
        {
            Db.Jobs.Add(new Job(QualityJob.JobKind, QualityJob.Rules, Me.Id, Me.Now));
            await Db.SaveChangesAsync(stop);
        }

        return this.Done(L["The rules are followed now; tasks come in a moment"], Url.Content(List));
    }

    private async Task<IActionResult> Switch(long id, bool on, CancellationToken stop)
    {
        if (await Find(id, stop) is not { DeletedAt: null } rule) return NotFound();
        rule.Switch(on);
        await Db.SaveChangesAsync(stop);
        return this.Done(on ? L["{0} is switched on", rule.Name] : L["{0} is switched off", rule.Name], Url.Content(List), Url.Content($"{List}/{id}/{(on ? "off" : "on")}"));
    }

    private Task<StaleRule?> Find(long id, CancellationToken stop) => Db.StaleRules.IgnoreQueryFilters([TenantScoping.DeletedFilter]).SingleOrDefaultAsync(r => r.Id == id, stop);

    /// <summary>A view or a member that was chosen before stays to be chosen.</summary>
    private async Task<bool> AreThere(StaleRuleForm form, StaleRule? rule, CancellationToken stop) =>
        (form.ViewId is not { } view || view == rule?.ViewId || await views.Find(view, stop) is not null)
        && (form.MemberId is not { } member || member == rule?.MemberId || await Db.Members.AnyAsync(m => m.Id == member && m.DeactivatedAt == null, stop));

    private async Task<bool> CanBeFollowed(StaleRuleForm form, CancellationToken stop)
    {
        if (await new StaleQuery(Db, Me, await fields.All(stop)).Of(form.Details, stop) is not null) return true;
        ModelState.AddModelError(nameof(form.ViewId), L["A rule cannot follow this view: it is gone, has lost a part, or asks for “me”."]);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return false;
    }

    private async Task<IActionResult> Look(StaleRuleForm form, long? id, CancellationToken stop)
    {
        ViewData["Preview"] = await new StaleQuery(Db, Me, await fields.All(stop)).Preview(form.Details, stop);
        ViewData["Looked"] = true;
        return View("Rule", await Page(form, id, stop));
    }

    private async Task<IActionResult> Stale(StaleRule rule, StaleRuleForm form, CancellationToken stop)
    {
        var page = await Page(form, rule.Id, stop);
        ViewData[Shared.Conflict.Key] = RuleWords.Conflict(L, rule, form.Details, (List<Microsoft.AspNetCore.Mvc.Rendering.SelectListItem>)ViewData["Views"]!, (List<Microsoft.AspNetCore.Mvc.Rendering.SelectListItem>)ViewData["Members"]!);
        form.Version = rule.Version;
        ModelState.Remove(nameof(form.Version));
        return this.Invalid("Rule", page, StatusCodes.Status409Conflict);
    }

    private async Task<StaleRuleForm> Page(StaleRuleForm form, long? id, CancellationToken stop)
    {
        ViewData["Id"] = id;
        var seen = (await views.Seen(stop)).Select(view => Choices.Item(view.Id, view.Name)).ToList();
        if (form.ViewId is { } held && seen.TrueForAll(item => item.Value != Domain.Tenants.ChangeText.Of(held)))
            seen.AddRange((await Db.SavedViews.Where(v => v.Id == held).Select(v => v.Name).ToListAsync(stop)).Select(name => Choices.Item(held, name)));
        ViewData["Views"] = seen;
        ViewData["Members"] = await Db.MemberChoices(stop, form.MemberId);
        return form;
    }
}
