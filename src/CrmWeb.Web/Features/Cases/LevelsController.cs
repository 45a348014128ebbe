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

/// <summary>How fast cases are answered and resolved, by priority and service tier, in business time.</summary>
[Authorize(Permissions.ManageTenant)]
public sealed class LevelsController(IStringLocalizer L) : TenantController
{
    private static readonly Priority[] Order = [Priority.High, Priority.Normal, Priority.Low];

    [HttpGet("settings/service/levels")]
    public async Task<IActionResult> Edit(CancellationToken stop)
    {
        var clocks = await ServiceClocks.Read(Db, stop);
        string? Shown(int? minutes) => minutes is { } promised ? BusinessTime.Write(promised, clocks.Calendar.DayMinutes) : null;
        var form = new LevelsForm();
        foreach (var tier in (await Tiers(stop)).Select(t => (long?)t.Id).Prepend(null))
        {
            foreach (var priority in Order)
            {
                var rule = clocks.Rules.FirstOrDefault(r => r.Priority == priority && r.ServiceTierId == tier);
                form.Rows.Add(new LevelRow { Priority = priority, TierId = tier, Answer = Shown(rule?.AnswerMinutes), Resolve = Shown(rule?.ResolveMinutes) });
            }
        }

        return View("Levels", await Page(form, clocks, stop));
    }

    [HttpPost("settings/service/levels")]
    public async Task<IActionResult> Save(LevelsForm form, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        var tiers = (await Tiers(stop)).ConvertAll(t => (long?)t.Id);
        if (form.Rows.Exists(row => !Enum.IsDefined(row.Priority) || (row.TierId is not null && !tiers.Contains(row.TierId))) || form.Rows.DistinctBy(row => (row.Priority, row.TierId)).Count() != form.Rows.Count) return NotFound();
        var clocks = await ServiceClocks.Read(Db, stop);
        var read = form.Rows.Select((row, i) => (Row: row, Answer: Read($"Rows[{i}].Answer", row.Answer, clocks), Resolve: Read($"Rows[{i}].Resolve", row.Resolve, clocks))).ToList();
        for (var i = 0; i < read.Count; i++)
        {
            if (read[i].Resolve < read[i].Answer) ModelState.AddModelError($"Rows[{i}].Resolve", L["The end cannot be promised before the first answer."]);
        }

        if (!ModelState.IsValid) return this.Invalid("Levels", await Page(form, clocks, stop));
        var rules = await Db.SlaRules.ToListAsync(stop);
        foreach (var (row, answer, resolve) in read) Put(rules, row, answer, resolve);
        var change = new ClockChange(Db, Me);
        var moved = await change.Count(clocks with { Rules = rules }, stop);
        if (moved > 0 && form.Told != moved)
        {
            form.Told = moved;
            ModelState.Remove(nameof(form.Told));
            Db.ChangeTracker.Clear();
            return View("Levels", await Page(form, clocks, stop));
        }

        await Db.SaveChangesAsync(stop);
        await change.Apply(stop);
        await transaction.CommitAsync(stop);
        return this.Done(L["Service levels saved"], Url.Content("~/settings/service/levels"));
    }

    private int? Read(string field, string? typed, ServiceClocks clocks)
    {
        if (string.IsNullOrWhiteSpace(typed)) return null;
        var minutes = BusinessTime.Read(typed, clocks.Calendar.DayMinutes);
        if (minutes is null) ModelState.AddModelError(field, L["Write it like 30m, 4h or 2d."]);
        return minutes;
    }

    /// <summary>Nothing promised is no rule: then that of everybody holds.</summary>
    private void Put(List<SlaRule> rules, LevelRow row, int? answer, int? resolve)
    {
        var rule = rules.Find(r => r.Priority == row.Priority && r.ServiceTierId == row.TierId);
        if (answer is null && resolve is null)
        {
            if (rule is null) return;
            rules.Remove(rule);
            Db.SlaRules.Remove(rule);
            return;
        }

        if (rule is null)
        {
            rule = new SlaRule(row.Priority, row.TierId);
            rules.Add(rule);
            Db.SlaRules.Add(rule);
        }

        rule.Promise(answer, resolve);
    }

    private Task<List<ServiceTier>> Tiers(CancellationToken stop) => Db.ServiceTiers.AsNoTracking().OrderBy(t => t.Position).ThenBy(t => t.Id).ToListAsync(stop);

    private async Task<LevelsForm> Page(LevelsForm form, ServiceClocks clocks, CancellationToken stop)
    {
        ViewData["Tiers"] = await Tiers(stop);
        ViewData["Calendar"] = clocks.Calendar;
        return form;
    }
}
