using System.Diagnostics;
using System.Net;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Tests.Support.Databases;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Segments;

/// <summary>The numbers beside the builder where they take longer than a pause of typing.</summary>
public sealed class RunningCountTests
{
    private static readonly Dictionary<string, string?> Impatient = new(StringComparer.Ordinal) { ["Segments:AtOnce"] = "0" };

    [Fact]
    public async Task Preview_CountNotThereAtOnce_CountsOn()
    {
        await using var host = await CrmHost.Start(settings: Impatient);
        var tenant = await Make.Tenant(host);
        for (var i = 0; i < 3; i++) await Make.Customer(tenant, $"Bern {i}", with: c => c with { City = "Bern", Email = i == 0 ? "a@x.example" : null });
        await Make.Customer(tenant, "Elsewhere", with: c => c with { City = "Basel" });
        var browser = await tenant.Admin.Browser();
        var form = new { Mode = "text", Text = "city = \"Bern\"" };

        var page = await browser.Post("/segments/preview", form);
        var asks = page.Find("#preview-count")!;
        Assert.Equal((HttpStatusCode.OK, "true"), (page.Status, asks.GetAttribute("aria-busy")));
        Assert.NotNull(page.Find("#preview-count progress"));

        var again = asks.GetAttribute("hx-post")!;
        var counted = await browser.Post(again[again.IndexOf("/segments/", StringComparison.Ordinal)..], form);
        Assert.Equal(("3", "1"), (counted.Texts(".crm-live-count").Single(), counted.Texts(".crm-fact dd").First().Split(' ')[0]));
        Assert.Null(counted.Find("[hx-post]"));
        Assert.Null(counted.Find("progress"));
    }

    [Fact]
    public async Task Count_SoFar_CountsOnWhatTheMemberSees()
    {
        var tenant = await Make.Tenant();
        var marketer = await Make.Member(tenant, Role.Marketer);
        await tenant.Use(async db =>
        {
            db.RoleVisibilities.Add(new RoleVisibility(Role.Marketer, Visibility.Own));
            await db.SaveChangesAsync();
            return 0;
        });
        var first = await Make.Customer(tenant, "First", with: c => c with { OwnerId = marketer.Id });
        var last = await Make.Customer(tenant, "Second", with: c => c with { OwnerId = marketer.Id });
        await Make.Customer(tenant, "Hidden");
        var browser = await marketer.Browser();
        var form = new { Mode = "text", Text = "orderCount = 0" };
        Assert.Equal("8", (await browser.Post($"/segments/preview/count?count=7&upTo={first}&last={last}", form)).Texts(".crm-live-count").Single());
        Assert.Equal("2", (await browser.Post($"/segments/preview/count?last={long.MaxValue}&upTo=-5&width=-3", form)).Texts(".crm-live-count").Single());

        var late = await browser.Post($"/segments/preview/count?count=7&upTo={first}&last={long.MaxValue}&milliseconds=130000&width=1", form);
        Assert.NotNull(late.Find(".crm-live-count"));
        // what is no rule any more is not counted on
        Assert.Equal(HttpStatusCode.NoContent, (await browser.Post($"/segments/preview/count?last={last}", new { Mode = "text", Text = "city =" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await (await Make.Member(tenant, Role.Viewer)).Browser()).Post($"/segments/preview/count?last={last}", form)).Status);
    }

    [Fact]
    public async Task Question_TakingTooLong_IsGivenUpInTheMiddle()
    {
        var tenant = await Make.Tenant();
        await tenant.Use(async db =>
        {
            var slow = TestDatabase.Provider switch
            {
                TestProvider.Sqlite => "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) SELECT COUNT(*) AS \"Value\" FROM n",
                TestProvider.PostgreSql => "SELECT COUNT(*) AS \"Value\" FROM pg_sleep(60)",
                _ => throw new NotSupportedException(),
            };
            var began = Stopwatch.GetTimestamp();
            Assert.Null(await db.InTime(TimeSpan.FromMilliseconds(200), stop => db.Database.SqlQueryRaw<long>(slow).ToListAsync(stop), default));
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(20));
            // the connection goes on
            Assert.NotNull(await db.InTime(TimeSpan.FromMinutes(1), stop => db.Members.Select(m => m.Id).ToListAsync(stop), default));
            using var gone = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => db.Interruptible(stop => db.Database.SqlQueryRaw<long>(slow).ToListAsync(stop), gone.Token));
            return await db.Customers.CountAsync();
        });
    }
}
