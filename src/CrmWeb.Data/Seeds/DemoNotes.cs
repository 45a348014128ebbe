using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Seeds;

/// <summary>What the demo's people told each other: notes that name a colleague, customers they follow, and what waits behind their bells.</summary>
internal sealed class DemoNotes(CrmDb db, List<Member> members, DateTime now)
{
    private const int Followed = 6;

    // by their place in DemoTenant
    private static readonly (int By, int To, string Text)[] Notes =
    [
        (3, 1, "{0}, they want 8 % off for a year's contract. May I?"),
        (4, 3, "{0}, the grinder came back for the second time. Call before you visit."),
        (1, 0, "{0}, a candidate for the wholesale story on the website."),
        (6, 7, "{0}، برای نمایشگاه به نمونهٔ تازه نیاز دارند."),
        (7, 6, "{0}, new person in purchasing. I have introduced you."),
    ];

    public async Task Make(CancellationToken stop)
    {
        var customers = await db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => c.Kind == CustomerKind.Organisation && c.OwnerId != null).OrderBy(c => c.Id).Take(Followed * 2).ToListAsync(stop);
        for (var i = 0; i < Notes.Length; i++) Write(customers[i], Notes[i].By, Notes[i].To, Notes[i].Text, now.AddHours(-3 * (i + 1)));
        foreach (var (customer, n) in customers.Skip(2).Take(Followed).Select((customer, n) => (customer, n)))
        {
            db.Follows.Add(new Follow(customer.Id, members[n % 2].Id, true, now.AddDays(-20)));
            db.Notifications.Add(new Notification(members[n % 2].Id, n % 3 == 0 ? NotificationKind.Stage : NotificationKind.Contact, customer.OwnerId, now.AddHours(-5 * (n + 1))) { CustomerId = customer.Id, Count = n % 3 == 0 ? 1 : n + 2 });
        }

        await db.SaveChangesAsync(stop);
        foreach (var note in await db.Mentions.IgnoreQueryFilters(TenantScoping.Unseen).Include(m => m.Interaction).ToListAsync(stop))
            db.Notifications.Add(new Notification(note.MemberId, NotificationKind.Mention, note.Interaction!.MemberId, note.Interaction.OccurredAt) { CustomerId = note.Interaction.CustomerId, InteractionId = note.InteractionId, Count = 1 });
        await db.SaveChangesAsync(stop);
        await db.NotificationsChange([.. members.Select(member => member.Id)], stop);
    }

    private void Write(Customer customer, int by, int to, string text, DateTime at)
    {
        var body = string.Format(System.Globalization.CultureInfo.InvariantCulture, text, MentionText.Token(members[to].Id));
        var note = customer.Log(new InteractionDetails { Channel = Channel.Note, OccurredAt = at, Body = body }, members[by].Id, at);
        note.Mentions.Add(new Mention(members[to].Id));
    }
}
