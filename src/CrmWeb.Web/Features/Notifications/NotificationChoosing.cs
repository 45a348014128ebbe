using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Notifications;

/// <summary>Writes how a member wants to be told. What waits for a mail already follows the new choice.</summary>
internal static class NotificationChoosing
{
    public static Task<Dictionary<NotificationKind, NotificationWay>> Chosen(CrmDb db, CancellationToken stop) =>
        db.NotificationChoices.AsNoTracking().ToDictionaryAsync(c => c.Kind, c => c.Way, stop);

    /// <summary>Of the member of this scope.</summary>
    /// <param name="wayOf">For each kind.</param>
    /// <param name="db">Inside the tenant.</param>
    /// <param name="me">Whose choice it is.</param>
    /// <param name="change">What else changes of the member.</param>
    /// <param name="stop">Ends the work.</param>
    public static Task Put(CrmDb db, CurrentMember me, Func<NotificationKind, NotificationWay> wayOf, Action<Member>? change, CancellationToken stop) => db.InTransaction(async () =>
    {
        var member = await db.Members.SingleAsync(m => m.Id == me.Id, stop);
        var rows = await db.NotificationChoices.ToDictionaryAsync(c => c.Kind, stop);
        foreach (var kind in NotificationKinds.All)
        {
            if (rows.TryGetValue(kind, out var row)) row.Way = wayOf(kind);
            else if (wayOf(kind) != kind.DefaultWay()) db.NotificationChoices.Add(new NotificationChoice(me.Id, kind, wayOf(kind)));
        }

        change?.Invoke(member);
        await db.SaveChangesAsync(stop);
        foreach (var way in NotificationKinds.All.ToLookup(wayOf)) await db.MoveNotificationMails([.. way], MailOf(way.Key, member, me), stop);
    }, stop);

    private static DateTime? MailOf(NotificationWay way, Member member, CurrentMember me) => way switch
    {
        NotificationWay.Mail => me.Now,
        NotificationWay.Digest => WallClock.Next(me.Now, me.TimeZone, member.DigestHour, member.DigestDay),
        _ => null,
    };
}
