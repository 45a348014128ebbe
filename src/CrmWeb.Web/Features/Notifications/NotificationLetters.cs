using CrmWeb.Data;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Mail;
using CrmWeb.Web.Platform.Security;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Notifications;

/// <summary>The mail about notifications that are due, in the reader's language: it says what they may see at that moment, and comes only while something is unread.</summary>
public sealed class NotificationLetters(CrmDb db, CurrentMember me, Site site, UnsubscribeLinks links, IStringLocalizer L)
{
    private const int MaxLines = 30;

    /// <summary>Claims what is due of the member of this scope and puts the mail into the queue, in one transaction. False when there was nothing to send, or another node was first.</summary>
    public async Task<bool> Post(CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await db.ClaimNotifications(me.Now, stop) is not { } ids) return false;
        var rows = await NotificationRow.Read(db, db.Heard().Where(n => ids.Contains(n.Id)).OrderByDescending(n => n.At).ThenByDescending(n => n.Id), stop);
        var to = rows.Count == 0 ? null : await db.Users.Where(u => u.Id == me.Pass.UserId).Select(u => u.Email).SingleOrDefaultAsync(stop);
        if (to is not null)
        {
            db.OutgoingMails.Add(Letter.In(Language, () => Write(rows)).To(to, me.Now));
            await db.SaveChangesAsync(stop);
        }

        await transaction.CommitAsync(stop);
        return to is not null;
    }

    private string Language => me.Pass.MemberLanguage ?? me.Pass.TenantLanguage;

    private Letter Write(List<NotificationRow> rows)
    {
        var (unsubscribe, home) = (links.Of(me.Pass), $"/t/{me.Pass.Slug}");
        return new Letter(Language, rows.Count == 1 ? Plain(L.Of(rows[0])) : L["{0} notifications from {1}", Digits.Number(rows.Count), me.Pass.TenantName])
        {
            Lines =
            [
                .. rows.Count == 1 ? [] : rows.Take(MaxLines).Select(row => L.Of(row)),
                .. rows.Count > MaxLines ? [L["And {0} more.", Digits.Number(rows.Count - MaxLines)].Value] : Array.Empty<string>(),
            ],
            Button = L["Look at it"],
            Url = site.Url($"{home}/notifications"),
            Links = [(L["Choose what you are told"], site.Url($"{home}/account/notifications")), (L["Stop these mails"], unsubscribe)],
            UnsubscribeUrl = unsubscribe,
        };
    }

    // a subject is read by programs too
    private static string Plain(string text) => text.Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal);
}
