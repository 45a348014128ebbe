using System.Net;
using System.Text.RegularExpressions;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Platform.Api;

public sealed class ApiKeyTests
{
    [Fact]
    public async Task WithoutKey_IsAProblem_NotASignIn()
    {
        var acme = await Make.Tenant();
        foreach (var secret in new[] { null, "", "crm_nobody", "x", new string('a', 5000) })
        {
            var answer = (await new ApiProgram(acme.Host, secret).Get("/customers")).AssertProblem(HttpStatusCode.Unauthorized);
            Assert.StartsWith("Bearer", answer.Response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task K6_Cookie_NeverOpensTheApi()
    {
        var acme = await Make.Tenant();
        var customer = await Make.Customer(acme, "Ann");
        var browser = await acme.Admin.Browser();
        Assert.Equal(HttpStatusCode.OK, (await browser.Get($"/customers/{customer}")).Status);
        foreach (var path in new[] { "~/api/v1/customers", $"~/api/v1/customers/{customer}" })
            Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Get(path)).Status);
        // behind the path of a tenant there is no API, with whatever one comes
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get("/api/v1/customers")).Status);
        var (_, secret) = await Make.ApiKey(acme.Admin);
        browser.Http.DefaultRequestHeaders.Add("Authorization", $"Bearer {secret}");
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get("/api/v1/customers")).Status);
    }

    [Fact]
    public async Task Key_OpensNoPage()
    {
        var acme = await Make.Tenant();
        var (_, secret) = await Make.ApiKey(acme.Admin);
        var http = new ApiProgram(acme.Host, secret).Http;
        Assert.Equal(HttpStatusCode.Redirect, (await http.GetAsync($"/t/{acme.Slug}/customers")).StatusCode);
    }

    [Fact]
    public async Task Key_EndsWithRevocationExpiryAndMember()
    {
        await using var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        var rep = await Make.Member(acme, Role.Sales);
        var (id, secret) = await Make.ApiKey(rep, days: 30);
        var api = new ApiProgram(host, secret);
        (await api.Get("/customers")).Assert200();

        async Task Change(Action<ApiKey, Member> change) => await acme.Use(async db =>
        {
            change(await db.ApiKeys.SingleAsync(k => k.Id == id), await db.Members.SingleAsync(m => m.Id == rep.Id));
            return await db.SaveChangesAsync();
        });
        await Change((key, _) => key.Revoke(host.Clock.Now));
        (await api.Get("/customers")).AssertProblem(HttpStatusCode.Unauthorized);
        await Change((key, _) => key.Restore());
        (await api.Get("/customers")).Assert200();
        await Change((_, member) => member.Deactivate(host.Clock.Now));
        (await api.Get("/customers")).AssertProblem(HttpStatusCode.Unauthorized);
        await Change((_, member) => member.Reactivate());
        (await api.Get("/customers")).Assert200();
        host.Clock.Advance(TimeSpan.FromDays(31));
        (await api.Get("/customers")).AssertProblem(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Key_AllowsWhatRolesAndScopesBothAllow()
    {
        var acme = await Make.Tenant();
        var customer = await Make.Customer(acme);
        var reader = await Make.Program(acme.Admin, [Permissions.ReadCustomers]);
        (await reader.Get($"/customers/{customer}")).Assert200();
        (await reader.Patch($"/customers/{customer}", new { city = "Oslo" })).AssertProblem(HttpStatusCode.Forbidden);
        (await reader.Get("/imports")).AssertProblem(HttpStatusCode.Forbidden);
        var viewer = await Make.Program(await Make.Member(acme, Role.Viewer));
        (await viewer.Post("/customers", new { name = "Ann" })).AssertProblem(HttpStatusCode.Forbidden);
        // what the member became, the key is at once
        var member = await Make.Member(acme, Role.Viewer);
        var later = await Make.Program(member);
        await acme.Use(async db =>
        {
            (await db.Members.SingleAsync(m => m.Id == member.Id)).Become(Role.Manager);
            return await db.SaveChangesAsync();
        });
        (await later.Post("/customers", new { name = "Ann" })).AssertStatus(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Use_IsNotedOnceAMinute()
    {
        await using var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        var (id, secret) = await Make.ApiKey(acme.Admin);
        var api = new ApiProgram(host, secret);
        Task<DateTime?> Used() => acme.Use(db => db.ApiKeys.Where(k => k.Id == id).Select(k => k.LastUsedAt).SingleAsync());
        await api.Get("/tags");
        var first = await Used();
        Assert.NotNull(first);
        host.Clock.Advance(TimeSpan.FromSeconds(30));
        await api.Get("/tags");
        Assert.Equal(first, await Used());
        host.Clock.Advance(TimeSpan.FromSeconds(31));
        await api.Get("/tags");
        Assert.True(await Used() > first);
    }

    [Fact]
    public async Task K8_OnlyTheHashIsKept()
    {
        var acme = await Make.Tenant();
        var (id, secret) = await Make.ApiKey(acme.Admin);
        Assert.Matches(new Regex("^crm_[A-Za-z0-9_-]{43}$", RegexOptions.None, TimeSpan.FromSeconds(1)), secret);
        var kept = await acme.Use(db => db.ApiKeys.AsNoTracking().SingleAsync(k => k.Id == id));
        Assert.DoesNotContain(secret, $"{kept.Hash} {kept.Hint} {kept.Name} {kept.Scopes}", StringComparison.Ordinal);
        Assert.Equal(64, kept.Hash.Length);
    }

    [Fact]
    public async Task Limit_OfATenant_IsItsOwn()
    {
        await using var host = await CrmHost.Start(settings: new Dictionary<string, string?>(StringComparer.Ordinal) { ["Limits:Api"] = "1", ["Limits:ApiBurst"] = "5" });
        var (acme, other) = (await Make.Tenant(host), await Make.Tenant(host));
        var (api, second, theirs) = (await Make.Program(acme.Admin), await Make.Program(await Make.Member(acme, Role.Viewer)), await Make.Program(other.Admin));
        for (var i = 0; i < 5; i++) (await api.Get("/tags")).Assert200();
        var refused = (await api.Get("/tags")).AssertProblem(HttpStatusCode.TooManyRequests);
        Assert.True(refused.Response.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        (await second.Get("/tags")).AssertProblem(HttpStatusCode.TooManyRequests);
        (await theirs.Get("/tags")).Assert200();
    }
}
