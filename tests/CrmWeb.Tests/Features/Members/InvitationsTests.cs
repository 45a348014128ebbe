using System.Net;
using System.Text.RegularExpressions;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Members;

public partial class InvitationsTests
{
    [Fact]
    public async Task Create_NotAdmin_IsForbidden()
    {
        var acme = await Make.Tenant();
        var sales = await (await Make.Member(acme, Role.Sales)).Browser();
        Assert.Equal(HttpStatusCode.Forbidden, (await sales.Post("/settings/invitations/new", new { Emails = "a@example.org", Roles = "Admin" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await sales.Get("/settings/invitations")).Status);
    }

    [Fact]
    public async Task Create_SeveralAddresses_WritesRowsAndMailsWithWorkingSecrets()
    {
        var acme = await Make.Tenant();
        var team = await Make.Team(acme);
        var (first, second) = (Address(), Address());
        var page = await (await acme.Admin.Browser()).Post("/settings/invitations/new", new { Emails = $"{first}, {second}\n{first.ToUpperInvariant()}", Roles = new[] { "Sales", "Viewer" }, TeamId = team });

        Assert.Equal(HttpStatusCode.Redirect, page.Status);
        var rows = await acme.Use(db => db.Invitations.OrderBy(i => i.Id).ToListAsync());
        Assert.Equal([first, second], rows.Select(row => row.Email));
        Assert.All(rows, row => Assert.Equal((Role.Sales | Role.Viewer, (long?)team, acme.Admin.Id), (row.Roles, row.TeamId, row.InvitedById)));
        foreach (var row in rows) Assert.Equal(row.TokenHash, Secret.Hash(await SecretOf(acme, row.Email)));
    }

    [Theory]
    [InlineData("", "Please fill this in.")]
    [InlineData("nobody", "“nobody” is not an e-mail address.")]
    public async Task Create_WrongAddresses_ShowsErrorAndSendsNothing(string emails, string error)
    {
        var acme = await Make.Tenant();
        var page = await (await acme.Admin.Browser()).Post("/settings/invitations/new", new { Emails = emails, Roles = "Sales" });
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal(error, page.ErrorFor("Emails"));
        Assert.Equal(0, await acme.Use(db => db.Invitations.CountAsync()));
    }

    [Fact]
    public async Task Create_MemberAlready_SaysWho()
    {
        var acme = await Make.Tenant();
        var bob = await Make.Member(acme, Role.Sales);
        var mail = await acme.Use(db => db.Users.Where(u => u.Id == bob.UserId).Select(u => u.Email!).SingleAsync());
        var page = await (await acme.Admin.Browser()).Post("/settings/invitations/new", new { Emails = mail, Roles = "Sales" });
        Assert.Equal($"Already here: {mail}", page.ErrorFor("Emails"));
    }

    [Fact]
    public async Task Create_InvitedAlready_TheOldInvitationDies()
    {
        var acme = await Make.Tenant();
        var (admin, mail) = (await acme.Admin.Browser(), Address());
        await admin.Post("/settings/invitations/new", new { Emails = mail, Roles = "Sales" });
        await admin.Post("/settings/invitations/new", new { Emails = mail, Roles = "Viewer" });
        var open = await acme.Use(db => db.Invitations.Where(i => i.RevokedAt == null).ToListAsync());
        Assert.Equal(Role.Viewer, Assert.Single(open).Roles);
    }

    [Fact]
    public async Task T2_Create_ForeignTeam_IsNotFound()
    {
        var (acme, other) = (await Make.Tenant(), await Make.Tenant());
        var team = await Make.Team(other);
        Assert.Equal(HttpStatusCode.NotFound, (await (await acme.Admin.Browser()).Post("/settings/invitations/new", new { Emails = Address(), Roles = "Sales", TeamId = team })).Status);
    }

    [Fact]
    public async Task Resend_RenewsTheSecret_AndRevokeEndsIt()
    {
        var acme = await Make.Tenant();
        var (admin, mail) = (await acme.Admin.Browser(), Address());
        await admin.Post("/settings/invitations/new", new { Emails = mail, Roles = "Sales" });
        var before = await acme.Use(db => db.Invitations.SingleAsync());

        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/settings/invitations/{before.Id}/resend")).Status);
        var after = await acme.Use(db => db.Invitations.SingleAsync());
        Assert.NotEqual(before.TokenHash, after.TokenHash);
        Assert.Equal(after.TokenHash, Secret.Hash(await SecretOf(acme, mail)));

        await admin.Post($"/settings/invitations/{before.Id}/revoke");
        Assert.NotNull((await acme.Use(db => db.Invitations.SingleAsync())).RevokedAt);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Post($"/settings/invitations/{before.Id}/resend")).Status);
    }

    [Fact]
    public async Task T2_ForeignInvitation_IsNotFound()
    {
        var (acme, other) = (await Make.Tenant(), await Make.Tenant());
        await (await other.Admin.Browser()).Post("/settings/invitations/new", new { Emails = Address(), Roles = "Sales" });
        var foreign = await other.Use(db => db.Invitations.Select(i => i.Id).SingleAsync());
        var admin = await acme.Admin.Browser();
        foreach (var act in new[] { "resend", "revoke" }) Assert.Equal(HttpStatusCode.NotFound, (await admin.Post($"/settings/invitations/{foreign}/{act}")).Status);
        Assert.Null((await other.Use(db => db.Invitations.SingleAsync())).RevokedAt);
    }

    private static string Address() => $"invited{Make.Number()}@example.org";

    private static async Task<string> SecretOf(TestTenant tenant, string mail)
    {
        var text = await tenant.Use(db => db.OutgoingMails.Where(m => m.To == mail).OrderByDescending(m => m.Id).Select(m => m.Text).FirstAsync());
        var link = Link().Match(text);
        Assert.Equal(tenant.Slug, link.Groups["slug"].Value);
        return link.Groups["secret"].Value;
    }

    [GeneratedRegex("http://localhost:5080/invitations/(?<slug>[^/]+)/(?<secret>\\S+)", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
