using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Costs;
using CrmWeb.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Costs;

/// <summary>Costs by role, channel and day: who sets them, and what customers cost when one comes, changes or goes.</summary>
public sealed class CostTests
{
    [Fact]
    public async Task Costs_AddedChangedRemovedAndBack_CustomersFollow()
    {
        var tenant = await Make.Tenant();
        var admin = await tenant.Admin.Browser();
        var customer = await Make.Customer(tenant);
        await Make.Interaction(tenant, customer, new InteractionDetails { OccurredAt = tenant.Host.Clock.Now.AddDays(-3), Channel = Channel.Call, Minutes = 30 });
        Assert.Null(await Profit(tenant));

        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/settings/costs", new { Of = "hour-admin", Day = "", Amount = "40" })).Status);
        await admin.Post("/settings/costs", new { Of = "contact-call", Day = "2020-01-01", Amount = "0.50" });
        // the first waits still, and will see the second
        Assert.Equal(1, await tenant.Use(db => db.Jobs.CountAsync(j => j.Kind == RecountCostsJob.JobKind)));
        Assert.Contains("crm-progress", (await admin.Get("/settings/costs")).Body, StringComparison.Ordinal);
        Assert.Equal(-20_50, await Profit(tenant));
        Assert.Contains("Since ever", (await admin.Get("/settings/costs")).Text, StringComparison.Ordinal);

        var hour = await tenant.Use(db => db.CostRates.Where(r => r.Kind == CostKind.Hour).Select(r => r.Id).SingleAsync());
        await admin.Post($"/settings/costs/{hour}", new { Amount = "60", Version = 0 });
        Assert.Equal(-30_50, await Profit(tenant));
        await admin.Post($"/settings/costs/{hour}/delete");
        Assert.Null(await Profit(tenant));
        await admin.Post("/settings/costs/restore?of=hour-admin&amount=60");
        Assert.Equal(-30_50, await Profit(tenant));
        Assert.Contains("Admin, an hour", (await admin.Get("/settings/audit?record=costrate")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hour-nobody", "2024-01-01", "1", "Of")]
    [InlineData("", "2024-01-01", "1", "Of")]
    [InlineData("hour-sales", "2020-01-01", "1", "Day")]
    [InlineData("hour-sales", "1200-01-01", "1", "Day")]
    [InlineData("contact-call", "", "", "Amount")]
    [InlineData("contact-call", "", "-1", "Amount")]
    [InlineData("contact-call", "", "1.005", "Amount")]
    [InlineData("contact-call", "", "much", "Amount")]
    [InlineData("contact-call", "", "99999999999999", "Amount")]
    public async Task Create_Wrong_SaysItAtTheField(string of, string day, string amount, string field)
    {
        var tenant = await Make.Tenant();
        await Make.Cost(tenant, Role.Sales, 40_00, new DateOnly(2020, 1, 1));
        var page = await (await tenant.Admin.Browser()).Post("/settings/costs", new { Of = of, Day = day, Amount = amount });
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.NotNull(page.ErrorFor(field));
        Assert.Equal(1, await tenant.Use(db => db.CostRates.CountAsync()));
        Assert.Equal(0, await tenant.Use(db => db.Jobs.CountAsync()));
    }

    [Fact]
    public async Task Costs_OthersThanAdmins_AreForbidden()
    {
        var tenant = await Make.Tenant();
        var manager = await (await Make.Member(tenant, Role.Manager)).Browser();
        Assert.Equal(HttpStatusCode.Forbidden, (await manager.Get("/settings/costs")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await tenant.Admin.Browser()).Get($"/settings/costs/{await Make.Cost(await Make.Tenant(), Role.Sales, 1)}")).Status);
    }

    [Fact]
    public async Task Save_ChangedMeanwhile_ShowsBoth()
    {
        var tenant = await Make.Tenant();
        var cost = await Make.Cost(tenant, Role.Sales, 40_00);
        var admin = await tenant.Admin.Browser();
        await admin.Post($"/settings/costs/{cost}", new { Amount = "41", Version = 0 });
        var page = await admin.Post($"/settings/costs/{cost}", new { Amount = "42", Version = 0 });
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("41", page.Text, StringComparison.Ordinal);
        Assert.Equal("42", page.Value("Amount"));
    }

    [Fact]
    public async Task Currency_CostsAreKept_StaysAsItIs()
    {
        var tenant = await Make.Tenant();
        Assert.False(await tenant.Use(db => CrmWeb.Data.MoneyKept.KeepsMoney(db, default)));
        await Make.Cost(tenant, Channel.Call, 5);
        Assert.True(await tenant.Use(db => CrmWeb.Data.MoneyKept.KeepsMoney(db, default)));
    }

    private static async Task<long?> Profit(TestTenant tenant)
    {
        var runner = tenant.Host.Services.GetRequiredService<JobRunner>();
        while (await runner.RunNext(default)) { }
        return await tenant.Use(db => db.Customers.Select(c => c.Profit).SingleAsync());
    }
}
