using System.Net;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Accounts;

public sealed class ApiKeyPagesTests
{
    [Fact]
    public async Task Create_Valid_ShowsTheKeyOnce_AndItWorks()
    {
        var acme = await Make.Tenant();
        var browser = await acme.Admin.Browser();
        var made = await browser.Post("/account/api-keys/new", new { Name = "Shop", Days = 30, Scopes = new[] { "customers.read" } });
        Assert.Equal(HttpStatusCode.Redirect, made.Status);
        // what is shown once travels in a cookie
        browser.Http.DefaultRequestHeaders.TryGetValues("Cookie", out var own);
        var carried = made.Response.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]);
        browser.Http.DefaultRequestHeaders.Remove("Cookie");
        browser.Http.DefaultRequestHeaders.Add("Cookie", string.Join("; ", own!.Concat(carried)));
        var shown = await browser.Get("/account/api-keys");
        var secret = shown.Html.QuerySelectorAll("code").Select(code => code.TextContent).Single(text => text.StartsWith("crm_", StringComparison.Ordinal) && !text.EndsWith('…'));
        (await new ApiProgram(acme.Host, secret).Get("/customers")).Assert200();
        var key = await acme.Use(db => db.ApiKeys.SingleAsync());
        Assert.Equal((acme.Admin.Id, "Shop", "customers.read"), (key.MemberId, key.Name, key.Scopes));
        Assert.Equal(acme.Host.Clock.Now.AddDays(30), key.ExpiresAt!.Value, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Create_Wrong_SaysItBesideTheFields()
    {
        var acme = await Make.Tenant();
        var browser = await (await Make.Member(acme, Role.Viewer)).Browser();
        var empty = await browser.Post("/account/api-keys/new", new { Name = "" });
        Assert.Equal(HttpStatusCode.BadRequest, empty.Status);
        Assert.NotNull(empty.ErrorFor("Name"));
        Assert.NotNull(empty.ErrorFor("Scopes"));
        // nobody hands on more than they have
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Post("/account/api-keys/new", new { Name = "X", Scopes = new[] { "customers.edit" } })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Post("/account/api-keys/new", new { Name = "X", Scopes = new[] { "everything" } })).Status);
        Assert.Equal(0, await acme.Use(db => db.ApiKeys.CountAsync()));
    }

    [Fact]
    public async Task Revoke_EndsIt_AndCanBeTakenBackForAMoment()
    {
        await using var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        var rep = await Make.Member(acme, Role.Sales);
        var (id, secret) = await Make.ApiKey(rep);
        var (api, browser) = (new ApiProgram(host, secret), await rep.Browser());
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/account/api-keys/{id}/revoke")).Status);
        (await api.Get("/customers")).AssertProblem(HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/account/api-keys/{id}/restore")).Status);
        (await api.Get("/customers")).Assert200();
        await browser.Post($"/account/api-keys/{id}/revoke");
        host.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Post($"/account/api-keys/{id}/restore")).Status);
        (await api.Get("/customers")).AssertProblem(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Keys_OfOthers_AreTheAdminsToSeeAndRevoke()
    {
        var acme = await Make.Tenant();
        var (rep, other) = (await Make.Member(acme, Role.Sales), await Make.Member(acme, Role.Manager));
        var (id, secret) = await Make.ApiKey(rep);
        var name = await acme.Use(db => db.ApiKeys.Where(k => k.Id == id).Select(k => k.Name).SingleAsync());
        var colleague = await other.Browser();
        Assert.DoesNotContain(name, (await colleague.Get("/account/api-keys")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await colleague.Post($"/account/api-keys/{id}/revoke")).Status);
        var admin = await acme.Admin.Browser();
        Assert.Contains(name, (await admin.Get("/account/api-keys")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/account/api-keys/{id}/revoke")).Status);
        (await new ApiProgram(acme.Host, secret).Get("/customers")).AssertProblem(HttpStatusCode.Unauthorized);
    }
}
