using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Interactions;

public sealed class InteractionPagesTests
{
    [Fact]
    public async Task New_Viewer_IsForbidden()
    {
        var tenant = await Make.Tenant();
        var viewer = await (await Make.Member(tenant, Role.Viewer)).Browser();
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.Get("/interactions/new")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.Post("/interactions/new", new { Channel = "Call" })).Status);
    }

    [Fact]
    public async Task New_InvisibleForeignOrArchivedCustomer_IsMissing()
    {
        var (tenant, other) = (await Make.Tenant(), await Make.Tenant());
        var sales = await (await Make.Member(tenant, Role.Sales)).Browser();
        var foreign = await Make.Customer(other);
        var unseen = await Make.Customer(tenant);
        var archived = await Archived(tenant);
        var admin = await tenant.Admin.Browser();

        foreach (var (visitor, id) in new[] { (admin, foreign), (sales, unseen), (admin, archived), (admin, 987_654L) })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/interactions/new?customerId={id}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.Post("/interactions/new", new { CustomerId = id, Channel = "Call" })).Status);
        }

        Assert.Equal(0, await tenant.Use(db => db.Interactions.CountAsync()));
    }

    [Fact]
    public async Task Log_InvalidValues_ShowsErrorsAndKeepsWhatWasTyped()
    {
        var tenant = await Make.Tenant();
        var page = await (await tenant.Admin.Browser()).Post("/interactions/new", new
        {
            Channel = "Call",
            Subject = new string('x', Interaction.SubjectLength + 1),
            Minutes = Interaction.MaxMinutes + 1,
            At = "yesterday",
            Body = "kept",
        });
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("Choose a customer.", page.ErrorFor("CustomerId"));
        Assert.NotNull(page.ErrorFor("Subject"));
        Assert.NotNull(page.ErrorFor("Minutes"));
        Assert.NotNull(page.ErrorFor("At"));
        Assert.Equal("yesterday", page.Value("At"));
        Assert.Equal("kept", page.Value("Body"));
    }

    [Fact]
    public async Task Log_Valid_IsStoredWithNextStepAndRemembersChannelAndOutcome()
    {
        var tenant = await Make.Tenant();
        var customer = await Make.Customer(tenant, "Aria");
        var admin = await tenant.Admin.Browser();
        var page = await admin.Post("/interactions/new", new
        {
            CustomerId = customer,
            Channel = "Meeting",
            Outcome = "Interested",
            Subject = " Offer ",
            Minutes = 25,
            NextTitle = "Send the offer",
            NextDueOn = new DateOnly(2030, 1, 2),
        });

        Assert.Equal(HttpStatusCode.Redirect, page.Status);
        Assert.EndsWith($"/customers/{customer}", page.Location!.ToString(), StringComparison.Ordinal);
        var (interaction, task, lastAt) = await tenant.Use(async db => (
            await db.Interactions.SingleAsync(), await db.Tasks.SingleAsync(), await db.Customers.Where(c => c.Id == customer).Select(c => c.LastInteractionAt).SingleAsync()));
        Assert.Equal((Channel.Meeting, Outcome.Interested, "Offer", 25, false, tenant.Admin.Id),
            (interaction.Channel, interaction.Outcome, interaction.Subject, interaction.Minutes, interaction.IsPlanned, interaction.MemberId));
        Assert.Equal(("Send the offer", new DateOnly(2030, 1, 2), customer), (task.Title, task.DueOn, task.CustomerId));
        Assert.Equal(interaction.OccurredAt, lastAt);

        var next = await admin.Get("/interactions/new");
        Assert.Equal("Meeting", next.Find("[name=Channel]:checked")?.GetAttribute("value"));
        Assert.Equal("Interested", next.Find("[name=Outcome]:checked")?.GetAttribute("value"));
    }

    [Fact]
    public async Task Log_FutureTime_IsPlannedAndNotYetAContact()
    {
        var tenant = await Make.Tenant();
        var customer = await Make.Customer(tenant);
        await (await tenant.Admin.Browser()).Post("/interactions/new", new { CustomerId = customer, Channel = "Visit", At = tenant.Host.Clock.Now.AddDays(2) });
        var (planned, lastAt) = await tenant.Use(async db => ((await db.Interactions.SingleAsync()).IsPlanned, (await db.Customers.SingleAsync()).LastInteractionAt));
        Assert.True(planned);
        Assert.Null(lastAt);
    }

    [Fact]
    public async Task Log_JalaliTime_IsReadInTheMembersZone()
    {
        var tenant = await Make.Tenant();
        await tenant.Use(async db => await db.Tenants.Where(t => t.Id == tenant.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.TimeZone, "Asia/Tehran")));
        var customer = await Make.Customer(tenant);
        await (await tenant.Admin.Browser()).Post("/interactions/new?lang=fa", new { CustomerId = customer, Channel = "Call", At = "۱۴۰۴/۰۹/۰۱ ۱۴:۳۰" });
        Assert.Equal(new DateTime(2025, 11, 22, 11, 0, 0, DateTimeKind.Utc), await tenant.Use(async db => (await db.Interactions.SingleAsync()).OccurredAt));
    }

    [Fact]
    public async Task Log_InDialog_ClosesItAndOffersUndo()
    {
        var tenant = await Make.Tenant();
        var customer = await Make.Customer(tenant);
        var admin = await tenant.Admin.Browser();
        admin.Http.DefaultRequestHeaders.Add("HX-Target", "div#shell-dialog-content");
        var page = await admin.Post("/interactions/new", new { CustomerId = customer, Channel = "Call" });
        Assert.Equal(HttpStatusCode.NoContent, page.Status);
        var trigger = page.Response.Headers.GetValues("HX-Trigger").Single();
        Assert.Contains("crm:close-dialog", trigger, StringComparison.Ordinal);
        Assert.Contains("crm:changed", trigger, StringComparison.Ordinal);
        Assert.Contains("/delete", trigger, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_OpenedOnACustomersPage_IsPrefilledWhereTheCustomerIsVisible()
    {
        var tenant = await Make.Tenant();
        var (seen, unseen) = (await Make.Customer(tenant, "Aria"), await Make.Customer(await Make.Tenant()));
        var admin = await tenant.Admin.Browser();
        admin.Http.DefaultRequestHeaders.Add("HX-Current-URL", $"http://localhost:5080/t/{tenant.Slug}/customers/{seen}?tab=all");
        Assert.Equal(seen.ToString(System.Globalization.CultureInfo.InvariantCulture), (await admin.Get("/interactions/new")).Value("CustomerId"));
        admin.Http.DefaultRequestHeaders.Remove("HX-Current-URL");
        admin.Http.DefaultRequestHeaders.Add("HX-Current-URL", $"http://localhost:5080/t/{tenant.Slug}/customers/{unseen}");
        Assert.Equal("", (await admin.Get("/interactions/new")).Value("CustomerId"));
    }

    [Fact]
    public async Task Edit_ForeignUnseenOrDeleted_IsMissing()
    {
        var (tenant, other) = (await Make.Tenant(), await Make.Tenant());
        var foreign = await Make.Interaction(other, await Make.Customer(other));
        var own = await Make.Interaction(tenant, await Make.Customer(tenant));
        var admin = await tenant.Admin.Browser();
        var sales = await (await Make.Member(tenant, Role.Sales)).Browser();
        foreach (var (visitor, id) in new[] { (admin, foreign), (sales, own) })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/interactions/{id}")).Status);
            foreach (var act in new[] { "", "/delete", "/restore", "/done", "/plan?at=2026-01-01T10:00:00" })
                Assert.Equal(HttpStatusCode.NotFound, (await visitor.Post($"/interactions/{id}{act}", new { Channel = "Call" })).Status);
        }

        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/interactions/{own}/delete")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get($"/interactions/{own}")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/interactions/{own}/restore")).Status);
        Assert.Equal(HttpStatusCode.OK, (await admin.Get($"/interactions/{own}")).Status);
    }

    [Fact]
    public async Task R1_Save_AfterAColleague_SaysWhatChangedAndKeepsWhatWasTyped()
    {
        var tenant = await Make.Tenant();
        var id = await Make.Interaction(tenant, await Make.Customer(tenant));
        var admin = await tenant.Admin.Browser();
        var version = (await admin.Get($"/interactions/{id}")).Value("Version");
        await admin.Post($"/interactions/{id}", new { Version = version, Channel = "Email", Subject = "Theirs" });

        var page = await admin.Post($"/interactions/{id}", new { Version = version, Channel = "Email", Subject = "Mine" });
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("Theirs", page.Text, StringComparison.Ordinal);
        Assert.Equal("Mine", page.Value("Subject"));

        await admin.Post($"/interactions/{id}", new { Version = page.Value("Version"), Channel = "Email", Subject = "Mine" });
        Assert.Equal("Mine", await tenant.Use(async db => (await db.Interactions.SingleAsync()).Subject));
    }

    [Theory]
    [InlineData("2026-10-25T01:30:17")] // half past two for the second time that night
    [InlineData("2026-10-25T00:30:17")] // and for the first time
    [InlineData("2026-07-01T09:15:59")]
    public async Task R9_Save_TimeUntouched_KeepsTheInstant(string utc)
    {
        var host = await CrmHost.Start();
        host.Clock.Now = new DateTime(2026, 11, 22, 9, 0, 0);
        var tenant = await Make.Tenant(host);
        await tenant.Use(db => db.Tenants.Where(t => t.Id == tenant.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.TimeZone, "Europe/Berlin")));
        var at = DateTime.SpecifyKind(DateTime.Parse(utc, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc);
        var id = await Make.Interaction(tenant, await Make.Customer(tenant), new InteractionDetails { OccurredAt = at });
        var admin = await tenant.Admin.Browser();

        var form = await admin.Get($"/interactions/{id}");
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/interactions/{id}", new { Channel = "Call", At = form.Value("At"), Body = "new notes", Version = form.Value("Version") })).Status);
        Assert.Equal((at, "new notes"), await tenant.Use(async db => { var i = await db.Interactions.AsNoTracking().SingleAsync(); return (i.OccurredAt, i.Body!); }));

        await admin.Post($"/interactions/{id}", new { Channel = "Call", At = "2026-07-01T08:00", Version = 1 });
        Assert.Equal(new DateTime(2026, 7, 1, 6, 0, 0), await tenant.Use(async db => (await db.Interactions.AsNoTracking().SingleAsync()).OccurredAt));
    }

    [Fact]
    public async Task Done_PlannedContact_CountsAsContactAndCanBeTakenBack()
    {
        var tenant = await Make.Tenant();
        var customer = await Make.Customer(tenant);
        var at = new DateTime(2026, 1, 5, 10, 0, 0, DateTimeKind.Utc);
        var id = await Make.Interaction(tenant, customer, new InteractionDetails { OccurredAt = at, IsPlanned = true });
        var admin = await tenant.Admin.Browser();

        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/interactions/{id}/done?outcome=NoAnswer")).Status);
        var held = await tenant.Use(db => db.Interactions.AsNoTracking().SingleAsync());
        Assert.Equal((false, Outcome.NoAnswer, at), (held.IsPlanned, held.Outcome, held.OccurredAt));
        Assert.Equal(at, await tenant.Use(async db => (await db.Customers.SingleAsync()).LastInteractionAt));
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Post($"/interactions/{id}/done")).Status);

        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/interactions/{id}/plan?at=2026-01-05T10:00:00")).Status);
        Assert.Null(await tenant.Use(async db => (await db.Customers.SingleAsync()).LastInteractionAt));
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.Post($"/interactions/{id}/plan")).Status);
    }

    private static async Task<long> Archived(TestTenant tenant)
    {
        var id = await Make.Customer(tenant);
        await tenant.Use(async db =>
        {
            (await db.Customers.SingleAsync(c => c.Id == id)).Archive(tenant.Host.Clock.Now);
            return await db.SaveChangesAsync();
        });
        return id;
    }
}
