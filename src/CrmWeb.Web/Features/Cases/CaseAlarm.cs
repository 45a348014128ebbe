using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Data.Service;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Cases;

/// <summary>
/// Watches the clocks of cases: warns the owner before the time is over, and when it is, gives somebody a task to look after it. Any number of nodes may run it:
/// the claim and what is told of it are one transaction (decision 0018).
/// </summary>
public sealed class CaseAlarm(IServiceScopeFactory scopes, TimeProvider clock, ILogger<CaseAlarm> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // while some are due there may be more
                while (await Ring(stoppingToken) > 0) { }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(e, "The clocks of cases could not be read");
            }

            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Answers of how many cases it told somebody.</summary>
    public async Task<int> Ring(CancellationToken stop)
    {
        List<long> tenants;
        await using (var scope = scopes.CreateAsyncScope())
            tenants = await scope.ServiceProvider.GetRequiredService<CrmDb>().TenantsWithDueCases(Now, stop);
        var told = 0;
        foreach (var tenant in tenants)
        {
            try
            {
                told += await Within(tenant, Escalate, stop) + await Within(tenant, Warn, stop);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                // the trouble of one keeps nobody else's cases waiting
                log.LogError(e, "The cases of tenant {Tenant} that are due could not be told", tenant);
            }
        }

        return told;
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task<int> Within(long tenant, Func<IServiceProvider, CrmDb, CancellationToken, Task<int?>> work, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        db.Current.Enter(tenant, Actor.System);
        db.Current.Through(Via.Job);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await work(scope.ServiceProvider, db, stop) is not { } told) return 0;
        await transaction.CommitAsync(stop);
        return told;
    }

    private async Task<int?> Warn(IServiceProvider services, CrmDb db, CancellationToken stop)
    {
        var now = Now;
        if (await db.ClaimWarnings(now, stop) is not { } due) return null;
        var told = new List<(long, long, long)>();
        var lookout = await CaseLookout.Read(db, due, stop);
        // of what is late already they are told as such
        foreach (var one in due.Where(one => one.DueAt > now))
        {
            if ((lookout.OwnerOf(one) ?? lookout.EscalateTo(one)) is { } member) told.Add((member, one.Id, one.CustomerId));
        }

        await db.TellOfCases(NotificationKind.CaseDue, told, now, stop);
        return due.Count;
    }

    // a letter of two halves is not cut in the middle
    private static string Cut(string title) => title.Length <= CrmTask.TitleLength ? title
        : title[..(char.IsHighSurrogate(title[CrmTask.TitleLength - 1]) ? CrmTask.TitleLength - 1 : CrmTask.TitleLength)];

    private async Task<int?> Escalate(IServiceProvider services, CrmDb db, CancellationToken stop)
    {
        var now = Now;
        if (await db.ClaimLate(now, stop) is not { } late) return null;
        var told = new List<(long, long, long)>();
        var L = services.GetRequiredService<IStringLocalizer>();
        var tenant = await db.Tenants.Where(t => t.Id == db.Current.Id).Select(t => new { t.Language, t.TimeZone }).SingleAsync(stop);
        // what a task says is read by members; there is no one of them here
        CultureInfo.CurrentUICulture = Cultures.Of(tenant.Language);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, await ServiceClocks.Zone(db, stop)));
        var lookout = await CaseLookout.Read(db, late, stop);
        foreach (var one in late)
        {
            if (lookout.OwnerOf(one) is { } owner) told.Add((owner, one.Id, one.CustomerId));
            if (lookout.EscalateTo(one) is not { } to) continue;
            string title = L["Too late: {0}", one.Subject];
            db.Tasks.Add(new CrmTask(Cut(title), today, to, to, now)
            {
                CustomerId = one.CustomerId,
                Priority = Priority.High,
                Note = L["The time promised for case {0} has run out. See that the customer is answered.", one.Id],
            });
            if (to != one.OwnerId) told.Add((to, one.Id, one.CustomerId));
        }

        await db.SaveChangesAsync(stop);
        await db.TellOfCases(NotificationKind.CaseLate, told, now, stop);
        return late.Count;
    }
}
