using System.Net;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Accounts;

public sealed class InvitationTests
{
    private const string Password = "a long enough password";

    [Fact]
    public async Task Accept_NewPerson_HasLoginAndPlaceAndIsIn()
    {
        var tenant = await Make.Tenant();
        var email = Mailbox.NewAddress();
        var path = await Invite(tenant, email, Role.Sales);
        var person = new Person(tenant.Host);

        Assert.Contains("invites you", (await person.Get(path)).Text, StringComparison.Ordinal);
        var joined = await person.Submit(path, new { Name = "Zoe", Password });

        Assert.Equal($"/t/{tenant.Slug}/today", joined.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await person.Get($"/t/{tenant.Slug}/account")).Status);
        Assert.Equal(Role.Sales, await tenant.Use(db => db.Members.Where(m => m.Name == "Zoe").Select(m => m.Roles).SingleAsync()));
        Assert.Contains("accepted already", (await new Person(tenant.Host).Get(path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accept_ExistingLogin_SignsInThenJoins()
    {
        var tenant = await Make.Tenant();
        var login = await Login.Make();
        var (secret, _) = await login.TurnOnTwoFactor();
        var path = await Invite(tenant, login.Email, Role.Viewer);
        var person = new Person(tenant.Host);

        var signIn = (await person.Get(path)).Html.QuerySelectorAll("a").Select(a => a.GetAttribute("href")!).Single(href => href.StartsWith("/sign-in?", StringComparison.Ordinal));
        Assert.Equal("/sign-in/code", (await person.Submit(signIn, new { login.Email, login.Password })).Location?.ToString());
        Assert.Equal(path, (await person.Submit("/sign-in/code", new { Code = Totp.Code(secret, tenant.Host.Clock.GetUtcNow()) })).Location?.ToString());
        Assert.Equal($"/t/{tenant.Slug}/today", (await person.Submit(path, new { Name = "Zoe" })).Location?.ToString());
    }

    [Fact]
    public async Task Accept_OtherLogin_IsToldAndChangesNothing()
    {
        var tenant = await Make.Tenant();
        var login = await Login.Make();
        var path = await Invite(tenant, Mailbox.NewAddress(), Role.Admin);
        var person = new Person(tenant.Host);
        await person.SignIn(login);

        var page = await person.Get(path);
        Assert.Contains("another login", page.Text, StringComparison.Ordinal);
        var token = page.Find("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        await person.Post(path, [KeyValuePair.Create("__RequestVerificationToken", token), KeyValuePair.Create("Name", "Mallory")]);
        await person.Post(path + "/new", [KeyValuePair.Create("__RequestVerificationToken", token), KeyValuePair.Create("Name", "Mallory"), KeyValuePair.Create("Password", Password)]);

        Assert.Equal(1, await tenant.Use(db => db.Members.CountAsync()));
    }

    [Fact]
    public async Task Accept_SomebodyWhoLeft_ComesBackAsInvited()
    {
        var tenant = await Make.Tenant();
        var member = await Make.Member(tenant, Role.Manager);
        var login = await Login.Of(member);
        await tenant.Use(async db =>
        {
            (await db.Members.SingleAsync(m => m.Id == member.Id)).Deactivate(tenant.Host.Clock.Now);
            return await db.SaveChangesAsync();
        });
        var path = await Invite(tenant, login.Email, Role.Viewer);
        var person = new Person(tenant.Host);
        await person.SignIn(login);
        await person.Submit(path, new { Name = "Back" });
        var row = await tenant.Use(db => db.Members.SingleAsync(m => m.Id == member.Id));
        Assert.Equal((true, Role.Viewer), (row.IsActive, row.Roles));
    }

    [Theory]
    [InlineData("time", "run out")]
    [InlineData("revoked", "taken back")]
    [InlineData("renewed", null)]
    [InlineData("another tenant", null)]
    [InlineData("wrong secret", null)]
    public async Task K4_Invitation_DiesWith(string what, string? told)
    {
        var host = await CrmHost.Start();
        var (tenant, other) = (await Make.Tenant(host), await Make.Tenant(host));
        var email = Mailbox.NewAddress();
        var path = await Invite(tenant, email, Role.Admin);
        var page = await new Person(host).Get(path);
        switch (what)
        {
            case "time": host.Clock.Advance(Invitation.Lifetime + TimeSpan.FromMinutes(1)); break;
            case "another tenant": path = path.Replace(tenant.Slug, other.Slug, StringComparison.Ordinal); break;
            case "wrong secret": path = path[..^1] + (path[^1] == 'A' ? 'B' : 'A'); break;
            default:
                await tenant.Use(async db =>
                {
                    var invitation = await db.Invitations.SingleAsync(i => i.Email == email);
                    if (what == "revoked") invitation.Revoke(host.Clock.Now);
                    else invitation.Renew(Secret.Hash("another"), host.Clock.Now);
                    return await db.SaveChangesAsync();
                });
                break;
        }

        var person = new Person(host);
        var answer = await person.Get(path);
        if (told is null) Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        else Assert.Contains(told, answer.Text, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.Redirect, (await person.Submit(page, new { Name = "Late", Password })).Status);
        Assert.Equal(1, await tenant.Use(db => db.Members.CountAsync()));
    }

    [Fact]
    public async Task K4_Invitation_AcceptedManyTimesAtOnce_JoinsOnce()
    {
        var tenant = await Make.Tenant();
        var path = await Invite(tenant, Mailbox.NewAddress(), Role.Sales);
        var people = Enumerable.Range(0, 6).Select(_ => new Person(tenant.Host)).ToArray();
        var pages = await Task.WhenAll(people.Select(person => person.Get(path)));
        var answers = await Task.WhenAll(people.Zip(pages, (person, page) => person.Submit(page, new { Name = "Zoe", Password })));
        Assert.Single(answers, answer => answer.Location?.ToString() == $"/t/{tenant.Slug}/today");
        Assert.Equal(2, await tenant.Use(db => db.Members.CountAsync()));
    }

    [Fact]
    public async Task Accept_Invalid_SaysSoBesideTheFields()
    {
        var tenant = await Make.Tenant();
        var answer = await new Person(tenant.Host).Submit(await Invite(tenant, Mailbox.NewAddress(), Role.Sales), new { Name = "", Password = "short" });
        Assert.NotNull(answer.ErrorFor("Name"));
        Assert.NotNull(answer.ErrorFor("Password"));
    }

    private static Task<string> Invite(TestTenant tenant, string email, Role roles) => tenant.Use(async db =>
    {
        var secret = Secret.New();
        db.Invitations.Add(new Invitation(email, roles, null, tenant.Admin.Id, Secret.Hash(secret), tenant.Host.Clock.Now));
        await db.SaveChangesAsync();
        return $"/invitations/{tenant.Slug}/{secret}";
    });
}
