using System.Collections.Concurrent;
using System.Net.Mail;
using CrmWeb.Data;
using CrmWeb.Data.Identity;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Platform.Mail;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Platform.Mail;

public sealed class MailTests
{
    [Fact]
    public async Task Send_FromTwoNodesAtOnce_EachMailGoesOnceAndItsRowIsGone()
    {
        var sink = new Sink();
        var host = await CrmHost.Start(services => services.AddSingleton<IMailTransport>(sink));
        await using var node2 = host.AnotherNode();
        await Post(host, 20);

        await Task.WhenAll(new[] { host, node2, host, node2 }.Select(async node =>
        {
            while (await node.Services.GetRequiredService<MailSender>().SendNext(default)) { }
        }));

        Assert.Equal(20, sink.Sent.Count);
        Assert.Equal(20, sink.Sent.Distinct().Count());
        Assert.Equal(0, await host.Scope(services => services.GetRequiredService<CrmDb>().OutgoingMails.CountAsync()));
    }

    [Fact]
    public async Task Send_ServerAway_TriesAgainLaterAndLater()
    {
        var sink = new Sink { Fails = 2 };
        var host = await CrmHost.Start(services => services.AddSingleton<IMailTransport>(sink));
        await Post(host, 1);
        var sender = host.Services.GetRequiredService<MailSender>();

        host.Clock.Now = host.Clock.Now;
        Assert.True(await sender.SendNext(default));
        Assert.False(await sender.SendNext(default));
        host.Clock.Advance(TimeSpan.FromMinutes(1.1));
        Assert.True(await sender.SendNext(default));
        host.Clock.Advance(TimeSpan.FromMinutes(1.1));
        Assert.False(await sender.SendNext(default));
        host.Clock.Advance(TimeSpan.FromMinutes(1.1));
        Assert.True(await sender.SendNext(default));
        Assert.Single(sink.Sent);
    }

    [Fact]
    public async Task Send_NodeDiesWithTheMail_ItComesDueAgain()
    {
        var host = await CrmHost.Start();
        await Post(host, 1);
        host.Clock.Now = host.Clock.Now;
        Assert.NotNull(await host.Scope(services => services.GetRequiredService<CrmDb>().ClaimMail(host.Clock.Now, default)));
        Assert.Null(await host.Scope(services => services.GetRequiredService<CrmDb>().ClaimMail(host.Clock.Now, default)));
        host.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.NotNull(await host.Scope(services => services.GetRequiredService<CrmDb>().ClaimMail(host.Clock.Now, default)));
    }

    [Fact]
    public async Task Pickup_LetterInPersian_IsReadBackWhole()
    {
        var folder = Directory.CreateTempSubdirectory("crm-mail-").FullName;
        var host = await CrmHost.Start(settings: new Dictionary<string, string?> { ["Mail:Folder"] = folder });
        var letter = new Letter("fa", "سلام – یک موضوع بلند که در یک سطر سرآیند جا نمی‌شود و باید شکسته شود") { Lines = ["یک خط، با = و ? و _"], Button = "باز کن", Url = "http://localhost:5080/x?token=a=b" };
        await Save(host, letter.To("ada@example.org", host.Clock.Now));
        await host.Services.GetRequiredService<MailSender>().SendNext(default);

        var mail = PickedMail.Read(Assert.Single(Directory.GetFiles(folder, "*.eml")));

        Assert.Equal(letter.Subject, mail.Subject);
        Assert.Equal("ada@example.org", mail.To);
        Assert.Contains(letter.Lines[0], mail.Text, StringComparison.Ordinal);
        Assert.Contains(letter.Url, mail.Text, StringComparison.Ordinal);
        Assert.Contains("dir=\"rtl\"", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Letter_NamesWithMarkup_StayText()
    {
        var mail = new Letter("en", "Hi <script>alert(1)</script>") { Lines = ["{{body}} <img src=x onerror=alert(1)>"], Button = "\"><b>", Url = "http://localhost/\"onclick=x" }.To("a@example.org", DateTime.UnixEpoch);
        Assert.DoesNotContain("<script>", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("\"onclick", mail.Html, StringComparison.Ordinal);
        Assert.Contains("{{body}}", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Letter_AnySubject_IsOneLineThatAHeaderCanHold() => Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyString>(), text =>
    {
        var mail = new Letter("en", "x" + text.Get + "\r\nBcc: evil@example.org").To("a@example.org", DateTime.UnixEpoch);
        return !mail.Subject.Any(char.IsControl) && mail.Subject.Length <= OutgoingMail.SubjectLength;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("a@example.org\r\nBcc: evil@example.org")]
    [InlineData("a@example.org, b@example.org")]
    [InlineData("\"a\" <a@example.org>")]
    [InlineData("")]
    public void Mail_ToWhatIsNoAddress_IsRefused(string address) => Assert.Throws<ArgumentException>(() => new Letter("en", "Hi").To(address, DateTime.UnixEpoch));

    private static Task<int> Post(CrmHost host, int count) => host.Scope(services =>
    {
        var db = services.GetRequiredService<CrmDb>();
        for (var i = 0; i < count; i++) db.OutgoingMails.Add(new Letter("en", $"Number {i}").To("ada@example.org", host.Clock.Now));
        return db.SaveChangesAsync();
    });

    private static Task<int> Save(CrmHost host, OutgoingMail mail) => host.Scope(services =>
    {
        services.GetRequiredService<CrmDb>().Add(mail);
        return services.GetRequiredService<CrmDb>().SaveChangesAsync();
    });

    [Fact]
    public async Task Send_ServerHangs_IsGivenUpAndTheNextMailGoes()
    {
        var host = await CrmHost.Start();
        await Post(host, 1);
        var services = host.Services;
        using var sender = new MailSender(
            services.GetRequiredService<IServiceScopeFactory>(), new Hangs(), services.GetRequiredService<MailFrom>(), host.Clock, services.GetRequiredService<Microsoft.Extensions.Logging.ILogger<MailSender>>())
        {
            Patience = TimeSpan.FromMilliseconds(50),
        };
        Assert.True(await sender.SendNext(default).WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(1, await host.Scope(s => s.GetRequiredService<CrmDb>().OutgoingMails.CountAsync()));
    }

    private sealed class Hangs : IMailTransport
    {
        public Task Send(MailMessage message, CancellationToken stop) => Task.Delay(Timeout.Infinite, stop);
    }

    private sealed class Sink : IMailTransport
    {
        public ConcurrentBag<string> Sent { get; } = [];

        public int Fails { get; set; }

        public Task Send(MailMessage message, CancellationToken stop)
        {
            if (Fails-- > 0) throw new SmtpException(SmtpStatusCode.ServiceNotAvailable);
            Sent.Add(message.Subject);
            return Task.CompletedTask;
        }
    }
}
