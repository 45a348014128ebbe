using System.Net;
using CrmWeb.Data.Service;
using CrmWeb.Domain.Service;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Cases;

public sealed class ServiceSettingsTests
{
    [Fact]
    public async Task Opening_WrongOrNone_IsRefusedAtTheField_AndNothingIsWritten()
    {
        var acme = await Make.Tenant();
        var admin = await acme.Admin.Browser();
        Assert.Equal(HttpStatusCode.Forbidden, (await (await (await Make.Member(acme, Role.Manager)).Browser()).Get("/settings/service")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/settings/service", new { Monday = "9-12, 13-17", Friday = "22-6" })).Status);
        var page = await admin.Get("/settings/service");
        Assert.Equal(("09:00–12:00, 13:00–17:00", "22:00–24:00", "00:00–06:00"), (page.Value("Monday"), page.Value("Friday"), page.Value("Saturday")));

        Assert.StartsWith("Say at least one time", (await admin.Post("/settings/service")).ErrorFor("Monday"), StringComparison.Ordinal);
        Assert.StartsWith("Write times like", (await admin.Post("/settings/service", new { Monday = "9-12", Tuesday = "always" })).ErrorFor("Tuesday"), StringComparison.Ordinal);
        Assert.Equal("Two of these times overlap.", (await admin.Post("/settings/service", new { Monday = "9-12, 11-14" })).ErrorFor("Monday"));
        Assert.StartsWith("These times overlap", (await admin.Post("/settings/service", new { Monday = "20-9", Tuesday = "8-12" })).ErrorFor("Tuesday"), StringComparison.Ordinal);
        Assert.Equal(4, await acme.Use(db => db.OpeningTimes.CountAsync()));
    }

    [Fact]
    public async Task Opening_MovesOpenCases_AndSaysSoBefore()
    {
        var acme = await Make.Tenant();
        await Make.SlaRule(acme);
        var api = await Make.Program(acme.Admin);
        var its = (await api.Post("/cases", new { customerId = await Make.Customer(acme), subject = "Broken" })).Id;
        var before = await Due(acme, its);
        var admin = await acme.Admin.Browser();
        // three minutes a week
        var asked = await admin.Post("/settings/service", new { Monday = "3:00-3:03" });
        Assert.Contains("One open case will be due at another time.", asked.Text, StringComparison.Ordinal);
        Assert.Equal(before, await Due(acme, its));
        Assert.Equal(0, await acme.Use(db => db.OpeningTimes.CountAsync()));
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/settings/service", new { Monday = "3:00-3:03", Told = 1 })).Status);
        var moved = await Due(acme, its);
        Assert.True(moved > before.AddDays(7));

        // one that was written in that moment, by what held before
        await acme.Use(db => db.Cases.ExecuteUpdateAsync(set => set.SetProperty(c => c.NextDueAt, before)));
        await admin.Post("/settings/service", new { Monday = "3:00-3:03", Told = 1 });
        await acme.Use(db => db.Cases.ExecuteUpdateAsync(set => set.SetProperty(c => c.NextDueAt, before)));
        await RunJobs(acme);
        Assert.Equal(moved, await Due(acme, its));
        Assert.Equal(1, await acme.Use(db => db.Jobs.CountAsync(j => j.Kind == ClockMoving.JobKind)));
    }

    [Fact]
    public async Task Opening_WithManyOpenCases_LeavesThemToAJob()
    {
        var acme = await Make.Tenant();
        await Make.SlaRule(acme);
        var customer = await Make.Customer(acme);
        await acme.Use(async db =>
        {
            var owner = await db.Customers.SingleAsync(c => c.Id == customer);
            var clock = new SlaClock(BusinessCalendar.Always(TimeZoneInfo.Utc), 60, 600);
            for (var i = 0; i < 501; i++) db.Cases.Add(new Case(owner, new CaseDetails { Subject = "x" }, clock, null, acme.Host.Clock.Now));
            return await db.SaveChangesAsync();
        });
        var admin = await acme.Admin.Browser();
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/settings/service", new { Monday = "3:00-3:03", Told = 501 })).Status);
        Assert.Equal(501, await Soon(acme));
        await RunJobs(acme);
        Assert.Equal(0, await Soon(acme));
    }

    private static async Task RunJobs(TestTenant acme)
    {
        await acme.Use(db => db.Jobs.ExecuteUpdateAsync(jobs => jobs.SetProperty(job => job.DueAt, acme.Host.Clock.Now)));
        while (await acme.Host.Services.GetRequiredService<JobRunner>().RunNext(CancellationToken.None)) { }
    }

    [Fact]
    public async Task Holidays_AreAddedTakenAwayAndBack()
    {
        var acme = await Make.Tenant();
        var admin = await acme.Admin.Browser();
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/settings/service/holidays", new { Day = "2030-01-01", Name = "New Year" })).Status);
        Assert.Equal("This day is a holiday already.", (await admin.Post("/settings/service/holidays", new { Day = "2030-01-01", Name = "Again" })).ErrorFor("Day"));
        Assert.NotNull((await admin.Post("/settings/service/holidays", new { Day = "2030-01-02", Name = " " })).ErrorFor("Name"));
        var id = await acme.Use(db => db.Holidays.Select(h => h.Id).SingleAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/settings/service/holidays/{id}/delete")).Status);
        Assert.Equal(0, await acme.Use(db => db.Holidays.CountAsync()));
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/settings/service/holidays/restore?day=2030-01-01&name=New+Year")).Status);
        Assert.Contains("New Year", (await admin.Get("/settings/service/holidays")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Holidays_AddedAndDeleted_SayHowManyCasesMove()
    {
        var acme = await Make.Tenant();
        await Make.SlaRule(acme, null, 3 * 24 * 60);
        var its = (await (await Make.Program(acme.Admin)).Post("/cases", new { customerId = await Make.Customer(acme), subject = "Broken" })).Id;
        var admin = await acme.Admin.Browser();
        var day = DateOnly.FromDateTime(acme.Host.Clock.Now).AddDays(1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var before = await Due(acme, its);
        Assert.Contains("One open case", (await admin.Post("/settings/service/holidays", new { Day = day, Name = "Rest" })).Text, StringComparison.Ordinal);
        await admin.Post("/settings/service/holidays", new { Day = day, Name = "Rest", Told = 1 });
        Assert.Equal(before.AddDays(1), await Due(acme, its));
        await admin.Post($"/settings/service/holidays/{await acme.Use(db => db.Holidays.Select(h => h.Id).SingleAsync())}/delete");
        Assert.Contains("Rest was deleted. One open case will be due at another time.", (await admin.Get("/settings/service/holidays")).Text, StringComparison.Ordinal);
        Assert.Equal(before, await Due(acme, its));
        await admin.Post($"/settings/service/holidays/restore?day={day}&name=Rest");
        Assert.Contains("Rest is back. One open case", (await admin.Get("/settings/service/holidays")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CountMoving_MoreOpenThanAreCounted_AnswersTheLimit()
    {
        var acme = await Make.Tenant();
        for (var i = 0; i < 2; i++) await Make.Case(acme, await Make.Customer(acme));
        Task<int> Count(int limit) => acme.Use(async db => await db.CountMoving(await ServiceClocks.Read(db, default), limit, acme.Host.Clock.Now, default));
        Assert.Equal((1, 0), (await Count(1), await Count(2)));
    }

    [Fact]
    public async Task R1_Opening_TwoAdmins_SecondSeesBoth()
    {
        var acme = await Make.Tenant();
        var admin = await acme.Admin.Browser();
        await admin.Post("/settings/service", new { Monday = "9-17", Tuesday = "9-17" });
        var seen = (await admin.Get("/settings/service")).Value("Seen");
        await admin.Post("/settings/service", new { Monday = "9-12", Tuesday = "10-17", Seen = seen });
        // mine is another Monday, and a Wednesday; Tuesday was left alone
        var second = await admin.Post("/settings/service", new { Monday = "8-16", Tuesday = "09:00–17:00", Wednesday = "9-10", Seen = seen });
        Assert.Equal(HttpStatusCode.Conflict, second.Status);
        Assert.Contains("09:00–12:00", second.Text, StringComparison.Ordinal);
        Assert.Equal(("8-16", "10:00–17:00", "9-10"), (second.Value("Monday"), second.Value("Tuesday"), second.Value("Wednesday")));
        Assert.Equal(2, await acme.Use(db => db.OpeningTimes.CountAsync()));
        await admin.Post("/settings/service", new { Monday = "8-16", Tuesday = "10-17", Wednesday = "9-10", Seen = second.Value("Seen") });
        Assert.Equal(3, await acme.Use(db => db.OpeningTimes.CountAsync()));
    }

    [Fact]
    public async Task R1_Tier_TwoAdmins_SecondSeesBoth()
    {
        var acme = await Make.Tenant();
        var tier = await Make.Tier(acme);
        var admin = await acme.Admin.Browser();
        var seen = (await admin.Get($"/settings/service/tiers/{tier}")).Value("Seen");
        await admin.Post($"/settings/service/tiers/{tier}", new { Name = "Golden", Seen = seen });
        var second = await admin.Post($"/settings/service/tiers/{tier}", new { Name = "Platinum", Seen = seen });
        Assert.Equal((HttpStatusCode.Conflict, "Platinum"), (second.Status, second.Value("Name")));
        Assert.Contains("Golden", second.Text, StringComparison.Ordinal);
        Assert.Equal(["Golden"], await Names(acme));
    }

    [Fact]
    public async Task R1_Levels_TwoAdmins_SecondSeesBoth_AndDaysMeanWhatTheyMeant()
    {
        var acme = await Make.Tenant();
        var tier = await Make.Tier(acme);
        var admin = await acme.Admin.Browser();
        await admin.Post("/settings/service", new { Monday = "9-17", Tuesday = "9-17" });
        var opened = await admin.Get("/settings/service/levels");
        Dictionary<string, string> Form(Page page, string normal, string low) => new(StringComparer.Ordinal)
        {
            ["DayMinutes"] = page.Value("DayMinutes")!,
            ["Rows[0].Priority"] = "Normal",
            ["Rows[0].Resolve"] = normal,
            ["Rows[0].Seen"] = page.Value("Rows[1].Seen")!,
            ["Rows[1].Priority"] = "Low",
            ["Rows[1].Resolve"] = low,
            ["Rows[1].Seen"] = page.Value("Rows[2].Seen")!,
        };
        // the first makes days shorter and promises something
        await admin.Post("/settings/service", new { Monday = "9-13", Tuesday = "9-13" });
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/settings/service/levels", Form(opened, "3h", ""))).Status);
        var second = await admin.Post("/settings/service/levels", Form(opened, "2d", "4d"));
        Assert.Equal((HttpStatusCode.Conflict, "2d"), (second.Status, second.Value("Rows[0].Resolve")));
        Assert.Contains("3h", second.Text, StringComparison.Ordinal);
        Assert.Equal(new[] { 180 }, await acme.Use(db => db.SlaRules.Select(r => r.ResolveMinutes!.Value).ToArrayAsync()));
        var again = Form(opened, "2d", "4d");
        again["Rows[0].Seen"] = second.Value("Rows[0].Seen")!;
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/settings/service/levels", again)).Status);
        // days of eight hours, as they were when this was typed
        Assert.Equal(new[] { 1_920, 960 }, await acme.Use(db => db.SlaRules.OrderBy(r => r.Priority).Select(r => r.ResolveMinutes!.Value).ToArrayAsync()));

        // a tier that is gone takes its rows along, and nothing else
        await admin.Post($"/settings/service/tiers/{tier}/delete");
        again["Rows[2].Priority"] = "Normal";
        again["Rows[2].TierId"] = tier.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var without = await admin.Post("/settings/service/levels", again);
        Assert.Equal(HttpStatusCode.BadRequest, without.Status);
        Assert.Contains("taken out of use", without.Text, StringComparison.Ordinal);
        Assert.Equal("2d", without.Value("Rows[0].Resolve"));
    }

    [Fact]
    public async Task Tiers_AreOrderedRenamedPutAwayAndBack()
    {
        var acme = await Make.Tenant();
        var admin = await acme.Admin.Browser();
        foreach (var name in new[] { "Gold", "Silver" }) Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/settings/service/tiers/new", new { Name = name })).Status);
        Assert.Equal("There is a tier of this name already.", (await admin.Post("/settings/service/tiers/new", new { Name = " Gold " })).ErrorFor("Name"));
        var silver = await acme.Use(db => db.ServiceTiers.Where(t => t.Name == "Silver").Select(t => t.Id).SingleAsync());
        await admin.Post($"/settings/service/tiers/{silver}/up");
        Assert.Equal(["Silver", "Gold"], await Names(acme));
        await admin.Post($"/settings/service/tiers/{silver}", new { Name = "Platinum" });
        await admin.Post($"/settings/service/tiers/{silver}/delete");
        Assert.Equal(["Gold"], await Names(acme));
        await admin.Post($"/settings/service/tiers/{silver}/restore");
        Assert.Equal(["Platinum", "Gold"], await Names(acme));
    }

    [Fact]
    public async Task Tiers_OutOfUseOfOneName_AreKnownToImports_AndComeBackOne()
    {
        var acme = await Make.Tenant();
        var admin = await acme.Admin.Browser();
        var (first, second) = (await Make.Tier(acme), await Make.Tier(acme));
        foreach (var tier in new[] { first, second }) await admin.Post($"/settings/service/tiers/{tier}/delete");
        var import = await Make.Import(acme, "name,tier\nAnn,gold\n", s => s with { Fields = ["name", "serviceTier"] });
        await acme.Use(db => db.Imports.Where(i => i.Id == import).ExecuteUpdateAsync(set => set.SetProperty(i => i.State, CrmWeb.Domain.Customers.Imports.ImportState.Checked)));
        Assert.Equal(0, (await acme.Do(import, CrmWeb.Web.Features.Imports.CustomerImport.JobKind)).RefusedCount);
        Assert.Equal(second, await acme.Use(db => db.Customers.Select(c => c.ServiceTierId).SingleAsync()));
        await admin.Post($"/settings/service/tiers/{second}/restore");
        await admin.Post($"/settings/service/tiers/{first}/restore");
        Assert.Contains("There is a tier of this name already.", (await admin.Get("/settings/service/tiers")).Text, StringComparison.Ordinal);
        Assert.Single(await Names(acme));
    }

    [Fact]
    public async Task Levels_AreKeptInBusinessTime_AndMoveOpenCases()
    {
        var acme = await Make.Tenant();
        var tier = await Make.Tier(acme);
        var admin = await acme.Admin.Browser();
        await admin.Post("/settings/service", new { Monday = "9-17", Tuesday = "9-17" });
        Dictionary<string, string> Form(string answer, string resolve, string? told = null) => new(StringComparer.Ordinal)
        {
            ["Rows[0].Priority"] = "Normal",
            ["Rows[0].Answer"] = answer,
            ["Rows[0].Resolve"] = resolve,
            ["Rows[1].Priority"] = "Normal",
            ["Rows[1].TierId"] = tier.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Rows[1].Answer"] = "30m",
            ["Told"] = told ?? "",
        };
        Assert.Equal("Write it like 30m, 4h or 2d.", (await admin.Post("/settings/service/levels", Form("soon", "2d"))).ErrorFor("Rows_0__Answer"));
        Assert.StartsWith("The end cannot", (await admin.Post("/settings/service/levels", Form("2d", "4h"))).ErrorFor("Rows_0__Resolve"), StringComparison.Ordinal);
        Assert.Equal(0, await acme.Use(db => db.SlaRules.CountAsync()));
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/settings/service/levels", Form("4h", "2d"))).Status);
        Assert.Equal(960, await acme.Use(db => db.SlaRules.Where(r => r.ServiceTierId == null).Select(r => r.ResolveMinutes).SingleAsync()));
        Assert.Equal(2, await acme.Use(db => db.SlaRules.CountAsync()));
        Assert.Contains("value=\"2d\"", (await admin.Get("/settings/service/levels")).Body, StringComparison.Ordinal);

        var api = await Make.Program(acme.Admin);
        var its = (await api.Post("/cases", new { customerId = await Make.Customer(acme), subject = "Broken" })).Id;
        var before = await Due(acme, its);
        Assert.Contains("One open case", (await admin.Post("/settings/service/levels", Form("8h", "2d"))).Text, StringComparison.Ordinal);
        Assert.Equal(before, await Due(acme, its));
        await admin.Post("/settings/service/levels", Form("8h", "2d", "1"));
        Assert.True(await Due(acme, its) > before);
        await admin.Post("/settings/service/levels", Form("", "", "1"));
        Assert.Null(await acme.Use(db => db.Cases.Where(c => c.Id == its).Select(c => c.NextDueAt).SingleAsync()));
    }

    private static Task<DateTime> Due(TestTenant tenant, long id) => tenant.Use(db => db.Cases.Where(c => c.Id == id).Select(c => c.NextDueAt!.Value).SingleAsync());

    private static Task<int> Soon(TestTenant tenant) => tenant.Use(db => db.Cases.CountAsync(c => c.NextDueAt < tenant.Host.Clock.Now.AddDays(6)));

    private static Task<string[]> Names(TestTenant tenant) => tenant.Use(db => db.ServiceTiers.OrderBy(t => t.Position).Select(t => t.Name).ToArrayAsync());
}
