using System.Collections.Concurrent;
using System.Net;
using System.Net.Mail;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Notifications;
using CrmWeb.Web.Platform.Mail;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Notifications;

public sealed class NotificationMailTests
{
    private static readonly DateTime Morning = new(2026, 11, 22, 6, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Digest_OfTwoNodesAtOnce_GoesOutOnce()
    {
        var (sink, host) = await Host();
        await using var node = host.AnotherNode();
        node.Clock.Now = Morning.AddHours(3);
        var acme = await Make.Tenant(host, "Acme");
        var members = new List<TestMember>();
        var id = await Make.Customer(acme, "Nordwind");
        for (var i = 0; i < 6; i++)
        {
            members.Add(await Make.Member(acme, Role.Manager));
            for (var n = 0; n < 3; n++) await Make.Notification(members[i], NotificationKind.Stage, id, Morning.AddHours(2));
        }

        Assert.Equal(0, await host.Services.GetRequiredService<NotificationMails>().PostDue(default));
        host.Clock.Now = Morning.AddHours(3);
        var posted = await Task.WhenAll(new[] { host, node, host, node }.Select(one => one.Services.GetRequiredService<NotificationMails>().PostDue(default)));

        Assert.Equal(6, posted.Sum());
        await SendAll(host);
        Assert.Equal(6, sink.Sent.Count);
        Assert.Equal(6, sink.Sent.Select(mail => mail.To).Distinct().Count());
        Assert.All(sink.Sent, mail => Assert.Equal("3 notifications from Acme", mail.Subject));
        Assert.All(sink.Sent, mail => Assert.Contains("Nordwind", mail.Text, StringComparison.Ordinal));
        Assert.Equal(0, await host.Services.GetRequiredService<NotificationMails>().PostDue(default));
    }

    [Fact]
    public async Task Mention_IsInTheDigestOfTheHourOfTheMember_UnlessReadBefore()
    {
        var (sink, host) = await Host();
        var acme = await Make.Tenant(host);
        var (ann, id) = (await Make.Member(acme, Role.Manager, "Ann"), await Make.Customer(acme, "Nordwind"));
        var hers = await ann.Browser();
        await hers.Post("/account", new { Name = "Ann", TimeZone = "Europe/Berlin", Language = "fa" });
        var browser = await acme.Admin.Browser();
        await browser.Post($"/customers/{id}/notes", new { Body = "@Ann one" });
        // 8 o'clock in Berlin is 7 o'clock UTC in winter
        Assert.Equal(Morning.AddHours(1), await Due(ann));
        await hers.Post("/notifications/read");
        host.Clock.Now = Morning.AddHours(2);
        Assert.Equal(0, await host.Services.GetRequiredService<NotificationMails>().PostDue(default));

        await browser.Post($"/customers/{id}/notes", new { Body = "@Ann two" });
        host.Clock.Now = Morning.AddHours(26);
        Assert.Equal(1, await host.Services.GetRequiredService<NotificationMails>().PostDue(default));
        await SendAll(host);
        var mail = Assert.Single(sink.Sent);
        Assert.Contains("از شما نام برد", mail.Subject, StringComparison.Ordinal);
        Assert.Contains($"http://localhost:5080/t/{acme.Slug}/account/notifications", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_SaysWhatTheReaderMaySeeWhenItIsSent()
    {
        var (sink, host) = await Host();
        var acme = await Make.Tenant(host);
        var sales = await Make.Member(acme, Role.Sales, "Sam");
        var (seen, lost) = (await Make.Customer(acme, "Seen", d => d with { OwnerId = sales.Id }), await Make.Customer(acme, "Lost", d => d with { OwnerId = sales.Id }));
        await Make.Notification(sales, NotificationKind.Stage, seen, Morning);
        await Make.Notification(sales, NotificationKind.Stage, lost, Morning);
        await acme.Use(db => db.Customers.Where(c => c.Id == lost).ExecuteUpdateAsync(set => set.SetProperty(c => c.OwnerId, acme.Admin.Id)));
        Assert.Equal(1, await host.Services.GetRequiredService<NotificationMails>().PostDue(default));
        await SendAll(host);
        var mail = Assert.Single(sink.Sent);
        Assert.Contains("Seen", mail.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("Lost", mail.Subject + mail.Text + mail.Html, StringComparison.Ordinal);
    }

    /// <summary>By the transport that a server uses, over a real connection: what arrives can be read, in Persian too, and stopped.</summary>
    [Fact]
    public async Task Digest_OverSmtp_ArrivesWhole()
    {
        await using var server = new SmtpSink();
        await using var host = await CrmHost.Start(settings: new Dictionary<string, string?>(StringComparer.Ordinal) { ["Mail:Host"] = "127.0.0.1", ["Mail:Port"] = $"{server.Port}", ["Mail:From"] = "crm@example.org" });
        host.Clock.Now = Morning;
        var acme = await Make.Tenant(host, "Acme");
        var (ann, sara, id) = (await Make.Member(acme, Role.Manager, "Ann"), await Make.Member(acme, Role.Manager, "Sara"), await Make.Customer(acme, "Nordwind"));
        await (await sara.Browser()).Post("/account", new { Name = "Sara", TimeZone = "UTC", Language = "fa" });
        await (await acme.Admin.Browser()).Post($"/customers/{id}/notes", new { Body = "@Ann and @Sara, look" });
        host.Clock.Now = Morning.AddDays(1);
        Assert.Equal(2, await host.Services.GetRequiredService<NotificationMails>().PostDue(default));
        await SendAll(host);

        Assert.Equal(2, server.Mails.Count);
        Assert.Equal(2, server.Mails.Select(mail => mail.To).Distinct(StringComparer.Ordinal).Count());
        Assert.All(server.Mails, mail =>
        {
            Assert.Equal("crm@example.org", mail.From);
            Assert.Contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click", mail.Text, StringComparison.Ordinal);
            Assert.Contains("Nordwind", Decoded(mail.Text), StringComparison.Ordinal);
        });
        Assert.Single(server.Mails, mail => Decoded(mail.Text).Contains("از شما نام برد", StringComparison.Ordinal));
        Assert.Equal(0, await host.Scope(services => services.GetRequiredService<CrmDb>().OutgoingMails.CountAsync()));
    }

    // the parts come in base64, line by line
    private static string Decoded(string mail) => string.Concat(mail.ReplaceLineEndings("\n").Split("\n\n").Select(part =>
    {
        var packed = part.Replace("\n", "", StringComparison.Ordinal);
        var bytes = new byte[packed.Length];
        return Convert.TryFromBase64String(packed, bytes, out var length) ? System.Text.Encoding.UTF8.GetString(bytes, 0, length) : part;
    }));

    [Fact]
    public async Task Deactivated_GetsNoMail()
    {
        var (_, host) = await Host();
        var acme = await Make.Tenant(host);
        var ann = await Make.Member(acme, Role.Manager);
        await Make.Notification(ann, NotificationKind.Stage, await Make.Customer(acme), Morning);
        await acme.Use(db => db.Members.Where(m => m.Id == ann.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.DeactivatedAt, Morning)));
        Assert.Equal(0, await host.Services.GetRequiredService<NotificationMails>().PostDue(default));
        Assert.Null(await Due(ann));
    }

    [Fact]
    public async Task K3_G3_AtOnce_IsChosen_AndOneClickStopsIt()
    {
        var (sink, host) = await Host();
        var acme = await Make.Tenant(host);
        var (ann, id) = (await Make.Member(acme, Role.Manager, "Ann"), await Make.Customer(acme));
        var hers = await ann.Browser();
        await hers.Post("/account/notifications", new { Mention = "Mail", Assigned = "Digest", Task = "Digest", Contact = "Nothing", Stage = "Bell", Owner = "Bell", Archived = "Bell", Job = "Bell", FollowsOwned = "true", DigestHour = 8 });
        var browser = await acme.Admin.Browser();
        await browser.Post($"/customers/{id}/notes", new { Body = "@Ann look" });
        Assert.Equal(1, await host.Services.GetRequiredService<NotificationMails>().PostDue(default));
        await SendAll(host);
        var mail = Assert.Single(sink.Sent);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Post);
        var link = mail.Unsubscribe!.Trim('<', '>');
        Assert.StartsWith("http://localhost:5080/notifications/unsubscribe?token=", link, StringComparison.Ordinal);
        Assert.Contains(link, mail.Text, StringComparison.Ordinal);

        var nobody = Visitor.Anonymous(host);
        var path = "~" + new Uri(link).PathAndQuery;
        Assert.Equal(HttpStatusCode.OK, (await nobody.Get(path)).Status);
        Assert.Equal(NotificationWay.Mail, await Way(ann, NotificationKind.Mention));
        foreach (var wrong in new[] { path[..^3] + "abc", "~/notifications/unsubscribe", "~/notifications/unsubscribe?token=x" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await nobody.Get(wrong)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await nobody.Post(wrong)).Status);
        }

        // what waits about a customer who was put away meanwhile does not come either
        var away = await Make.Customer(acme);
        await browser.Post($"/customers/{away}/notes", new { Body = "@Ann before it goes" });
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/customers/{away}/archive")).Status);
        for (var i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.OK, (await nobody.Post(path, new Dictionary<string, string> { ["List-Unsubscribe"] = "One-Click" })).Status);
        Assert.Equal((NotificationWay.Bell, NotificationWay.Bell, NotificationWay.Nothing), (await Way(ann, NotificationKind.Mention), await Way(ann, NotificationKind.Task), await Way(ann, NotificationKind.Contact)));
        await browser.Post($"/customers/{id}/notes", new { Body = "@Ann again" });
        Assert.Null(await Due(ann));
        Assert.Equal(0, await host.Services.GetRequiredService<NotificationMails>().PostDue(default));
    }

    [Fact]
    public async Task Settings_ChangedWhileMailsWait_MovesThem()
    {
        var (_, host) = await Host();
        var acme = await Make.Tenant(host);
        var ann = await Make.Member(acme, Role.Manager);
        await Make.Notification(ann, NotificationKind.Mention, await Make.Customer(acme), Morning.AddDays(3));
        var browser = await ann.Browser();
        await browser.Post("/account/notifications", new { Mention = "Digest", DigestHour = 9, DigestDay = "Tuesday" });
        // a Sunday; the tenant is in UTC
        Assert.Equal(new DateTime(2026, 11, 24, 9, 0, 0, DateTimeKind.Utc), await Due(ann));
        await browser.Post("/account/notifications", new { Mention = "Bell", DigestHour = 9 });
        Assert.Null(await Due(ann));
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Post("/account/notifications", new { Mention = "Bell", DigestHour = 24 })).Status);
        Assert.Equal("Choose an hour of the day.", (await browser.Post("/account/notifications", new { Mention = "Bell", DigestHour = -1 })).ErrorFor("DigestHour"));
    }

    /// <summary>R9: whatever the clocks do, the next digest is after now, within a day (or a week), and at that hour where there is one.</summary>
    [Fact]
    public void R9_NextDigest_AnyMomentAndZone_IsTheNextSuchHour() => Prop.ForAll(
        Gen.Choose(0, 4 * 365 * 24 * 60).SelectMany(minute => Gen.Elements("UTC", "Europe/Berlin", "America/New_York", "Asia/Tehran", "Australia/Lord_Howe", "Asia/Kathmandu").SelectMany(zone => Gen.Choose(0, 23).SelectMany(hour =>
            Gen.Elements<DayOfWeek?>(null, DayOfWeek.Sunday, DayOfWeek.Thursday).Select(day => (minute, zone, hour, day))))).ToArbitrary(),
        given =>
        {
            var (zone, now) = (TimeZoneInfo.FindSystemTimeZoneById(given.zone), new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(given.minute));
            var next = WallClock.Next(now, zone, given.hour, given.day);
            var wall = TimeZoneInfo.ConvertTimeFromUtc(next, zone);
            var skipped = zone.IsInvalidTime(wall.Date.AddHours(given.hour));
            return next > now && next - now <= TimeSpan.FromDays(given.day is null ? 1 : 7) + TimeSpan.FromHours(2)
                && (skipped || wall.TimeOfDay == TimeSpan.FromHours(given.hour)) && (given.day is null || wall.DayOfWeek == given.day);
        }).QuickCheckThrowOnFailure();

    private static async Task<(Sink, CrmHost)> Host()
    {
        var sink = new Sink();
        var host = await CrmHost.Start(services => services.AddSingleton<IMailTransport>(sink));
        host.Clock.Now = Morning;
        return (sink, host);
    }

    private static async Task SendAll(CrmHost host)
    {
        while (await host.Services.GetRequiredService<MailSender>().SendNext(default)) { }
    }

    private static Task<DateTime?> Due(TestMember member) => member.Tenant.Use(db =>
        db.Notifications.IgnoreQueryFilters([TenantScoping.VisibilityFilter]).Where(n => n.MemberId == member.Id).OrderByDescending(n => n.Id).Select(n => n.MailDueAt).FirstAsync());

    private static Task<NotificationWay> Way(TestMember member, NotificationKind kind) => member.Tenant.Use(async db =>
        (await db.NotificationChoices.IgnoreQueryFilters([TenantScoping.VisibilityFilter]).SingleOrDefaultAsync(c => c.MemberId == member.Id && c.Kind == kind))?.Way ?? kind.DefaultWay());

    private sealed record Mail(string To, string Subject, string Text, string Html, string? Unsubscribe, string? Post);

    private sealed class Sink : IMailTransport
    {
        public ConcurrentBag<Mail> Sent { get; } = [];

        public Task Send(MailMessage message, CancellationToken stop)
        {
            string Part(string type)
            {
                using var reader = new StreamReader(message.AlternateViews.Single(view => view.ContentType.MediaType == type).ContentStream);
                return reader.ReadToEnd();
            }

            Sent.Add(new(message.To.Single().Address, message.Subject, Part("text/plain"), Part("text/html"), message.Headers["List-Unsubscribe"], message.Headers["List-Unsubscribe-Post"]));
            return Task.CompletedTask;
        }
    }
}
