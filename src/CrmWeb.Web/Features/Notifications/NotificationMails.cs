using CrmWeb.Data;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Tenancy;

namespace CrmWeb.Web.Features.Notifications;

/// <summary>Writes the mails about notifications when they are due, at once or as a digest. Any number of nodes may run it.</summary>
public sealed class NotificationMails(IServiceScopeFactory scopes, TimeProvider clock, ILogger<NotificationMails> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // while some come through there may be more
                while (await PostDue(stoppingToken) > 0) { }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(e, "The notifications that wait for a mail could not be read");
            }

            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Answers how many mails were written.</summary>
    public async Task<int> PostDue(CancellationToken stop)
    {
        List<DueNotifications> due;
        await using (var scope = scopes.CreateAsyncScope())
            due = await scope.ServiceProvider.GetRequiredService<CrmDb>().DueNotifications(clock.GetUtcNow().UtcDateTime, stop);
        var posted = 0;
        foreach (var one in due)
        {
            try
            {
                if (await Post(one, stop)) posted++;
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                // one member's trouble keeps nobody else's mail
                log.LogError(e, "The notifications of member {Member} could not be written as a mail", one.MemberId);
            }
        }

        return posted;
    }

    private async Task<bool> Post(DueNotifications due, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        // the member's rights as they are now
        if (await db.PassOfMember(due.TenantId, due.MemberId, stop) is not { } pass || !pass.Roles.Allow(Permissions.ReadCustomers))
        {
            await db.DropNotificationMails(due, clock.GetUtcNow().UtcDateTime, stop);
            return false;
        }

        db.Current.Enter(pass);
        db.Current.Through(Via.Job);
        scope.ServiceProvider.GetRequiredService<CurrentMember>().Enter(pass);
        return await scope.ServiceProvider.GetRequiredService<NotificationLetters>().Post(stop);
    }
}
