using System.Net;
using CrmWeb.Data;
using CrmWeb.Data.Merging;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Customers.Bulk;
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

    [Fact]
    public async Task Tier_GivenToMany_MovesTheirClocks_AndBack()
    {
        var (acme, gold, customer, its, before) = await Promised();
        var edit = await Make.BulkEdit(acme, new BulkWhat(BulkAct.Set, "serviceTierId") { Values = [ChangeText.Of(gold)!] }, [customer]);
        Assert.Equal(1, (await acme.Do(edit)).ChangedCount);
        Assert.Equal(before.AddMinutes(-30), await Due(acme, its));
        await acme.Do(edit, undo: true);
        Assert.Equal(before, await Due(acme, its));
        Assert.Null(await TierOf(acme, customer));
    }

    [Fact]
    public async Task Tier_ByBatchOfTheApi_IsKept_AndMovesTheClocks()
    {
        var (acme, gold, customer, its, before) = await Promised();
        var api = await Make.Program(acme.Admin);
        (await api.Post("/customers/batch", new { items = new[] { new { externalId = "C-1", name = "Ava", serviceTierId = gold } } })).Assert200();
        Assert.Equal(gold, await TierOf(acme, customer));
        Assert.Equal(before.AddMinutes(-30), await Due(acme, its));
    }

    [Fact]
    public async Task Tier_OfTheSurvivor_HoldsForTheCasesThatMove_UntilTheyComeApart()
    {
        var (acme, gold, customer, its, before) = await Promised();
        var survivor = await Make.Customer(acme, "Ava", c => c with { ServiceTierId = gold });
        var merge = await Make.Merge(acme, survivor, customer);
        Assert.Equal(before.AddMinutes(-30), await Due(acme, its));
        Assert.True(await acme.Use(async db => await db.UnmergeCustomers(merge, await db.LoadCustomFields(default), null, default)));
        Assert.Equal(before, await Due(acme, its));
    }

    [Fact]
    public async Task Zone_OfTheTenant_MovesTheClocks()
    {
        var acme = await Make.Tenant();
        await Make.SlaRule(acme, null, 24 * 60);
        var admin = await acme.Admin.Browser();
        await admin.Post("/settings/service", new { Monday = "9-17", Tuesday = "9-17", Wednesday = "9-17", Thursday = "9-17", Friday = "9-17", Saturday = "9-17", Sunday = "9-17" });
        var its = (await (await Make.Program(acme.Admin)).Post("/cases", new { customerId = await Make.Customer(acme), subject = "Broken" })).Id;
        var before = await Due(acme, its);
        var page = await admin.Get("/settings/organisation");
        string? Old(string field) => page.Value(field);
        var saved = await admin.Post("/settings/organisation", new { Name = Old("Name"), TimeZone = "Asia/Tokyo", Language = Old("Language"), Country = Old("Country"), Currency = Old("Currency"), Version = Old("Version") });
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        Assert.NotEqual(before, await Due(acme, its));
    }

    [Fact]
    public async Task Tier_InTheList_IsColumnFilterOrderAndCell_BeItOutOfUse()
    {
        var acme = await Make.Tenant();
        var (gold, silver, old) = (await Make.Tier(acme), await Make.Tier(acme, "Silver", 2), await Make.Tier(acme, "Bronze", 3));
        await Make.Customer(acme, "Ada Silver", c => c with { ServiceTierId = silver });
        await Make.Customer(acme, "Ben Gold", c => c with { ServiceTierId = gold });
        var dan = await Make.Customer(acme, "Dan Old", c => c with { ServiceTierId = old });
        await Make.Customer(acme, "Eve None");
        var admin = await acme.Admin.Browser();
        await admin.Post($"/settings/service/tiers/{old}/delete");
        async Task<string> Shown(string query)
        {
            var text = (await admin.Get($"/customers?columns=name,serviceTier&{query}")).Find("table, [role=table], main")!.TextContent;
            return string.Join(' ', new[] { "Ada", "Ben", "Dan", "Eve" }.Where(name => text.Contains(name, StringComparison.Ordinal)).OrderBy(name => text.IndexOf(name, StringComparison.Ordinal)));
        }

        Assert.Contains("Bronze", (await admin.Get("/customers?columns=name,serviceTier")).Text, StringComparison.Ordinal);
        Assert.Equal("Ben", await Shown($"serviceTier={gold}"));
        Assert.Equal("Dan", await Shown($"serviceTier={old}"));
        Assert.Equal("Eve", await Shown("serviceTier.op=empty"));
        Assert.Equal("Ben Ada Dan Eve", await Shown("sort=serviceTier"));
        Assert.Equal("Ada Ben Eve Dan", await Shown("sort=-serviceTier"));
        Assert.Contains("\"text\":\"Gold\"", (await admin.Get("/customers/tiers?q=gol")).Body, StringComparison.Ordinal);

        var page = await admin.Get($"/customers/{dan}");
        Assert.Contains("Bronze", page.Text, StringComparison.Ordinal);
        Assert.Contains($"/cases/new?customerId={dan}", page.Body, StringComparison.Ordinal);
        Assert.Contains("Bronze", (await admin.Get($"/customers/{dan}/cell?field=serviceTier")).Text, StringComparison.Ordinal);
        var its = await Make.Case(acme, dan, c => c with { Subject = "Of an old tier" });
        Assert.Contains("Bronze", (await admin.Get($"/cases/{its}")).Text, StringComparison.Ordinal);
        Assert.Contains("Bronze", (await admin.Get("/cases?scope=all&columns=subject,tier")).Find("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Bronze", (await admin.Get("/cases.csv?scope=all")).Body, StringComparison.Ordinal);
        Assert.NotNull((await admin.Get($"/customers/{dan}")).Find($"a[href$='/cases?scope=all&customer={dan}']"));
    }

    [Fact]
    public async Task Tier_OrdersThePagesOfTheApi_ByKey()
    {
        var acme = await Make.Tenant();
        var (gold, silver) = (await Make.Tier(acme), await Make.Tier(acme, "Silver", 2));
        foreach (var tier in new long?[] { null, silver, gold, silver, null }) await Make.Customer(acme, with: c => c with { ServiceTierId = tier });
        var api = await Make.Program(acme.Admin);
        foreach (var (sort, expected) in new[] { ("serviceTier", new long?[] { gold, silver, silver, null, null }), ("-serviceTier", [silver, silver, gold, null, null]) })
        {
            var (seen, after) = (new List<long?>(), "");
            do
            {
                var page = (await api.Get($"/customers?limit=2&sort={sort}{after}")).Assert200().Json;
                seen.AddRange(page["items"]!.AsArray().Select(item => item!["serviceTierId"]?.GetValue<long>()));
                after = page["next"] is { } next ? $"&after={next.GetValue<string>()}" : "";
            }
            while (after.Length > 0);
            Assert.Equal(expected, seen);
        }
    }

    [Fact]
    public async Task Tier_GoesOutInAFile_AndComesBack_AndMovesTheClocks()
    {
        var (acme, gold, customer, its, before) = await Promised();
        var import = await Make.Import(acme, "External id,Name,Service tier\nC-1,Ava,gold\nC-2,Bea,Gold\nC-3,Cyn,Platinum\n", settings => settings with { Match = MatchRule.ExternalId });
        var done = await acme.Do(import, Import.RunJob);
        Assert.Equal((1, 1, 1), (done.ChangedCount, done.NewCount, done.RefusedCount));
        Assert.Equal(gold, await TierOf(acme, customer));
        Assert.Equal(before.AddMinutes(-30), await Due(acme, its));
        var file = (await (await acme.Admin.Browser()).Get("/customers.csv?columns=all")).Body;
        Assert.Contains("serviceTier", file, StringComparison.Ordinal);
        Assert.Contains("Gold", file, StringComparison.Ordinal);
    }

    /// <summary>A customer whose open case is due in an hour, and would be in half an hour with the tier.</summary>
    private static async Task<(TestTenant Tenant, long Gold, long Customer, long Case, DateTime Due)> Promised()
    {
        var acme = await Make.Tenant();
        await Make.SlaRule(acme);
        var gold = await Make.Tier(acme);
        await Make.SlaRule(acme, 30, 300, tier: gold);
        var customer = await Make.Customer(acme, "Ava", c => c with { ExternalId = "C-1" });
        var its = (await (await Make.Program(acme.Admin)).Post("/cases", new { customerId = customer, subject = "Broken" })).Id;
        return (acme, gold, customer, its, await Due(acme, its));
    }

    private static Task<long?> TierOf(TestTenant tenant, long id) => tenant.Use(db => db.Customers.Where(c => c.Id == id).Select(c => c.ServiceTierId).SingleAsync());

    private static Task<DateTime> Due(TestTenant tenant, long id) => tenant.Use(db => db.Cases.Where(c => c.Id == id).Select(c => c.NextDueAt!.Value).SingleAsync());
}
