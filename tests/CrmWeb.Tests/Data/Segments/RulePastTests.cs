using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Segments;
using CrmWeb.Domain.Service;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Data.Segments;

public sealed class RulePastTests
{
    [Fact]
    public async Task SubjectAt_Past_HasItsFieldsAndFactsOfThen()
    {
        var host = await CrmHost.Start();
        var tenant = await Make.Tenant(host);
        host.Clock.Now = new DateTime(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);
        var id = await Make.Customer(tenant, "Ana", d => d with { Stage = LifecycleStage.Lead, City = "Bern" });
        await Make.Order(tenant, id, 10_00);
        host.Clock.Now = new DateTime(2026, 6, 1, 12, 0, 0, DateTimeKind.Utc);
        await Make.Order(tenant, id, 20_00);
        await Change(tenant, id, d => d with { Stage = LifecycleStage.Loyal, City = "Berlin" });

        const string rule = "stage = \"lead\" and city = \"Bern\" and orderCount = 1 and totalSpent = 10 and sum(orders.total) = 10 and lastOrder >= today-1m";
        Assert.False(await Judge(tenant, id, rule, host.Clock.Now.AddDays(1)));
        Assert.True(await Judge(tenant, id, rule, new DateTime(2026, 1, 20, 0, 0, 0, DateTimeKind.Utc)));
        Assert.Null(await Judge(tenant, id, rule, new DateTime(2025, 12, 31, 0, 0, 0, DateTimeKind.Utc)));
    }

    [Fact]
    public async Task SubjectAt_WhatNobodyKept_IsSaid()
    {
        var tenant = await Make.Tenant();
        var id = await Make.Customer(tenant);
        var past = await tenant.Use(db => db.RuleSubjectAt(id, SegmentRule.Stored("margin > 5 and rfmRecency = 5 and orderCount = 0 and organisation.city = \"x\" and nextContactDue < today", RuleWorld.Bare), tenant.Host.Clock.Now.AddDays(1), CustomFieldSet.None, _ => db.Customers.Select(c => c.Id), default));
        Assert.Equal(["margin", "nextContactDue", "organisation.city", "rfmRecency"], past!.Unknown.Order());
    }

    [Fact]
    public async Task SubjectAt_WhatCameLater_IsNotThereYet()
    {
        var host = await CrmHost.Start();
        var tenant = await Make.Tenant(host);
        host.Clock.Now = new DateTime(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);
        var id = await Make.Customer(tenant, "Ana", d => d with { Stage = LifecycleStage.Lead });
        await Make.Case(tenant, id);
        host.Clock.Now = new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);
        await Change(tenant, id, d => d with { Stage = LifecycleStage.Prospect });
        host.Clock.Now = new DateTime(2026, 6, 1, 12, 0, 0, DateTimeKind.Utc);
        await Change(tenant, id, d => d with { Stage = LifecycleStage.Loyal, Website = "https://example.org" });
        await tenant.Use(async db =>
        {
            Assert.True((await db.Cases.SingleAsync()).Answer(host.Clock.Now, SlaClock.Of(BusinessCalendar.Always(TimeZoneInfo.Utc), null), host.Clock.Now));
            return await db.SaveChangesAsync();
        });

        const string rule = "website is empty and count(cases where answered is empty and answeredInMinutes is empty) = 1";
        var (february, april) = (new DateTime(2026, 2, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2026, 4, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.True(await Judge(tenant, id, rule + " and stageChanged = 2026-01-01", february));
        Assert.True(await Judge(tenant, id, rule + " and stageChanged = 2026-03-01", april));
        Assert.True(await Judge(tenant, id, "website is not empty and stageChanged = 2026-06-01 and count(cases where answered = 2026-06-01) = 1", host.Clock.Now.AddDays(1)));
    }

    private static Task<int> Change(TestTenant tenant, long id, Func<CustomerDetails, CustomerDetails> with) => tenant.Use(async db =>
    {
        var customer = await db.Customers.Include(c => c.ContactPoints).Include(c => c.CustomValues).SingleAsync(c => c.Id == id);
        customer.Change(with(CustomerDetails.Of(customer)), tenant.Host.Clock.Now);
        return await db.SaveChangesAsync();
    });

    private static Task<bool?> Judge(TestTenant tenant, long id, string text, DateTime at) => tenant.Use(async db =>
    {
        var rule = SegmentRule.Stored(text, RuleWorld.Bare);
        var past = await db.RuleSubjectAt(id, rule, at, CustomFieldSet.None, _ => db.Customers.Select(c => c.Id), default);
        return past is null ? null : (bool?)RuleEvaluation.Of(rule, past.Subject, new RuleMoment(DateOnly.FromDateTime(at), day => RuleRows.StartOf(day, TimeZoneInfo.Utc), "EUR")).IsTrue;
    });
}
