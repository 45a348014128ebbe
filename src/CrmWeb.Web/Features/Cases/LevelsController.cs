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
        var form = new LevelsForm { DayMinutes = clocks.Calendar.DayMinutes };
        foreach (var tier in (await Tiers(stop)).Select(t => (long?)t.Id).Prepend(null))
        {
            foreach (var priority in Order)
            {
                var rule = Rule(clocks.Rules, priority, tier);
                var row = new LevelRow { Priority = priority, TierId = tier, Seen = Promised(rule) };
                Show(row, rule, clocks.Calendar.DayMinutes);
                form.Rows.Add(row);
            }
        }

        return View("Levels", await Page(form, stop));
    }

    [HttpPost("settings/service/levels")]
    public async Task<IActionResult> Save(LevelsForm form, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        if (!await Fits(form, stop)) return NotFound();
        var clocks = await ServiceClocks.Read(Db, stop);
        if (form.DayMinutes is not (> 0 and <= BusinessCalendar.WallDay)) form.DayMinutes = clocks.Calendar.DayMinutes;
        var day = form.DayMinutes.Value;
        var read = Read(form, day);
        if (!ModelState.IsValid) return this.Invalid("Levels", await Page(form, stop));
        if (await Meanwhile(read, clocks, day, stop) is { Count: > 0 } others) return await Conflict(form, others, stop);
        var rules = await Db.SlaRules.ToListAsync(stop);
        foreach (var (row, answer, resolve) in read) Put(rules, row, answer, resolve);
        var change = new ClockChange(Db, Me);
        var moved = await change.Count(clocks with { Rules = rules }, stop);
        if (moved > 0 && form.Told != moved)
        {
            form.Told = moved;
            ModelState.Remove(nameof(form.Told));
            Db.ChangeTracker.Clear();
            return View("Levels", await Page(form, stop));
        }

        await Db.SaveChangesAsync(stop);
        await Db.MoveAllClocks(stop);
        await transaction.CommitAsync(stop);
        return this.Done(L["Service levels saved"], Url.Content("~/settings/service/levels"));
    }

    /// <summary>False when a row is none of the tenant's. Rows of a tier that was taken out of use meanwhile go, which is said.</summary>
    private async Task<bool> Fits(LevelsForm form, CancellationToken stop)
    {
        var tiers = await Db.ServiceTiers.IgnoreQueryFilters([TenantScoping.DeletedFilter]).ToDictionaryAsync(t => t.Id, t => t.DeletedAt is null, stop);
        if (form.Rows.Exists(row => !Enum.IsDefined(row.Priority) || (row.TierId is { } id && !tiers.ContainsKey(id))) || form.Rows.DistinctBy(row => (row.Priority, row.TierId)).Count() != form.Rows.Count) return false;
        if (form.Rows.RemoveAll(row => row.TierId is { } id && !tiers[id]) == 0) return true;
        ModelState.Clear();
        ModelState.AddModelError("", L["A tier was taken out of use in the meantime. The rest is as you typed it; save once more."]);
        return true;
    }

    /// <summary>Promises that somebody else made since the form was opened (R1). Rows that were left alone here take them over.</summary>
    private async Task<List<ConflictField>> Meanwhile(List<(LevelRow Row, int? Answer, int? Resolve)> read, ServiceClocks clocks, int day, CancellationToken stop)
    {
        var names = (await Tiers(stop)).ToDictionary(t => t.Id, t => t.Name);
        var changed = new List<ConflictField>();
        foreach (var (row, answer, resolve) in read)
        {
            var rule = Rule(clocks.Rules, row.Priority, row.TierId);
            var (now, typed, seen) = (Promised(rule), LevelRow.Minutes(answer, resolve), row.Seen);
            if (seen is null || now == seen || now == typed) continue;
            string Said(int? of, int? end) => L["answer {0}, end {1}", of is { } a ? L.Length(a, day) : "—", end is { } e ? L.Length(e, day) : "—"];
            var label = L["{0}, priority {1}", row.TierId is { } tier ? names[tier] : L["Everybody else"].Value, L.Of(row.Priority)];
            changed.Add(new(label, Said(rule?.AnswerMinutes, rule?.ResolveMinutes), Said(answer, resolve)));
            if (typed == seen) Show(row, rule, day);
            row.Seen = now;
        }

        return changed;
    }

    /// <summary>The form with what was typed, and beside it what a colleague saved.</summary>
    private async Task<IActionResult> Conflict(LevelsForm form, List<ConflictField> others, CancellationToken stop)
    {
        ModelState.Clear();
        form.Told = null;
        ViewData[Shared.Conflict.Key] = Shared.Conflict.Of(others);
        return this.Invalid("Levels", await Page(form, stop), StatusCodes.Status409Conflict);
    }

    private static SlaRule? Rule(IEnumerable<SlaRule> rules, Priority priority, long? tier) => rules.FirstOrDefault(r => r.Priority == priority && r.ServiceTierId == tier);

    private static string Promised(SlaRule? rule) => LevelRow.Minutes(rule?.AnswerMinutes, rule?.ResolveMinutes);

    private static void Show(LevelRow row, SlaRule? rule, int day)
    {
        string? Shown(int? minutes) => minutes is { } promised ? BusinessTime.Write(promised, day) : null;
        (row.Answer, row.Resolve) = (Shown(rule?.AnswerMinutes), Shown(rule?.ResolveMinutes));
    }

    private List<(LevelRow Row, int? Answer, int? Resolve)> Read(LevelsForm form, int day)
    {
        var read = form.Rows.Select((row, i) => (Row: row, Answer: Read($"Rows[{i}].Answer", row.Answer, day), Resolve: Read($"Rows[{i}].Resolve", row.Resolve, day))).ToList();
        for (var i = 0; i < read.Count; i++)
        {
            if (read[i].Resolve < read[i].Answer) ModelState.AddModelError($"Rows[{i}].Resolve", L["The end cannot be promised before the first answer."]);
        }

        return read;
    }

    private int? Read(string field, string? typed, int day)
    {
        if (string.IsNullOrWhiteSpace(typed)) return null;
        var minutes = BusinessTime.Read(typed, day);
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

    private async Task<LevelsForm> Page(LevelsForm form, CancellationToken stop)
    {
        ViewData["Tiers"] = await Tiers(stop);
        return form;
    }
}
