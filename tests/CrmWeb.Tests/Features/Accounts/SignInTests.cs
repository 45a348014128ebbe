using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using CrmWeb.Data.Identity;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Accounts;

public sealed class SignInTests
{
    [Fact]
    public async Task SignIn_RightPassword_LeadsIntoTheOnlyOrganisation()
    {
        var host = await CrmHost.Shared();
        var tenant = await Make.Tenant(host);
        var login = await Login.Of(tenant.Admin);
        var person = new Person(host);

        var answer = await person.SignIn(login);

        Assert.Equal("/", answer.Location?.ToString());
        Assert.Equal($"/t/{tenant.Slug}/today", (await person.Get("/")).Location?.ToString());
    }

    [Fact]
    public async Task SignIn_MailInAnotherForm_IsFound()
    {
        var login = await Login.Make();
        Assert.Equal(HttpStatusCode.Redirect, (await new Person(login.Host).SignIn(login with { Email = "  " + login.Email.ToUpperInvariant() })).Status);
    }

    [Fact]
    public async Task SignIn_WrongPassword_SaysOneSentenceAndKeepsTheMail()
    {
        var login = await Login.Make();
        var answer = await new Person(login.Host).SignIn(login, "wrong wrong wrong");
        Assert.Contains("do not match", answer.Text, StringComparison.Ordinal);
        Assert.Equal(login.Email, answer.Value("Email"));
        Assert.DoesNotContain("wrong wrong wrong", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_NothingFilledIn_SaysSoBesideTheFields()
    {
        var answer = await new Person(await CrmHost.Shared()).Submit("/sign-in", new { Email = "", Password = "" });
        Assert.NotNull(answer.ErrorFor("Email"));
        Assert.NotNull(answer.ErrorFor("Password"));
    }

    [Fact]
    public async Task Start_Anonymous_LeadsToSignIn() =>
        Assert.StartsWith("/sign-in", (await new Person(await CrmHost.Shared()).Get("/")).Location!.PathAndQuery, StringComparison.Ordinal);

    [Fact]
    public async Task Start_SeveralOrganisations_OffersThem()
    {
        var (a, b) = (await Make.Tenant(name: "Alpha"), await Make.Tenant(name: "Beta"));
        var login = await Login.Of(a.Admin);
        await Make.Member(b, Role.Viewer, userId: login.UserId);
        var person = new Person(login.Host);
        await person.SignIn(login);

        var page = await person.Get("/");

        Assert.Equal([$"/t/{a.Slug}/today", $"/t/{b.Slug}/today"], page.Html.QuerySelectorAll("a.crm-row-link").Select(link => link.GetAttribute("href")));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("http:evil.example")]
    [InlineData("/%09/evil.example/..")]
    public async Task T19_SignInWithForeignReturnUrl_StaysHere(string returnUrl)
    {
        var login = await Login.Make();
        var person = new Person(login.Host);
        var answer = await person.Submit("/sign-in?returnUrl=" + Uri.EscapeDataString(returnUrl), new { login.Email, login.Password });
        var target = new Uri(new Uri("http://localhost:5080"), answer.Location!.ToString());
        Assert.Equal("localhost", target.Host);
        Assert.True(answer.Location.ToString() is "/" || answer.Location.ToString() == returnUrl);
    }

    [Fact]
    public async Task T19_SignInWithLocalReturnUrl_GoesThere()
    {
        var login = await Login.Make();
        var answer = await new Person(login.Host).Submit("/sign-in?returnUrl=%2Forganisations%3Fa%3D1", new { login.Email, login.Password });
        Assert.Equal("/organisations?a=1", answer.Location?.ToString());
    }

    [Fact]
    public async Task K2_FiftyWrongPasswordsAtOnce_FiveAreLookedAt()
    {
        var counting = new CountingHasher();
        var host = await CrmHost.Start(services => services.AddSingleton<IPasswordHasher<AppUser>>(counting));
        var login = await Login.Make(host);
        var hash = (await login.Row()).PasswordHash!;
        await using var other = host.AnotherNode();
        var people = Enumerable.Range(0, 50).Select(i => new Person(i % 2 == 0 ? host : other)).ToArray();
        var pages = await Task.WhenAll(people.Select(person => person.Get("/sign-in")));

        var answers = await Task.WhenAll(people.Zip(pages, (person, page) => person.Submit(page, new { login.Email, Password = "guess guess guess" })));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(5, counting.Of(hash));
        Assert.True((await login.Row()).LockoutEnd > host.Clock.GetUtcNow());
        // the right password is refused as well, until the rest is over
        Assert.Equal(HttpStatusCode.OK, (await new Person(host).SignIn(login)).Status);
        host.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(HttpStatusCode.Redirect, (await new Person(host).SignIn(login)).Status);
        Assert.Equal(0, (await login.Row()).AccessFailedCount);
    }

    [Fact]
    public async Task K2_PasswordRight_DoesNotResetWrongCodes()
    {
        var login = await Login.Make();
        await login.TurnOnTwoFactor();
        for (var i = 0; i < 5; i++)
        {
            var person = new Person(login.Host);
            Assert.Equal("/sign-in/code", (await person.SignIn(login)).Location?.ToString());
            await person.Submit("/sign-in/code", new { Code = "000000" });
        }

        Assert.Equal(HttpStatusCode.OK, (await new Person(login.Host).SignIn(login)).Status);
    }

    [Fact]
    public async Task K5_SignIn_KnownAndUnknownMail_SameAnswerAndSameWork()
    {
        var counting = new CountingHasher();
        var host = await CrmHost.Start(services => services.AddSingleton<IPasswordHasher<AppUser>>(counting));
        var login = await Login.Make(host);
        var unknown = "x" + login.Email[1..];

        var before = counting.Total;
        var known = await new Person(host).SignIn(login, "wrong wrong wrong");
        var afterKnown = counting.Total;
        var missing = await new Person(host).SignIn(login with { Email = unknown }, "wrong wrong wrong");

        Assert.Equal(known.Status, missing.Status);
        Assert.Equal(Lasting(known), Lasting(missing).Replace(unknown, login.Email, StringComparison.Ordinal));
        Assert.Equal(login.Email.Length, unknown.Length);
        Assert.Equal(afterKnown - before, counting.Total - afterKnown);
    }

    [Fact]
    public async Task K6_SignInCookie_IsHttpOnlyLaxAndForTheWholeSite()
    {
        var login = await Login.Make();
        var person = new Person(login.Host);
        await person.SignIn(login);
        var cookie = person.SetCookies.Last(set => set.StartsWith("crm=", StringComparison.Ordinal)).ToLowerInvariant();
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=lax", cookie, StringComparison.Ordinal);
        Assert.Contains("path=/;", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("expires=", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task K6_SiteOverHttps_AllCookiesAreSecure()
    {
        await using var host = await CrmHost.Start(settings: new Dictionary<string, string?> { ["Site:BaseUrl"] = "https://localhost:5080" });
        var login = await Login.Make(host);
        var person = new Person(host, "https");
        await person.Submit("/password/forgotten", new { login.Email });
        await person.SignIn(login);
        Assert.All(person.SetCookies, cookie => Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task SignIn_Remembered_CookieOutlivesTheBrowser()
    {
        var login = await Login.Make();
        var person = new Person(login.Host);
        await person.Submit("/sign-in", new { login.Email, login.Password, Remember = "true" });
        Assert.Contains("expires=", person.SetCookies.Last(set => set.StartsWith("crm=", StringComparison.Ordinal)), StringComparison.OrdinalIgnoreCase);
    }

    // what is random on every page, whoever asks
    private static string Lasting(Page page) => Regex.Replace(page.Body, "nonce=\"[^\"]*\"|(?:content|value)=\"CfDJ8[^\"]*\"", "", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private sealed class CountingHasher : PasswordHasher<AppUser>
    {
        private readonly ConcurrentDictionary<string, int> counts = new(StringComparer.Ordinal);

        public int Total => counts.Values.Sum();

        public int Of(string hash) => counts.GetValueOrDefault(hash);

        public override PasswordVerificationResult VerifyHashedPassword(AppUser user, string hashedPassword, string providedPassword)
        {
            counts.AddOrUpdate(hashedPassword, 1, (_, count) => count + 1);
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
