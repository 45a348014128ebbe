using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Customers.Quality;

/// <summary>A value is as old as its last change, or as its record; the record is another matter.</summary>
public sealed class FreshValueTests
{
    [Fact]
    public async Task Value_SetLongAgo_IsToldOfItsField_WhateverElseWasChanged()
    {
        await using var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        await Make.Field(acme, CustomFieldType.Text, "Size");
        var fields = await Make.FieldsOf(acme);
        var id = await Make.Customer(acme, "Old", d => (d with { Email = "old@example.org", Phone = "+49 170 1234567", OwnerId = acme.Admin.Id, CustomFields = fields }).With("size", ["44"]));
        await Make.Customer(acme, "New", d => d with { Email = "new@example.org" });
        await acme.Use(db => db.Customers.Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.CreatedAt, acme.Host.Clock.Now.AddDays(-500)).SetProperty(c => c.UpdatedAt, acme.Host.Clock.Now.AddDays(-500))));
        var browser = await acme.Admin.Browser();

        async Task<string> Of(string field) => string.Join(',', (await browser.Get($"/customers?aged={field}")).Texts(".crm-list-name bdi"));
        Assert.Equal(("Old", "Old", "Old", "Old", ""), (await Of("email"), await Of("phone"), await Of("owner"), await Of("custom.size"), await Of("website")));
        var version = (await acme.CustomerOf(id)).Version;
        await browser.Post($"/customers/{id}/cell", new { field = "email", Email = "other@example.org", Version = version });
        Assert.Equal(("", "Old", "Old", "Old"), (await Of("email"), await Of("phone"), await Of("owner"), await Of("custom.size")));
        await acme.Use(async db =>
        {
            var customer = await db.Customers.Include(c => c.CustomValues).Include(c => c.ContactPoints).SingleAsync(c => c.Id == id);
            customer.Change(CustomerDetails.Of(customer, fields).With("size", ["45"]), acme.Host.Clock.Now);
            return await db.SaveChangesAsync();
        });
        Assert.Equal(("", "Old"), (await Of("custom.size"), await Of("phone")));

        await acme.Tend();
        var rows = await acme.Use(db => db.QualityCounts.Where(q => q.Field != "").GroupBy(q => q.Field).Select(g => new { g.Key, Filled = g.Sum(q => q.Filled), Stale = g.Sum(q => q.Stale) }).ToDictionaryAsync(row => row.Key));
        Assert.Equal((2, 0), (rows["email"].Filled, rows["email"].Stale));
        Assert.Equal((1, 1), (rows["phone"].Filled, rows["phone"].Stale));
        Assert.Equal((1, 0), (rows["custom.size"].Filled, rows["custom.size"].Stale));
        Assert.EndsWith("aged=phone&then=1", (await browser.Get("/quality")).Html.QuerySelectorAll("a[href*='aged=phone']").Select(a => a.GetAttribute("href")!).First(), StringComparison.Ordinal);
        // the record was changed only now
        Assert.Empty((await browser.Get("/customers?quality=stale")).Texts(".crm-list-name bdi"));
    }

    [Fact]
    public async Task Api_TellsTheNumbersOfThePage_CutAndGrouped()
    {
        await using var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        var api = await Make.Program(acme.Admin);
        Assert.Null((await api.Get("/quality")).Assert200().Json["countedAt"]);
        for (var i = 0; i < 3; i++) await Make.Customer(acme, with: d => d with { Email = $"{Guid.NewGuid():N}@example.org", OwnerId = acme.Admin.Id });
        await Make.Customer(acme);
        await acme.Tend();
        var all = (await api.Get("/quality?by=owner")).Assert200().Json;
        var email = all["fields"]!.AsArray().Single(field => field!["field"]!.GetValue<string>() == "email")!;
        Assert.Equal((4, 3, 0), (email["of"]!.GetValue<int>(), email["filled"]!.GetValue<int>(), email["invalid"]!.GetValue<int>()));
        Assert.Equal(new[] { ((string?)$"{acme.Admin.Id}", 3), (null, 1) }, all["groups"]!.AsArray().Select(group => (group!["key"]?.GetValue<string>(), group["records"]!["total"]!.GetValue<int>())));
        Assert.Equal(1, (await api.Get("/quality?owner.op=empty&by=origin")).Assert200().Json["records"]!["total"]!.GetValue<int>());
        foreach (var wrong in new[] { "by=name", "email=x", "stage=none" })
            Assert.NotEmpty((await api.Get("/quality?" + wrong)).AssertProblem(System.Net.HttpStatusCode.BadRequest).ErrorsOf(wrong.Split('=')[0]));
    }
}
