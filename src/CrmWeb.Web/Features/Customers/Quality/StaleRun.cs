using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Data.Quality;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Quality;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers.Quality;

/// <summary>
/// Follows the rules about stale records: closes tasks whose customer is fresh again, then makes new ones, so many a member and day. Each member's tasks of a
/// rule are one transaction with the hold on the job; what another run made at the same moment is seen on the next look (the key of <see cref="StaleTask"/>).
/// </summary>
public sealed class StaleRun(CrmDb db, CurrentMember me, LocalTime time, IStringLocalizer L)
{
    private const int ClosedAtOnce = 200;

    private long done;

    /// <summary>Answers how many tasks were made.</summary>
    /// <param name="day">The tenant's: whoever asked for it may live elsewhere.</param>
    public async Task<long> Follow(JobRun run, CustomerFilterContext day, CancellationToken stop)
    {
        // what a task says is read by members; there is no one of them here
        CultureInfo.CurrentUICulture = Cultures.Of(me.Pass.TenantLanguage);
        var query = new StaleQuery(db, me, await db.LoadCustomFields(stop), day);
        foreach (var rule in await db.StaleRules.AsNoTracking().Where(r => r.IsOn).OrderBy(r => r.Id).ToListAsync(stop))
        {
            var since = day.StartOf(day.Today.AddDays(-rule.Days));
            await Close(run, rule, since, day, stop);
            if (await query.Of(rule.Details, stop) is not { } customers) continue;
            var stale = db.WithoutTaskOf(customers, rule.Id, since);
            foreach (var (member, its) in await Shares(rule, stale, stop)) await Make(run, rule, member, its, day, stop);
        }

        return done;
    }

    /// <summary>Who gets tasks about whom: nobody about a customer whom they do not see.</summary>
    private async Task<IReadOnlyList<(long Member, IQueryable<Customer> Customers)>> Shares(StaleRule rule, IQueryable<Customer> stale, CancellationToken stop)
    {
        if (rule.MemberId is { } member) return await Doing(member, stop) is { } pass ? [(member, stale.SeenBy(pass.Actor))] : [];
        var owners = await stale.Where(c => c.OwnerId != null && c.Owner!.DeactivatedAt == null).Select(c => c.OwnerId!.Value).Distinct().OrderBy(id => id).ToListAsync(stop);
        var shares = new List<(long, IQueryable<Customer>)>();
        foreach (var owner in owners)
        {
            if (await Doing(owner, stop) is not null) shares.Add((owner, stale.Where(c => c.OwnerId == owner)));
        }

        return shares;
    }

    /// <summary>Null when the member does no tasks.</summary>
    private async Task<TenantPass?> Doing(long member, CancellationToken stop) =>
        await db.PassOfMember(me.Pass.TenantId, member, stop) is { } pass && pass.Roles.Allow(Permissions.EditTasks) ? pass : null;

    private async Task Make(JobRun run, StaleRule rule, long member, IQueryable<Customer> stale, CustomerFilterContext day, CancellationToken stop)
    {
        var made = 0;
        await db.InTransaction(async () =>
        {
            await run.Progress(done, null, stop);
            var room = rule.MostPerNight - await db.GotOf(rule.Id, member, day.StartOf(day.Today), stop);
            if (room <= 0) return;
            var chosen = await stale.OrderBy(c => c.UpdatedAt).ThenBy(c => c.Id).Take(room).Select(c => new { c.Id, c.LastInteractionAt, c.UpdatedAt }).ToListAsync(stop);
            var rows = await db.TasksOf(rule.Id, [.. chosen.Select(c => c.Id)], stop);
            foreach (var customer in chosen)
            {
                var task = new CrmTask(rule.TaskTitle, day.Today.AddDays(rule.DueInDays), member, rule.CreatedById, me.Now) { CustomerId = customer.Id, Note = Why(rule, customer.LastInteractionAt, customer.UpdatedAt) };
                if (rows.TryGetValue(customer.Id, out var row)) row.Renew(task, me.Now);
                else db.StaleTasks.Add(new StaleTask(rule.Id, customer.Id, task, me.Now));
            }

            await db.SaveChangesAsync(stop);
            made = chosen.Count;
        }, stop);
        db.ChangeTracker.Clear();
        done += made;
    }

    private async Task Close(JobRun run, StaleRule rule, DateTime since, CustomerFilterContext day, CancellationToken stop)
    {
        for (var closed = ClosedAtOnce; closed == ClosedAtOnce;)
        {
            await db.InTransaction(async () =>
            {
                await run.Progress(done, null, stop);
                var tasks = await db.FreshAgain(rule, since).OrderBy(t => t.Id).Take(ClosedAtOnce).ToListAsync(stop);
                foreach (var task in tasks)
                {
                    if (task.Complete(me.Now, day.Today) is { } next) db.Tasks.Add(next);
                }

                await db.SaveChangesAsync(stop);
                closed = tasks.Count;
            }, stop);
            db.ChangeTracker.Clear();
        }
    }

    private string Why(StaleRule rule, DateTime? contacted, DateTime updated)
    {
        var last = contacted is { } at ? time.Date(DateOnly.FromDateTime(me.ToLocal(at))) : L["Never"].Value;
        return $"{L["Made by the rule “{0}”; it closes by itself when the record is fresh again.", rule.Name]}\n{L["Last contact"]}: {last}\n{L["Changed"]}: {time.Date(DateOnly.FromDateTime(me.ToLocal(updated)))}";
    }
}
