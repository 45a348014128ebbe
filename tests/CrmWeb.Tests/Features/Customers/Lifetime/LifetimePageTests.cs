using System.Net;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Data.Kpis;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Customers.Lifetime;

/// <summary>The page and the API of what customers are worth: the same numbers, each of which opens its customers.</summary>
public sealed class LifetimePageTests
{
    [Fact]
    public async Task Show_NothingFitted_SaysWhenItWillBe_AndFewBuyers_WhatItTakes()
    {
        var tenant = await Make.Tenant();
        var admin = await tenant.Admin.Browser();
        Assert.Contains("Nothing is fitted yet", (await admin.Get("/reports/lifetime-value")).Text, StringComparison.Ordinal);
        await Make.Order(tenant, await Make.Customer(tenant), at: tenant.Host.Clock.Now.AddDays(-20));
        Assert.Equal(HttpStatusCode.Found, (await admin.Post("/reports/lifetime-value/fit")).Status);
        Assert.Contains("Fitting the model", (await admin.Get("/reports/lifetime-value")).Body, StringComparison.Ordinal);
        await tenant.RunJobs();
        Assert.Contains("It takes 100 customers who bought", (await admin.Get("/reports/lifetime-value")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fit_DayToCome_IsRefusedAtTheField_AndKeepsWhatWasTyped()
    {
        var tenant = await Make.Tenant();
        var admin = await tenant.Admin.Browser();
        var answer = await admin.Post("/reports/lifetime-value/fit", new { CalibrationEnd = "2999-01-01", Unit = "Day" });
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.NotNull(answer.ErrorFor("CalibrationEnd"));
        Assert.Equal("2999-01-01", answer.Value("CalibrationEnd"));
        Assert.Equal(0, await tenant.Use(db => db.Jobs.CountAsync()));
    }

    [Fact]
    public async Task Model_PageApiAndList_SayTheSame()
    {
        if (Cdnow.Sample() is not { } sample) return;
        var tenant = await Make.Tenant();
        await ClvTests.Bring(tenant, [.. sample.Where(line => line.Day < new DateOnly(1997, 10, 1))]);
        var api = await Make.Program(tenant.Admin);
        Assert.Equal(HttpStatusCode.NotFound, (await api.Get("/clv/model")).Status);
        Assert.NotEmpty((await api.Post("/clv/model", new { calibrationEnd = "2999-01-01" })).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("calibrationEnd"));
        Assert.NotEmpty((await api.Post("/clv/model", new { unit = "century" })).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("unit"));
        var made = (await api.Post("/clv/model", new { calibrationEnd = "1997-09-30", unit = "week" })).Assert200();
        var read = (await api.Get("/clv/model")).Assert200();
        Assert.Equal(made.Body, read.Body);
        Assert.Equal((.243, 2_357, 946, "1997-09-30", "week"), (Math.Round(read.Json["r"]!.GetValue<double>(), 3), read.Json["customers"]!.GetValue<int>(), read.Json["repeatBuyers"]!.GetValue<int>(), read.Json["calibrationEnd"]!.GetValue<string>(), read.Json["unit"]!.GetValue<string>()));
        await tenant.RunJobs();

        var admin = await tenant.Admin.Browser();
        var page = await admin.Get("/reports/lifetime-value");
        Assert.Contains("0.243", page.Text, StringComparison.Ordinal);
        var (value, orders) = await tenant.Use(async db => (await db.Customers.SumAsync(c => c.PredictedValue ?? 0), await db.Customers.SumAsync(c => c.ExpectedOrders ?? 0)));
        Assert.Contains(Math.Round(orders, 1).ToString("N1", System.Globalization.CultureInfo.InvariantCulture), page.Text, StringComparison.Ordinal);
        Assert.Contains(Digits.Money(value, "EUR"), page.Text, StringComparison.Ordinal);
        // each band opens the list of those whom it counts, also where the page is filtered by the chance itself
        foreach (var asked in (string[])["", "?alivePercent=60&alivePercent.op=at-most"])
        {
            var shown = await admin.Get("/reports/lifetime-value" + asked);
            foreach (var link in shown.Html.QuerySelectorAll("table").First(table => table.TextContent.Contains("–", StringComparison.Ordinal)).QuerySelectorAll("tbody tr td:nth-child(2) a").Append(shown.Find("a.crm-stat")!))
            {
                var query = new Uri("http://x" + link.GetAttribute("href")).Query;
                var listed = (await admin.Get("/customers.csv" + query)).Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1;
                Assert.Equal(System.Web.HttpUtility.ParseQueryString(query)["then"], listed.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        var customer = (await api.Get("/customers?sort=-totalSpent&limit=1")).Assert200().Json["items"]![0]!;
        Assert.Equal(await tenant.Use(db => db.Customers.OrderByDescending(c => c.TotalSpent).Select(c => c.PredictedValue).FirstAsync()), (long)(customer["predictedValue"]!.GetValue<decimal>() * 100));
        Assert.True(customer["expectedOrders"]!.GetValue<double>() >= 0 && customer["alivePercent"]!.GetValue<int>() is >= 0 and <= 100);
        Assert.Contains("Slipping away", page.Text, StringComparison.Ordinal);
        Assert.Contains("%: bought ", (await admin.Get($"/customers/{customer["id"]}/worth")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await admin.Get("/reports/lifetime-value?alivePercent=50&alivePercent.op=at-most")).Status);
    }

    [Fact]
    public async Task Show_WhoSeesTheirOwn_CountsThoseAlone_AndMayNotFit()
    {
        if (Cdnow.Sample() is not { } sample) return;
        var tenant = await Make.Tenant();
        await ClvTests.Bring(tenant, [.. sample.Where(line => line.Day < new DateOnly(1997, 10, 1))]);
        await (await Make.Program(tenant.Admin)).Post("/clv/model", new { calibrationEnd = "1997-09-30" });
        await tenant.RunJobs();
        var (rep, manager) = (await Make.Member(tenant, Role.Sales), await Make.Member(tenant, Role.Manager));
        await tenant.Use(async db =>
        {
            db.RoleVisibilities.AddRange(new RoleVisibility(Role.Sales, Visibility.Own), new RoleVisibility(Role.Manager, Visibility.Team));
            await db.SaveChangesAsync();
            var first = await db.Customers.OrderBy(c => c.Id).Select(c => c.Id).FirstAsync();
            return await db.Customers.Where(c => c.Id == first).ExecuteUpdateAsync(set => set.SetProperty(c => c.OwnerId, rep.Id));
        });
        var page = await (await rep.Browser()).Get("/reports/lifetime-value");
        Assert.Contains("Of 1 customers", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Fit again", page.Text, StringComparison.Ordinal);
        // nor how many customers there are
        Assert.DoesNotContain("2,357", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await (await Make.Program(rep)).Get("/clv/model")).Status);
        // nor does who may fit read of a fit what they may not read otherwise
        Assert.Equal(HttpStatusCode.NotFound, (await (await Make.Program(manager)).Post("/clv/model", new { calibrationEnd = "1997-09-30" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await rep.Browser()).Post("/reports/lifetime-value/fit")).Status);
    }
}
