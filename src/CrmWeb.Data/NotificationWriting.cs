using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>Something for one member to hear of.</summary>
/// <param name="Count">How many it stands for.</param>
internal sealed record News(long Member, NotificationKind Kind, long? CustomerId = null, long? InteractionId = null, long? TaskId = null, long? JobNumber = null, long? CaseId = null, int Count = 1)
{
    /// <summary>What is told together.</summary>
    public (long Member, NotificationKind Kind, long? CustomerId) Key => (Member, Kind, CustomerId);
}

/// <summary>
/// Writes what members are told, each as they chose. However many of them follow, it is the same few statements: a customer that the whole tenant follows
/// costs a save no more than another one.
/// </summary>
internal static class NotificationWriting
{
    private sealed record Wish(NotificationKind Kind, NotificationWay Way);

    private sealed record Hearer(long Id, string? TimeZone, string TenantTimeZone, int DigestHour, DayOfWeek? DigestDay, List<Wish> Wishes);

    private sealed record Unread(long Id, long MemberId, NotificationKind Kind, long? CustomerId, bool HasMail);

    private static readonly CompiledQuery<Func<CrmDb, long[], IAsyncEnumerable<Hearer>>> Asked = new(() =>
        EF.CompileAsyncQuery((CrmDb db, long[] members) => db.Members.IgnoreQueryFilters(TenantScoping.Unseen).AsNoTracking().AsSingleQuery()
            .Where(m => m.DeactivatedAt == null && members.Contains(m.Id))
            .Select(m => new Hearer(m.Id, m.TimeZone, db.Tenants.Where(t => t.Id == m.TenantId).Select(t => t.TimeZone).First(), m.DigestHour, m.DigestDay,
                db.NotificationChoices.Where(c => c.MemberId == m.Id).Select(c => new Wish(c.Kind, c.Way)).ToList()))));

    private static readonly CompiledQuery<Func<CrmDb, DateTime, long[], long[], NotificationKind[], IAsyncEnumerable<Unread>>> Recent = new(() =>
        EF.CompileAsyncQuery((CrmDb db, DateTime since, long[] customers, long[] members, NotificationKind[] kinds) => db.Notifications.IgnoreQueryFilters(TenantScoping.Unseen)
            .Where(n => n.ReadAt == null && n.MailedAt == null && n.At > since && customers.Contains(n.CustomerId!.Value) && members.Contains(n.MemberId) && kinds.Contains(n.Kind))
            .Select(n => new Unread(n.Id, n.MemberId, n.Kind, n.CustomerId, n.MailDueAt != null))));

    /// <summary>In the transaction of what is told.</summary>
    public static async Task Write(CrmDb db, IReadOnlyList<News> news, DateTime now, CancellationToken stop)
    {
        if (news.Count == 0) return;
        var hearers = await Asked.For(db)(db, [.. news.Select(one => one.Member).Distinct()]).ToDictionaryAsync(one => one.Id, cancellationToken: stop);
        var heard = new List<(News News, DateTime? Due)>();
        foreach (var one in Together(news))
        {
            if (hearers.TryGetValue(one.Member, out var hearer) && WayOf(hearer, one.Kind) is not NotificationWay.Nothing and var way) heard.Add((one, MailOf(hearer, way, now)));
        }

        if (heard.Count == 0) return;
        var folded = await Fold(db, heard.FindAll(one => one.News.Kind.IsFolded()), now, stop);
        long? by = db.ActorId == 0 ? null : db.ActorId;
        List<Notification> fresh =
        [
            .. heard.Where(one => !folded.Contains(one.News)).Select(one => new Notification(one.News.Member, one.News.Kind, by, now)
            {
                CustomerId = one.News.CustomerId,
                InteractionId = one.News.InteractionId,
                TaskId = one.News.TaskId,
                JobNumber = one.News.JobNumber,
                CaseId = one.News.CaseId,
                Count = one.News.Count,
                MailDueAt = one.Due,
            }),
        ];
        await db.BulkInsert(fresh, stop);
        await db.NotificationsChange([.. heard.Select(one => one.News.Member).Distinct()], stop);
    }

    /// <summary>Several of a kind about one customer in one save are one, that of the last.</summary>
    private static IEnumerable<News> Together(IReadOnlyList<News> news) =>
    [
        .. news.Where(one => !one.Kind.IsFolded()),
        .. news.Where(one => one.Kind.IsFolded()).GroupBy(one => one.Key).Select(group => group.Last() with { Count = group.Sum(one => one.Count) }),
    ];

    /// <summary>Counts on what is unread and of the last hour. Answers what was told so.</summary>
    private static async Task<HashSet<News>> Fold(CrmDb db, List<(News News, DateTime? Due)> heard, DateTime now, CancellationToken stop)
    {
        if (heard.Count == 0) return [];
        long[] members = [.. heard.Select(one => one.News.Member).Distinct()];
        long[] customers = [.. heard.Select(one => one.News.CustomerId!.Value).Distinct()];
        NotificationKind[] kinds = [.. heard.Select(one => one.News.Kind).Distinct()];
        var open = await Recent.For(db)(db, now - Notification.Folded, customers, members, kinds).ToListAsync(stop);
        var newest = open.GroupBy(n => (n.MemberId, n.Kind, n.CustomerId)).ToDictionary(group => group.Key, group => group.MaxBy(n => n.Id)!);
        // what waits for no mail takes in nothing that shall be in one
        var onto = heard.Where(one => newest.TryGetValue(one.News.Key, out var row) && (one.Due is null || row.HasMail)).Select(one => (one.News, newest[one.News.Key].Id)).ToList();
        long? by = db.ActorId == 0 ? null : db.ActorId;
        var written = 0;
        foreach (var same in onto.GroupBy(one => (one.News.Count, one.News.InteractionId)))
        {
            var (count, contact) = same.Key;
            List<long> ids = [.. same.Select(one => one.Id)];
            written += await Open(db).Where(n => ids.Contains(n.Id)).ExecuteUpdateAsync(
                set => set.SetProperty(n => n.Count, n => n.Count + count).SetProperty(n => n.At, now).SetProperty(n => n.ById, by).SetProperty(n => n.InteractionId, contact), stop);
        }

        if (written == onto.Count) return [.. onto.Select(one => one.News)];
        // somebody read one of them, or it went out, in this moment: it is told anew
        List<long> all = [.. onto.Select(one => one.Id)];
        var still = await Open(db).Where(n => all.Contains(n.Id)).Select(n => n.Id).ToListAsync(stop);
        return [.. onto.Where(one => still.Contains(one.Id)).Select(one => one.News)];
    }

    private static IQueryable<Notification> Open(CrmDb db) => db.Notifications.IgnoreQueryFilters(TenantScoping.Unseen).Where(n => n.ReadAt == null && n.MailedAt == null);

    private static NotificationWay WayOf(Hearer hearer, NotificationKind kind) => hearer.Wishes.Find(wish => wish.Kind == kind)?.Way ?? kind.DefaultWay();

    private static DateTime? MailOf(Hearer hearer, NotificationWay way, DateTime now) => way switch
    {
        NotificationWay.Mail => now,
        NotificationWay.Digest => WallClock.Next(now, WallClock.ZoneOf(hearer.TimeZone ?? hearer.TenantTimeZone), hearer.DigestHour, hearer.DigestDay),
        _ => null,
    };
}
