using System.Net;
using CrmWeb.Data;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Platform.Api;

public sealed class IdempotencyTests
{
    private const string Header = "Idempotency-Key";

    [Fact]
    public async Task Post_SentAgain_GivesTheFirstAnswerAndDoesNothing()
    {
        var acme = await Make.Tenant();
        var api = await Make.Program(acme.Admin);
        var first = (await api.Post("/customers", new { name = "Ann" }, (Header, "k1"))).AssertStatus(HttpStatusCode.Created);
        var again = (await api.Post("/customers", new { name = "Ann" }, (Header, "k1"))).AssertStatus(HttpStatusCode.Created);
        Assert.Equal(first.Body, again.Body);
        Assert.Equal(first.ETag, again.ETag);
        Assert.Equal(first.Response.Headers.Location, again.Response.Headers.Location);
        Assert.Equal(1, await acme.Use(db => db.Customers.CountAsync()));
        (await api.Post("/customers", new { name = "Bea" }, (Header, "k1"))).AssertProblem(HttpStatusCode.UnprocessableEntity);
        (await api.Post("/customers", new { name = "Bea" }, (Header, "k2"))).AssertStatus(HttpStatusCode.Created);
        (await api.Post("/tags", new { name = "Ann" }, (Header, "k1"))).AssertProblem(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Post_Refused_IsRefusedAgainAlike()
    {
        var acme = await Make.Tenant();
        var api = await Make.Program(acme.Admin);
        var first = (await api.Post("/customers", new { name = "" }, (Header, "k"))).AssertProblem(HttpStatusCode.BadRequest);
        Assert.Equal(first.Body, (await api.Post("/customers", new { name = "" }, (Header, "k"))).AssertProblem(HttpStatusCode.BadRequest).Body);
        (await api.Post("/customers/987654321/restore", null, (Header, "gone"))).AssertProblem(HttpStatusCode.NotFound);
        (await api.Post("/customers/987654321/restore", null, (Header, "gone"))).AssertProblem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Twins_AtOnce_WorkOnce()
    {
        var acme = await Make.Tenant();
        var api = await Make.Program(acme.Admin);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => api.Post("/customers", new { name = "Ann", tags = new[] { "VIP" } }, (Header, "twin"))));
        Assert.All(answers, answer => Assert.True(answer.Status is HttpStatusCode.Created or HttpStatusCode.Conflict, answer.Body));
        Assert.Single(answers.Where(answer => answer.Status == HttpStatusCode.Created).Select(answer => answer.Id).Distinct());
        Assert.Equal(1, await acme.Use(db => db.Customers.CountAsync()));
    }

    [Fact]
    public async Task Key_IsOfOneKeyOfOneTenant()
    {
        var (acme, other) = (await Make.Tenant(), await Make.Tenant());
        foreach (var member in new[] { acme.Admin, acme.Admin, other.Admin })
            (await (await Make.Program(member)).Post("/customers", new { name = $"Ann {Make.Number()}" }, (Header, "same"))).AssertStatus(HttpStatusCode.Created);
        Assert.Equal(2, await acme.Use(db => db.Customers.CountAsync()));
    }

    [Fact]
    public async Task Answer_IsForgottenAfterADay()
    {
        await using var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        var api = await Make.Program(acme.Admin);
        await api.Post("/tags", new { name = "A" }, (Header, "k"));
        host.Clock.Advance(TimeSpan.FromHours(25));
        (await api.Post("/tags", new { name = "B" }, (Header, "k"))).AssertStatus(HttpStatusCode.Created);
        host.Clock.Advance(TimeSpan.FromHours(25));
        await host.Scope(async services =>
        {
            await services.GetRequiredService<CrmDb>().RemoveOldRows(host.Clock.Now, default);
            return 0;
        });
        Assert.Equal(0, await acme.Use(db => db.IdempotencyKeys.CountAsync()));
    }

    [Fact]
    public async Task Key_TooLong_IsRefused()
    {
        var api = await Make.Program((await Make.Tenant()).Admin);
        Assert.NotEmpty((await api.Post("/tags", new { name = "A" }, (Header, new string('k', 256)))).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf(Header));
    }
}
