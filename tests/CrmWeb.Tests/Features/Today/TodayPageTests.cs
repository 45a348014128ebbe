using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Today;

public sealed class TodayPageTests
{
    [Fact]
    public async Task Home_InsideTenant_LeadsToToday()
    {
        var tenant = await Make.Tenant();
        var page = await (await tenant.Admin.Browser()).Get("/");
        Assert.Equal((HttpStatusCode.Redirect, $"/t/{tenant.Slug}/today"), (page.Status, page.Location?.ToString()));
    }

    [Fact]
    public async Task Today_Nobody_MustSignIn_AndOtherTenant_IsMissing()
    {
        var (tenant, other) = (await Make.Tenant(), await Make.Tenant());
        Assert.Equal(HttpStatusCode.Redirect, (await Visitor.Anonymous(tenant.Host).Get($"~/t/{tenant.Slug}/today")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await tenant.Admin.Browser()).Get($"~/t/{other.Slug}/today")).Status);
        Assert.Equal(HttpStatusCode.OK, (await (await (await Make.Member(tenant, Role.Viewer)).Browser()).Get("/today")).Status);
    }

    [Fact]
    public async Task Today_NothingDue_SaysSo()
    {
        var tenant = await Make.Tenant();
        Assert.Contains("All done for today", (await (await tenant.Admin.Browser()).Get("/today")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Today_DueThings_AreShownAndOthersAreNot()
    {
        var host = await CrmHost.Start();
        host.Clock.Now = new DateTime(2026, 11, 22, 9, 0, 0);
        var tenant = await Make.Tenant(host);
        var colleague = await Make.Member(tenant, Role.Manager);
        var (customer, today) = (await Make.Customer(tenant, "Aria"), new DateOnly(2026, 11, 22));
        await Make.Task(tenant, tenant.Admin, "LATE", today.AddDays(-1));
        await Make.Task(tenant, tenant.Admin, "DUE", today, customer);
        await Make.Task(tenant, tenant.Admin, "TOMORROW", today.AddDays(1));
        await Make.Task(tenant, colleague, "COLLEAGUE", today);
        await Plan("MISSED", new(2026, 11, 20, 9, 0, 0, DateTimeKind.Utc), tenant.Admin);
        await Plan("LATER-TODAY", new(2026, 11, 22, 18, 0, 0, DateTimeKind.Utc), tenant.Admin);
        await Plan("NEXT-WEEK", new(2026, 11, 29, 18, 0, 0, DateTimeKind.Utc), tenant.Admin);
        await Plan("NOT-MINE", new(2026, 11, 22, 18, 0, 0, DateTimeKind.Utc), colleague);

        var text = (await (await tenant.Admin.Browser()).Get("/today")).Text;
        foreach (var shown in new[] { "LATE", "DUE", "MISSED", "LATER-TODAY" }) Assert.Contains(shown, text, StringComparison.Ordinal);
        foreach (var hidden in new[] { "TOMORROW", "COLLEAGUE", "NEXT-WEEK", "NOT-MINE" }) Assert.DoesNotContain(hidden, text, StringComparison.Ordinal);

        Task Plan(string subject, DateTime at, TestMember by) =>
            Make.Interaction(tenant, customer, new InteractionDetails { OccurredAt = at, IsPlanned = true, Subject = subject }, by);
    }

    [Theory]
    // 23:30 UTC is tomorrow in Tehran (+3:30), today in Honolulu (-10)
    [InlineData("Asia/Tehran", "2026-11-22T23:30:00", "2026-11-23")]
    [InlineData("Pacific/Honolulu", "2026-11-22T23:30:00", "2026-11-22")]
    // the night clocks go forward and back in Berlin
    [InlineData("Europe/Berlin", "2026-03-28T23:30:00", "2026-03-29")]
    [InlineData("Europe/Berlin", "2026-10-24T22:30:00", "2026-10-25")]
    // a day that begins at one o'clock, because midnight is skipped
    [InlineData("America/Santiago", "2026-09-06T12:00:00", "2026-09-06")]
    public async Task R9_Today_IsTheMembersDay(string zone, string utc, string expected)
    {
        var host = await CrmHost.Start();
        host.Clock.Now = DateTime.Parse(utc, System.Globalization.CultureInfo.InvariantCulture);
        var tenant = await Make.Tenant(host);
        await tenant.Use(async db => await db.Tenants.Where(t => t.Id == tenant.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.TimeZone, zone)));
        var (customer, day) = (await Make.Customer(tenant), DateOnly.ParseExact(expected, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        var (start, end) = (Utc(day), Utc(day.AddDays(1)));
        await Make.Task(tenant, tenant.Admin, "DUE", day);
        await Make.Task(tenant, tenant.Admin, "NEXT", day.AddDays(1));
        await Plan("LAST-MINUTE", end.AddMinutes(-1));
        await Plan("FIRST-OF-TOMORROW", end);
        await Plan("FIRST-MINUTE", start);

        var page = await (await tenant.Admin.Browser()).Get("/today");
        foreach (var shown in new[] { "DUE", "LAST-MINUTE", "FIRST-MINUTE" }) Assert.Contains(shown, page.Text, StringComparison.Ordinal);
        foreach (var hidden in new[] { "NEXT", "FIRST-OF-TOMORROW" }) Assert.DoesNotContain(hidden, page.Text, StringComparison.Ordinal);

        DateTime Utc(DateOnly date)
        {
            var (at, rules) = (date.ToDateTime(TimeOnly.MinValue), TimeZoneInfo.FindSystemTimeZoneById(zone));
            while (rules.IsInvalidTime(at)) at = at.AddMinutes(15);
            return TimeZoneInfo.ConvertTimeToUtc(at, rules);
        }

        Task Plan(string subject, DateTime at) => Make.Interaction(tenant, customer, new InteractionDetails { OccurredAt = at, IsPlanned = true, Subject = subject });
    }

    [Fact]
    public async Task Contacts_PastTheCadenceOfTheirStage_AreShownToWhoeverSeesThem()
    {
        var host = await CrmHost.Start();
        host.Clock.Now = new DateTime(2026, 11, 22, 9, 0, 0);
        var tenant = await Make.Tenant(host);
        var sales = await Make.Member(tenant, Role.Sales);
        await tenant.Use(async db =>
        {
            db.ContactCadences.Add(new ContactCadence(LifecycleStage.Lead, 30));
            db.ContactCadences.Add(new ContactCadence(LifecycleStage.Customer, 90));
            return await db.SaveChangesAsync();
        });
        await Contacted("DUE-LEAD", LifecycleStage.Lead, 30, sales.Id);
        await Contacted("FRESH-LEAD", LifecycleStage.Lead, 29, sales.Id);
        await Contacted("FRESH-CUSTOMER", LifecycleStage.Customer, 40, sales.Id);
        await Contacted("NO-CADENCE", LifecycleStage.Dormant, 900, sales.Id);
        await Contacted("SOMEBODY-ELSES", LifecycleStage.Lead, 60, tenant.Admin.Id);
        host.Clock.Advance(-TimeSpan.FromDays(200));
        await Make.Customer(tenant, "NEVER", c => c with { Stage = LifecycleStage.Customer, OwnerId = sales.Id });
        host.Clock.Advance(TimeSpan.FromDays(200));

        var mine = (await (await sales.Browser()).Get("/today?contacts=all")).Text;
        foreach (var shown in new[] { "DUE-LEAD", "NEVER" }) Assert.Contains(shown, mine, StringComparison.Ordinal);
        foreach (var hidden in new[] { "FRESH-LEAD", "FRESH-CUSTOMER", "NO-CADENCE", "SOMEBODY-ELSES" }) Assert.DoesNotContain(hidden, mine, StringComparison.Ordinal);
        var admin = await tenant.Admin.Browser();
        Assert.DoesNotContain("DUE-LEAD", (await admin.Get("/today")).Text, StringComparison.Ordinal);
        Assert.Contains("DUE-LEAD", (await admin.Get("/today?contacts=all")).Text, StringComparison.Ordinal);

        async Task Contacted(string name, LifecycleStage stage, int daysAgo, long owner)
        {
            var id = await Make.Customer(tenant, name, c => c with { Stage = stage, OwnerId = owner });
            await Make.Interaction(tenant, id, new InteractionDetails { OccurredAt = host.Clock.Now.AddDays(-daysAgo) });
        }
    }

    [Theory]
    [InlineData("2026-10-23T23:30:00", false)] // already the 24th in Berlin: due on the 23rd of November
    [InlineData("2026-10-23T20:00:00", true)]
    public async Task R9_ContactDue_IsTheSameOnTodayAndOnTheCustomersPage(string utc, bool due)
    {
        var host = await CrmHost.Start();
        host.Clock.Now = new DateTime(2026, 11, 22, 9, 0, 0);
        var tenant = await Make.Tenant(host);
        await tenant.Use(db => db.Tenants.Where(t => t.Id == tenant.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.TimeZone, "Europe/Berlin")));
        await tenant.Use(async db =>
        {
            db.ContactCadences.Add(new ContactCadence(LifecycleStage.Lead, 30));
            return await db.SaveChangesAsync();
        });
        var id = await Make.Customer(tenant, "ARIA", c => c with { Stage = LifecycleStage.Lead, OwnerId = tenant.Admin.Id });
        await Make.Interaction(tenant, id, new InteractionDetails { OccurredAt = DateTime.SpecifyKind(DateTime.Parse(utc, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc) });

        var admin = await tenant.Admin.Browser();
        Assert.Equal(due, (await admin.Get("/today?contacts=all")).Text.Contains("ARIA", StringComparison.Ordinal));
        var page = await admin.Get($"/customers/{id}");
        var day = due ? "2026-11-22" : "2026-11-23";
        Assert.NotNull(page.Find($"time[datetime='{day}']"));
        Assert.Equal(due, page.Find($".crm-badge time[datetime='{day}']") is not null);
    }

    [Fact]
    public async Task Today_MuchToDo_AsksTheSameNumberOfCommands()
    {
        var (host, sql) = await SqlCount.Host();
        var tenant = await Make.Tenant(host);
        var admin = await tenant.Admin.Browser();
        await tenant.Use(async db =>
        {
            foreach (var stage in Enum.GetValues<LifecycleStage>()) db.ContactCadences.Add(new ContactCadence(stage, 1));
            return await db.SaveChangesAsync();
        });
        await admin.Get("/today"); // the first visit also notes the session
        var few = await sql.Of(() => admin.Get("/today"));
        for (var i = 0; i < 30; i++)
        {
            var customer = await Make.Customer(tenant, with: c => c with { OwnerId = tenant.Admin.Id });
            await Make.Interaction(tenant, customer, new InteractionDetails { OccurredAt = host.Clock.Now.AddDays(-3) });
            await Make.Interaction(tenant, customer, new InteractionDetails { OccurredAt = host.Clock.Now.AddDays(-1), IsPlanned = true });
            await Make.Task(tenant, tenant.Admin, customerId: customer);
        }

        var many = await sql.Of(() => admin.Get("/today"));
        Assert.Equal(few, many);
        Assert.InRange(many, 1, 8);
    }
}
