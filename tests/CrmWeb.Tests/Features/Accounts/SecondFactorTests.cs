using System.Net;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Platform.Security;

namespace CrmWeb.Tests.Features.Accounts;

public sealed class SecondFactorTests
{
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1234567890, "005924")]
    [InlineData(20000000000, "353130")]
    public void Totp_VectorsOfTheStandard_Hold(long seconds, string code) =>
        // RFC 6238, appendix B, the last six digits; the secret is "12345678901234567890" in base 32
        Assert.Equal(code, Totp.Code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", DateTimeOffset.FromUnixTimeSeconds(seconds)));

    [Fact]
    public async Task SignIn_WithApp_AsksForTheCode()
    {
        var login = await Login.Make();
        var (secret, _) = await login.TurnOnTwoFactor();
        var person = new Person(login.Host);

        Assert.Equal("/sign-in/code", (await person.SignIn(login)).Location?.ToString());
        Assert.False(await person.IsIn());
        Assert.Equal("/", (await person.Submit("/sign-in/code", new { Code = Totp.Code(secret, login.Host.Clock.GetUtcNow()) })).Location?.ToString());
        Assert.True(await person.IsIn());
    }

    [Fact]
    public async Task SignIn_SameCodeTwice_SecondIsRefused()
    {
        var login = await Login.Make();
        var (secret, _) = await login.TurnOnTwoFactor();
        var code = Totp.Code(secret, login.Host.Clock.GetUtcNow());
        var (first, second) = (new Person(login.Host), new Person(login.Host));
        await first.SignIn(login);
        await second.SignIn(login);

        Assert.Equal(HttpStatusCode.Redirect, (await first.Submit("/sign-in/code", new { Code = code })).Status);
        Assert.NotNull((await second.Submit("/sign-in/code", new { Code = code })).ErrorFor("Code"));
    }

    [Fact]
    public async Task SignIn_RecoveryCode_WorksOnceHoweverOftenSentAtOnce()
    {
        var login = await Login.Make();
        var (_, codes) = await login.TurnOnTwoFactor();
        var people = Enumerable.Range(0, 4).Select(_ => new Person(login.Host)).ToArray();
        foreach (var person in people) await person.SignIn(login);
        var pages = await Task.WhenAll(people.Select(person => person.Get("/sign-in/recovery")));

        var answers = await Task.WhenAll(people.Zip(pages, (person, page) => person.Submit(page, new { Code = codes[0].ToUpperInvariant() })));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Code_WithoutPassword_LeadsToSignIn() =>
        Assert.Equal("/sign-in", (await new Person(await CrmHost.Shared()).Get("/sign-in/code")).Location?.ToString());

    [Fact]
    public async Task TurnOn_CodeOfTheShownKey_ShowsCodesOnceAndKeepsThisBrowserIn()
    {
        var login = await Login.Make();
        var (here, elsewhere) = (new Person(login.Host), new Person(login.Host));
        await here.SignIn(login);
        await elsewhere.SignIn(login);
        var page = await here.Get("/account/two-factor");
        Assert.Contains("<svg", page.Body, StringComparison.Ordinal);
        var secret = page.Find("[data-copy]")!.GetAttribute("data-copy")!;

        var done = await here.Submit(page, new { Code = Totp.Code(secret, login.Host.Clock.GetUtcNow()), Current = login.Password });

        Assert.Equal(10, done.Texts("code").Count());
        Assert.True((await login.Row()).TwoFactorEnabled);
        Assert.True(await here.IsIn());
        Assert.False(await elsewhere.IsIn());
        Assert.DoesNotContain(done.Texts("code").First(), (await here.Get("/account/security")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TurnOn_WrongCodeOrPassword_ChangesNothing()
    {
        var login = await Login.Make();
        var person = new Person(login.Host);
        await person.SignIn(login);
        var page = await person.Get("/account/two-factor");
        var secret = page.Find("[data-copy]")!.GetAttribute("data-copy")!;

        Assert.NotNull((await person.Submit(page, new { Code = "000000", Current = login.Password })).ErrorFor("Code"));
        var refused = await person.Submit(page, new { Code = Totp.Code(secret, login.Host.Clock.GetUtcNow()), Current = "wrong wrong wrong" });
        Assert.NotNull(refused.ErrorFor("Current"));
        // the key on the page is still the one that the app was shown
        Assert.Equal(secret, refused.Find("[data-copy]")!.GetAttribute("data-copy"));
        Assert.False((await login.Row()).TwoFactorEnabled);
    }

    [Fact]
    public async Task TurnOff_WithPassword_NoCodeIsAskedAnyMore()
    {
        var login = await Login.Make();
        var (secret, _) = await login.TurnOnTwoFactor();
        var person = new Person(login.Host);
        await person.SignIn(login);
        await person.Submit("/sign-in/code", new { Code = Totp.Code(secret, login.Host.Clock.GetUtcNow()) });
        await person.Submit("/account/two-factor/off", new { Current = login.Password });

        Assert.True(await person.IsIn());
        Assert.Equal("/", (await new Person(login.Host).SignIn(login)).Location?.ToString());
    }
}
