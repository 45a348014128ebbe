using CrmWeb.Data.Identity;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>
/// Mails that wait are rows that are due. A node claims one by a conditional update that pushes it forward by a lease; when the node dies, the row
/// comes due again. A mail may therefore go out twice, and is never lost.
/// </summary>
public static class MailQueue
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);

    /// <summary>Claims the mail that is due longest, or answers null.</summary>
    public static async Task<OutgoingMail?> ClaimMail(this CrmDb db, DateTime now, CancellationToken stop)
    {
        var due = await db.OutgoingMails.AsNoTracking().Where(m => m.DueAt <= now).OrderBy(m => m.DueAt).Take(8).ToListAsync(stop);
        foreach (var mail in due)
        {
            var claimed = await db.OutgoingMails.Where(m => m.Id == mail.Id && m.Attempts == mail.Attempts && m.DueAt <= now)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.Attempts, m => m.Attempts + 1).SetProperty(m => m.DueAt, now + Lease), stop);
            if (claimed == 0) continue;
            mail.Attempts++;
            return mail;
        }

        return null;
    }

    /// <summary>The transport took it: the row goes, and with it the link inside.</summary>
    public static Task<int> ForgetMail(this CrmDb db, OutgoingMail mail, CancellationToken stop) => Held(db, mail).ExecuteDeleteAsync(stop);

    /// <summary>Tries again later, and later each time.</summary>
    public static Task<int> ReturnMail(this CrmDb db, OutgoingMail mail, DateTime now, CancellationToken stop)
    {
        var pause = TimeSpan.FromTicks(Math.Min(FirstPause.Ticks << Math.Min(mail.Attempts, 16), LongestPause.Ticks));
        return Held(db, mail).ExecuteUpdateAsync(set => set.SetProperty(m => m.DueAt, now + pause), stop);
    }

    private static IQueryable<OutgoingMail> Held(CrmDb db, OutgoingMail mail) => db.OutgoingMails.Where(m => m.Id == mail.Id && m.Attempts == mail.Attempts);
}
