using System.Net;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Cases;

public sealed class ServiceTierTests
{
    [Fact]
    public async Task Tier_OfACustomer_IsSetByFormAndApi_Told_AndMovesTheClocks()
    {
        var acme = await Make.Tenant();
        await Make.SlaRule(acme);
        var gold = await Make.Tier(acme);
        await Make.SlaRule(acme, 30, 300, tier: gold);
        var customer = await Make.Customer(acme, "Ava");
        var api = await Make.Program(acme.Admin);
        var its = (await api.Post("/cases", new { customerId = customer, subject = "Broken" })).Id;
        var before = await Due(acme, its);
        var admin = await acme.Admin.Browser();
        Assert.Contains("Gold", (await admin.Get($"/customers/{customer}/edit")).Body, StringComparison.Ordinal);
        var version = await acme.Use(db => db.Customers.Where(c => c.Id == customer).Select(c => c.Version).SingleAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/customers/{customer}/edit", new { Name = "Ava", ServiceTierId = gold, Version = version })).Status);
        Assert.Equal(before.AddMinutes(-30), await Due(acme, its));
        Assert.Equal(1, await acme.Use(db => db.Changes.CountAsync(x => x.Field == "serviceTierId" && x.RecordId == customer)));
        Assert.Equal(gold, (await api.Get($"/customers/{customer}")).Assert200().Json["serviceTierId"]!.GetValue<long>());
        (await api.Patch($"/customers/{customer}", """{"serviceTierId":null}""")).Assert200();
        Assert.Equal(before, await Due(acme, its));
        Assert.NotEmpty((await api.Patch($"/customers/{customer}", $$"""{"serviceTierId":{{await Make.Tier(await Make.Tenant())}}}""")).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("serviceTierId"));
        Assert.Contains("Broken", (await admin.Get("/cases?scope=all&tier.op=empty")).Text, StringComparison.Ordinal);
    }

    private static Task<DateTime> Due(TestTenant tenant, long id) => tenant.Use(db => db.Cases.Where(c => c.Id == id).Select(c => c.NextDueAt!.Value).SingleAsync());
}
