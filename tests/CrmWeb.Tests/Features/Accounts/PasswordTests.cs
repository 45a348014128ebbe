using System.Net;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Platform.Security;
using Microsoft.AspNetCore.Http;

namespace CrmWeb.Tests.Features.Accounts;

public sealed class PasswordTests
{
    private const string Fresh = "quite another password";

    [Fact]
    public async Task Forgotten_LinkUsed_NewPasswordHoldsAndOldOneDoesNot()
    {
        var login = await Login.Make();
        var person = new Person(login.Host);
        await person.Submit("/password/forgotten", new { login.Email });
        Assert.Equal("/", (await person.Submit(await login.Host.LinkTo(login.Email), new { Password = Fresh })).Location?.ToString());
        Assert.True(await person.IsIn());
        Assert.Equal(HttpStatusCode.OK, (await new Person(login.Host).SignIn(login)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await new Person(login.Host).SignIn(login, Fresh)).Status);
    }

    [Fact]
    public async Task Forgotten_LoginThatRests_IsWokenByTheNewPassword()
    {
        var login = await Login.Make();
        for (var i = 0; i < 5; i++) await new Person(login.Host).SignIn(login, "guess guess guess");
        var person = new Person(login.Host);
        await person.Submit("/password/forgotten", new { login.Email });
        await person.Submit(await login.Host.LinkTo(login.Email), new { Password = Fresh });
        Assert.True(await person.IsIn());
    }

    [Fact]
    public async Task K5_Forgotten_KnownAndUnknownMail_SameAnswer()
    {
        var login = await Login.Make();
        var (known, unknown) = (await new Person(login.Host).Submit("/password/forgotten", new { login.Email }), await new Person(login.Host).Submit("/password/forgotten", new { Email = "x" + login.Email[1..] }));
        Assert.Equal((known.Status, known.Location, known.Body.Length), (unknown.Status, unknown.Location, unknown.Body.Length));
        Assert.Empty(await login.Host.MailsTo("x" + login.Email[1..]));
    }

    [Fact]
    public async Task K4_ResetLink_OpeningDoesNothingAndItWorksOnce()
    {
        var login = await Login.Make();
        await new Person(login.Host).Submit("/password/forgotten", new { login.Email });
        var link = await login.Host.LinkTo(login.Email);

        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, (await new Person(login.Host).Get(link)).Status);
        var people = Enumerable.Range(0, 4).Select(_ => new Person(login.Host)).ToArray();
        var pages = await Task.WhenAll(people.Select(person => person.Get(link)));
        var answers = await Task.WhenAll(people.Zip(pages, (person, page) => person.Submit(page, new { Password = Fresh })));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Redirect);
        Assert.True(await IsDead(login.Host, link));
    }

    [Theory]
    [InlineData("time")]
    [InlineData("password")]
    [InlineData("mail")]
    [InlineData("second factor")]
    [InlineData("sign out everywhere")]
    [InlineData("tampering")]
    [InlineData("another purpose")]
    public async Task K4_ResetLink_DiesWith(string what)
    {
        var host = await CrmHost.Start();
        var login = await Login.Make(host);
        await new Person(host).Submit("/password/forgotten", new { login.Email });
        var link = await host.LinkTo(login.Email);
        var person = new Person(host);
        await person.SignIn(login);

        switch (what)
        {
            case "time": host.Clock.Advance(TimeSpan.FromHours(3)); break;
            case "password": await person.Submit("/account/password", new { Current = login.Password, Password = Fresh }); break;
            case "second factor": await login.TurnOnTwoFactor(); break;
            case "sign out everywhere": await person.Submit(await person.Get("/account/sessions"), action: "/account/sessions/end"); break;
            case "tampering": link = link[..^9] + (link[^9] == 'A' ? 'B' : 'A') + link[^8..]; break;
            case "another purpose": link = link.Replace("/password/new", "/mail/change", StringComparison.Ordinal); break;
            default:
                await person.Submit("/account/mail", new { Email = "other-" + login.Email, Current = login.Password });
                await person.Submit(await host.LinkTo("other-" + login.Email));
                break;
        }

        Assert.True(await IsDead(host, link));
    }

    [Fact]
    public async Task K4_ResetWithSecondFactor_StillAsksForTheCode()
    {
        var login = await Login.Make();
        await login.TurnOnTwoFactor();
        var person = new Person(login.Host);
        await person.Submit("/password/forgotten", new { login.Email });
        Assert.Equal("/sign-in/code", (await person.Submit(await login.Host.LinkTo(login.Email), new { Password = Fresh })).Location?.ToString());
        Assert.False(await person.IsIn());
    }

    [Theory]
    [InlineData("evil.example", null)]
    [InlineData("localhost:5080", "evil.example")]
    public async Task K3_ForeignHost_NeverGetsIntoALink(string hostHeader, string? forwarded)
    {
        var login = await Login.Make();
        var person = new Person(login.Host);
        var page = await person.Get("/password/forgotten");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/password/forgotten")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Email"] = login.Email,
                ["__RequestVerificationToken"] = page.Find("form.crm-form [name=__RequestVerificationToken]")!.GetAttribute("value")!,
            }),
        };
        request.Headers.Host = hostHeader;
        if (forwarded is not null) request.Headers.Add("X-Forwarded-Host", forwarded);

        var answer = await person.Send(request);

        if (forwarded is null)
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.Empty(await login.Host.MailsTo(login.Email));
            return;
        }

        var mail = (await login.Host.MailsTo(login.Email))[0];
        Assert.Contains("http://localhost:5080/password/new?token=", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("evil.example", mail.Text + mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forgotten_TooOftenFromOneAddress_IsToldToWaitAndOthersAreNot()
    {
        await using var host = await CrmHost.Start(settings: new Dictionary<string, string?> { ["Limits:Mail"] = "3", ["Limits:SignIn"] = "3" });
        _ = host.Services;
        async Task<HttpContext> Knock(string address) => await host.Server.SendAsync(http =>
        {
            http.Connection.RemoteIpAddress = IPAddress.Parse(address);
            http.Request.Method = "POST";
            http.Request.Path = "/password/forgotten";
            http.Request.Host = new HostString("localhost");
        });

        for (var i = 0; i < 3; i++) Assert.Equal(400, (await Knock("192.0.2.1")).Response.StatusCode);
        var refused = await Knock("192.0.2.1");
        Assert.Equal(429, refused.Response.StatusCode);
        Assert.NotEmpty(refused.Response.Headers.RetryAfter.ToString());
        Assert.Equal(400, (await Knock("192.0.2.2")).Response.StatusCode);
        Assert.Equal(RequestLimits.Key(IPAddress.Parse("2001:db8::1")), RequestLimits.Key(IPAddress.Parse("2001:db8::ffff:1")));
    }

    [Fact]
    public async Task Forgotten_TooOftenForOneMailbox_SendsNoMoreAndOthersGetTheirs()
    {
        await using var host = await CrmHost.Start(settings: new Dictionary<string, string?> { ["Limits:Mailbox"] = "2" });
        var (login, other) = (await Login.Make(host), await Login.Make(host));
        for (var i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.Redirect, (await new Person(host).Submit("/password/forgotten", new { login.Email })).Status);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await new Person(host).Submit("/password/forgotten", new { Email = $" {login.Email.ToUpperInvariant()}" })).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await new Person(host).Submit("/register/again", new { login.Email })).Status);

        Assert.Equal(2, (await host.MailsTo(login.Email)).Count);
        Assert.Equal(HttpStatusCode.Redirect, (await new Person(host).Submit("/password/forgotten", new { other.Email })).Status);
    }

    private static async Task<bool> IsDead(CrmHost host, string link) =>
        (await new Person(host).Get(link)).Text.Contains("does not work any more", StringComparison.Ordinal);
}
