using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CrmWeb.Data;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web;
using CrmWeb.Web.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Accounts;

public sealed class SessionTests
{
    private const string Fresh = "quite another password";

    [Fact]
    public async Task K1_SignIn_RotatesTheCookieAndEndsTheOneBefore()
    {
        var login = await Login.Make();
        var person = new Person(login.Host);
        await person.SignIn(login);
        var (before, old) = (person.Cookies["crm"], person.At(login.Host));
        person.Cookies.Remove("crm");
        await person.SignIn(login);
        Assert.NotEqual(before, person.Cookies["crm"]);
        // another sign-in without the cookie is another device: both stay
        Assert.True(await old.IsIn());
    }

    [Theory]
    [InlineData("sign out")]
    [InlineData("end one")]
    [InlineData("sign out everywhere")]
    [InlineData("password")]
    [InlineData("reset")]
    [InlineData("mail")]
    [InlineData("second factor")]
    public async Task K1_OtherSessions_EndOnEveryNodeWithTheNextRequestAfter(string what)
    {
        var host = await CrmHost.Start();
        await using var node2 = host.AnotherNode();
        var login = await Login.Make(host);
        var (here, there) = (new Person(host), new Person(node2));
        await here.SignIn(login);
        await there.SignIn(login);
        Assert.True(await there.At(host).IsIn());
        var stolen = (what == "sign out" ? here : there).At(node2);
        Assert.True(await stolen.IsIn());

        var stays = await Do(what, here, login);

        Assert.False(await stolen.IsIn());
        Assert.False(await stolen.At(host).IsIn());
        Assert.Equal(stays, await here.IsIn());
        Assert.Equal(stays, await here.At(node2).IsIn());
    }

    [Fact]
    public async Task K1_MemberChanged_EveryNodeKnowsWithTheNextRequest()
    {
        var host = await CrmHost.Start();
        await using var node2 = host.AnotherNode();
        var tenant = await Make.Tenant(host);
        var (demoted, gone) = (await Make.Member(tenant, Role.Admin), await Make.Member(tenant, Role.Sales));
        var (there, out2) = (await demoted.Browser(node2), await gone.Browser(node2));
        Assert.Equal(HttpStatusCode.OK, (await there.Get("/settings/members")).Status);
        Assert.Equal(HttpStatusCode.OK, (await out2.Get("/customers")).Status);

        await tenant.Use(async db =>
        {
            (await db.Members.SingleAsync(m => m.Id == demoted.Id)).Become(Role.Sales);
            (await db.Members.SingleAsync(m => m.Id == gone.Id)).Deactivate(host.Clock.Now);
            return await db.SaveChangesAsync();
        });

        Assert.Equal(HttpStatusCode.Forbidden, (await there.Get("/settings/members")).Status);
        Assert.Equal(HttpStatusCode.OK, (await there.Get("/customers")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await out2.Get("/customers")).Status);
    }

    private static async Task<bool> Do(string what, Person here, Login login)
    {
        switch (what)
        {
            case "sign out":
                await here.Submit("/organisations", action: "/sign-out");
                return false;
            case "end one":
                var list = await here.Get("/account/sessions");
                var end = list.Html.QuerySelectorAll("[formaction]").Select(button => button.GetAttribute("formaction")!).Single(action => action.EndsWith("/end", StringComparison.Ordinal) && !action.EndsWith("sessions/end", StringComparison.Ordinal));
                await here.Submit(list, action: end);
                return true;
            case "sign out everywhere":
                await here.Submit("/account/sessions", action: "/account/sessions/end");
                return false;
            case "password":
                await here.Submit("/account/password", new { Current = login.Password, Password = Fresh });
                return true;
            case "reset":
                await here.Submit("/password/forgotten", new { login.Email });
                await new Person(login.Host).Submit(await login.Host.LinkTo(login.Email), new { Password = Fresh });
                return false;
            case "mail":
                await here.Submit("/account/mail", new { Email = "other-" + login.Email, Current = login.Password });
                await here.Submit(await login.Host.LinkTo("other-" + login.Email));
                return true;
            default:
                var page = await here.Get("/account/two-factor");
                await here.Submit(page, new { Code = Totp.Code(page.Find("[data-copy]")!.GetAttribute("data-copy")!, login.Host.Clock.GetUtcNow()), Current = login.Password });
                return true;
        }
    }

    [Fact]
    public async Task Sessions_ListedOnce_WithThisOneMarked()
    {
        var login = await Login.Make();
        var (here, there) = (new Person(login.Host), new Person(login.Host));
        await here.SignIn(login);
        await there.SignIn(login);
        var page = await here.Get("/account/sessions");
        Assert.Equal(2, page.Html.QuerySelectorAll("tbody tr").Length);
        Assert.Single(page.Texts(".crm-badge"), "This one");
    }

    [Fact]
    public async Task End_SessionOfSomebodyElse_IsNotFound()
    {
        var (login, other) = (await Login.Make(), await Login.Make());
        var (mine, theirs) = (new Person(login.Host), new Person(login.Host));
        await mine.SignIn(login);
        await theirs.SignIn(other);
        await new Person(login.Host).SignIn(other);
        var page = await theirs.Get("/account/sessions");
        var action = page.Html.QuerySelectorAll("[formaction]").Select(button => button.GetAttribute("formaction")!).Single(a => a.EndsWith("/end", StringComparison.Ordinal) && !a.EndsWith("sessions/end", StringComparison.Ordinal));
        var token = (await mine.Get("/account/sessions")).Find("[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        Assert.Equal(HttpStatusCode.NotFound, (await mine.Post(action, [KeyValuePair.Create("__RequestVerificationToken", token)])).Status);
        Assert.Equal(2, (await theirs.Get("/account/sessions")).Html.QuerySelectorAll("tbody tr").Length);
    }

    [Fact]
    public async Task K7_TwoNodes_ShareTheKeys()
    {
        var host = await CrmHost.Start();
        await using var node2 = host.AnotherNode();
        var login = await Login.Make(host);
        var person = new Person(host);
        await person.SignIn(login);
        Assert.True(await person.At(node2).IsIn());
        await using var node3 = host.AnotherNode();
        Assert.True(await person.At(node3).IsIn());
    }

    [Fact]
    public async Task K7_WithCertificate_KeysAreEncryptedAndStillShared()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("crm-keys-").FullName, "keys.pfx");
        using (var rsa = RSA.Create(2048))
        {
            var request = new CertificateRequest("CN=CrmWeb keys", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
            await File.WriteAllBytesAsync(file, certificate.Export(X509ContentType.Pkcs12, "secret"));
        }

        var host = await CrmHost.Start(settings: new Dictionary<string, string?> { ["Keys:Certificate"] = file, ["Keys:CertificatePassword"] = "secret" });
        await using var node2 = host.AnotherNode();
        var login = await Login.Make(host);
        var person = new Person(host);
        await person.SignIn(login);
        Assert.True(await person.At(node2).IsIn());
        var stored = await host.Scope(services => services.GetRequiredService<CrmDb>().ProtectionKeys.Select(key => key.Xml).ToListAsync());
        Assert.NotEmpty(stored);
        Assert.All(stored, xml => Assert.Contains("EncryptedData", xml, StringComparison.Ordinal));
    }

    [Fact]
    public async Task K7_KeysRotate_SignsEverybodyOutAndNewCookiesHoldOnRunningNodes()
    {
        var host = await CrmHost.Start();
        await using var node2 = host.AnotherNode();
        var login = await Login.Make(host);
        var (person, other) = (new Person(host), new Person(node2));
        await person.SignIn(login);
        await other.SignIn(login);

        await using (var command = host.AnotherNode())
        {
            await using var scope = command.Services.CreateAsyncScope();
            var verb = Commands.All.Single(v => v.Words == "keys rotate");
            Assert.Equal(0, await verb.Run(scope.ServiceProvider, new([], []), default));
        }

        Assert.False(await person.IsIn());
        Assert.False(await other.IsIn());
        // both nodes ran all the time: what one signs in, the other knows
        foreach (var (at, elsewhere) in new[] { (host, node2), (node2, host) })
        {
            var again = new Person(at);
            await again.SignIn(login);
            Assert.True(await again.IsIn());
            Assert.True(await again.At(elsewhere).IsIn());
        }
    }

    [Fact]
    public async Task Profile_Saved_IsTheMembersOwn()
    {
        var tenant = await Make.Tenant();
        var login = await Login.Of(tenant.Admin);
        var person = new Person(tenant.Host);
        await person.SignIn(login);
        var path = $"/t/{tenant.Slug}/account";
        Assert.Equal(path, (await person.Submit(path, new { Name = "Ada L.", Language = "fa", TimeZone = "Asia/Tehran" })).Location?.ToString());
        var page = await person.Get(path);
        Assert.Equal(("Ada L.", "Asia/Tehran"), (page.Value("Name"), page.Value("TimeZone")));
        Assert.Equal("fa", page.Html.DocumentElement.GetAttribute("lang"));
        Assert.NotNull((await person.Submit(path, new { Name = "", TimeZone = "Nowhere/Land" })).ErrorFor("TimeZone"));
    }
}
