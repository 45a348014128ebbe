using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Tasks;

public sealed class TaskPagesTests
{
    private static readonly DateOnly Day = new(2030, 5, 6);

    [Fact]
    public async Task Edit_Viewer_IsForbidden()
    {
        var tenant = await Make.Tenant();
        var id = await Make.Task(tenant, tenant.Admin);
        var viewer = await (await Make.Member(tenant, Role.Viewer)).Browser();
        Assert.Equal(HttpStatusCode.OK, (await viewer.Get("/tasks")).Status);
        foreach (var path in new[] { "/tasks/new", $"/tasks/{id}", $"/tasks/{id}/owner" }) Assert.Equal(HttpStatusCode.Forbidden, (await viewer.Get(path)).Status);
        foreach (var path in new[] { "/tasks/new", $"/tasks/{id}", $"/tasks/{id}/owner", $"/tasks/{id}/done", $"/tasks/{id}/reopen", $"/tasks/{id}/delete", $"/tasks/{id}/restore" })
            Assert.Equal(HttpStatusCode.Forbidden, (await viewer.Post(path)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await (await Make.Member(tenant, Role.Sales)).Browser()).Get("/tasks.csv")).Status);
    }

    [Fact]
    public async Task Edit_ForeignUnseenOrDeleted_IsMissing()
    {
        var (tenant, other) = (await Make.Tenant(), await Make.Tenant());
        var foreign = await Make.Task(other, other.Admin);
        var unseen = await Make.Task(tenant, tenant.Admin);
        var admin = await tenant.Admin.Browser();
        var sales = await (await Make.Member(tenant, Role.Sales)).Browser();
        foreach (var (visitor, id) in new[] { (admin, foreign), (sales, unseen) })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/tasks/{id}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/tasks/{id}/owner")).Status);
            foreach (var act in new[] { "", "/owner", "/done", "/reopen", "/delete", "/restore" })
                Assert.Equal(HttpStatusCode.NotFound, (await visitor.Post($"/tasks/{id}{act}", Form(tenant))).Status);
        }

        await admin.Post($"/tasks/{unseen}/delete");
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get($"/tasks/{unseen}")).Status);
        await admin.Post($"/tasks/{unseen}/restore");
        Assert.Equal(HttpStatusCode.OK, (await admin.Get($"/tasks/{unseen}")).Status);
    }

    [Fact]
    public async Task T13_Index_DaysAtTheEndsOfTheCalendar_Answer()
    {
        var admin = await (await Make.Tenant()).Admin.Browser();
        foreach (var day in new[] { "0001-01-01", "1800-01-01", "2200-12-31", "9999-12-31", "999999999" })
            foreach (var op in new[] { "on", "after", "before", "between", "last-days", "next-days" })
                Assert.Equal(HttpStatusCode.OK, (await admin.Get($"/tasks?due={day}&due={day}&due.op={op}")).Status);
    }

    [Theory]
    [InlineData("ärger")]
    [InlineData("ÄRGER")]
    [InlineData("mit ÖL")]
    [InlineData("mit öl 100%")]
    public async Task Search_AnyCase_FindsLettersBeyondAscii(string typed)
    {
        var tenant = await Make.Tenant();
        await Make.Task(tenant, tenant.Admin, "Todo: Ärger mit Öl 100%");
        await Make.Task(tenant, tenant.Admin, "Todo: Arger mit Ol 100x");
        var member = await Make.Member(tenant, Role.Viewer, "Frau Ärger mit Öl 100%");
        await tenant.Use(async db =>
        {
            db.Imports.Add(new CrmWeb.Domain.Customers.Imports.Import("Ärger mit Öl 100%.csv", Guid.NewGuid().ToString("N"), 1, member.Id, tenant.Host.Clock.Now));
            return await db.SaveChangesAsync();
        });
        var (admin, asked) = (await tenant.Admin.Browser(), "?q=" + Uri.EscapeDataString(typed));
        foreach (var (path, found) in new[] { ("/tasks", "Todo: Ärger"), ("/settings/members", "Frau Ärger"), ("/imports", "Ärger mit Öl 100%.csv") })
        {
            Assert.Contains(found, (await admin.Get(path + asked)).Text, StringComparison.Ordinal);
            Assert.DoesNotContain(found, (await admin.Get(path + asked + "x")).Text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Todo: Arger", (await admin.Get("/tasks" + asked)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_Invalid_ShowsErrorsAndKeepsWhatWasTyped()
    {
        var tenant = await Make.Tenant();
        var page = await (await tenant.Admin.Browser()).Post("/tasks/new", new { Title = " ", DueOn = "03/04/05", Note = "kept" });
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("Say what there is to do.", page.ErrorFor("Title"));
        Assert.NotNull(page.ErrorFor("DueOn"));
        Assert.NotNull(page.ErrorFor("OwnerId"));
        Assert.Equal("03/04/05", page.Value("DueOn"));
        Assert.Equal("kept", page.Value("Note"));
    }

    [Fact]
    public async Task T3_Create_ForeignOwnerOrCustomer_IsRefused()
    {
        var (tenant, other) = (await Make.Tenant(), await Make.Tenant());
        var foreign = await Make.Customer(other);
        var admin = await tenant.Admin.Browser();
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.Post("/tasks/new", new { Title = "x", DueOn = Day, OwnerId = other.Admin.Id })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Post("/tasks/new", new { Title = "x", DueOn = Day, OwnerId = tenant.Admin.Id, CustomerId = foreign })).Status);
        var id = await Make.Task(tenant, tenant.Admin);
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.Post($"/tasks/{id}/owner", new { OwnerId = other.Admin.Id })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Post($"/tasks/{id}", new { Title = "x", DueOn = Day, OwnerId = tenant.Admin.Id, CustomerId = foreign })).Status);
        Assert.Equal(tenant.Admin.Id, await tenant.Use(async db => (await db.Tasks.SingleAsync()).OwnerId));
    }

    [Fact]
    public async Task Create_Valid_IsListedForItsOwner()
    {
        var tenant = await Make.Tenant();
        var colleague = await Make.Member(tenant, Role.Sales, "Sara");
        var admin = await tenant.Admin.Browser();
        var page = await admin.Post("/tasks/new", new { Title = "Ring back", DueOn = Day, OwnerId = colleague.Id, Priority = "High", Repeat = "Weekly", ReturnUrl = "https://evil.example/" });
        Assert.Equal($"/t/{tenant.Slug}/tasks", page.Location!.ToString());

        Assert.Contains("Ring back", (await (await colleague.Browser()).Get("/tasks")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Ring back", (await admin.Get("/tasks")).Text, StringComparison.Ordinal);
        Assert.Contains("Ring back", (await admin.Get("/tasks?scope=all")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R1_Save_AfterAColleague_SaysWhatChangedAndKeepsWhatWasTyped()
    {
        var tenant = await Make.Tenant();
        var id = await Make.Task(tenant, tenant.Admin, "First");
        var admin = await tenant.Admin.Browser();
        await admin.Post($"/tasks/{id}", new { Version = 0, Title = "Theirs", DueOn = Day, OwnerId = tenant.Admin.Id });
        var page = await admin.Post($"/tasks/{id}", new { Version = 0, Title = "Mine", DueOn = Day, OwnerId = tenant.Admin.Id });
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("Theirs", page.Text, StringComparison.Ordinal);
        Assert.Equal("Mine", page.Value("Title"));
        await admin.Post($"/tasks/{id}", new { Version = page.Value("Version"), Title = "Mine", DueOn = Day, OwnerId = tenant.Admin.Id });
        Assert.Equal("Mine", await tenant.Use(async db => (await db.Tasks.SingleAsync()).Title));
    }

    [Fact]
    public async Task Done_RepeatingTask_MakesTheNextAndUndoTakesItBack()
    {
        var tenant = await Make.Tenant();
        var admin = await tenant.Admin.Browser();
        await admin.Post("/tasks/new", new { Title = "Report", DueOn = Day, OwnerId = tenant.Admin.Id, Repeat = "Monthly" });
        var id = await tenant.Use(async db => (await db.Tasks.SingleAsync()).Id);
        await admin.Post($"/tasks/{id}/done");
        await admin.Post($"/tasks/{id}/done");
        var next = await tenant.Use(async db => await db.Tasks.SingleAsync(t => t.Id != id));
        Assert.Equal((Day.AddMonths(1), Repeat.Monthly), (next.DueOn, next.Repeat));

        await admin.Post($"/tasks/{id}/reopen?next={next.Id}");
        var open = await tenant.Use(async db => await db.Tasks.SingleAsync());
        Assert.Equal((id, null), (open.Id, open.DoneAt));
    }

    [Fact]
    public async Task Reopen_WithSomeOtherTaskAsNext_LeavesThatAlone()
    {
        var tenant = await Make.Tenant();
        var admin = await tenant.Admin.Browser();
        var (id, bystander) = (await Make.Task(tenant, tenant.Admin), await Make.Task(tenant, tenant.Admin));
        await admin.Post($"/tasks/{id}/done");
        await admin.Post($"/tasks/{id}/reopen?next={bystander}");
        Assert.Equal(2, await tenant.Use(db => db.Tasks.CountAsync()));
    }

    [Theory]
    [InlineData("due")]
    [InlineData("-due")]
    [InlineData("priority")]
    [InlineData("-priority")]
    public async Task List_PagedForwardAndBack_ShowsEachTaskOnceInOrder(string sort)
    {
        var tenant = await Make.Tenant();
        await tenant.Use(async db =>
        {
            for (var i = 0; i < 120; i++)
                db.Tasks.Add(new CrmTask($"T{i:000}", Day.AddDays(i % 7), tenant.Admin.Id, tenant.Admin.Id, tenant.Host.Clock.Now) { Priority = (Priority)(i % 3) });
            return await db.SaveChangesAsync();
        });
        var admin = await tenant.Admin.Browser();
        var seen = new List<string>();
        var pages = new List<string>();
        var page = await admin.Get($"/tasks?sort={sort}");
        while (true)
        {
            pages.Add(page.Text);
            seen.AddRange(page.Texts("tbody .crm-list-name"));
            if (page.Find("a[rel=next][href]") is not { } next) break;
            page = await admin.Get(Inside(tenant, next.GetAttribute("href")!));
        }

        Assert.Equal((120, 120, 3), (seen.Count, seen.Distinct().Count(), pages.Count));
        page = await admin.Get(Inside(tenant, page.Find("a[rel=prev][href]")!.GetAttribute("href")!));
        Assert.Equal(pages[1], page.Text);
    }

    [Fact]
    public async Task List_Filters_NarrowIt()
    {
        var tenant = await Make.Tenant();
        var admin = await tenant.Admin.Browser();
        var today = DateOnly.FromDateTime(tenant.Host.Clock.Now);
        var customer = await Make.Customer(tenant, "Aria");
        await Make.Task(tenant, tenant.Admin, "Late 100%", today.AddDays(-3));
        await Make.Task(tenant, tenant.Admin, "Later", today.AddDays(30), customer);
        var done = await Make.Task(tenant, tenant.Admin, "Finished", today);
        await admin.Post($"/tasks/{done}/done");

        async Task<string[]> Listed(string query) => [.. (await admin.Get("/tasks?" + query)).Texts("tbody .crm-list-name").Order(StringComparer.Ordinal)];
        Assert.Equal(new[] { "Late 100%", "Later" }, await Listed(""));
        Assert.Equal(new[] { "Late 100%" }, await Listed("state=overdue"));
        Assert.Equal(new[] { "Finished" }, await Listed("state=done"));
        Assert.Equal(new[] { "Finished", "Later" }, await Listed("state=overdue&state.op=none"));
        Assert.Equal(new[] { "Later" }, await Listed($"customer={customer}"));
        Assert.Equal(new[] { "Late 100%" }, await Listed($"customer={customer}&customer.op=none"));
        Assert.Equal(new[] { "Later" }, await Listed("due=60&due.op=next-days"));
        Assert.Equal(new[] { "Late 100%" }, await Listed("q=100%25"));
        Assert.Empty(await Listed("q=%25x"));
        Assert.Equal(new[] { "Late 100%", "Later" }, await Listed("sort=;drop&after=x.y.z&owner=abc&owner.op=none"));
    }

    [Fact]
    public async Task T16_Export_HoldsTheListAndNoFormula()
    {
        var tenant = await Make.Tenant();
        await Make.Task(tenant, tenant.Admin, "=1+1");
        var page = await (await tenant.Admin.Browser()).Get("/tasks.csv");
        Assert.Equal("text/csv", page.Response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("title,dueOn", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("\n=1+1", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ManyTasks_AsksTheSameNumberOfCommands()
    {
        var (host, sql) = await SqlCount.Host();
        var tenant = await Make.Tenant(host);
        var admin = await tenant.Admin.Browser();
        var customer = await Make.Customer(tenant);
        await Make.Task(tenant, tenant.Admin, customerId: customer);
        await admin.Get("/tasks?scope=all"); // the first visit also notes the session
        var few = await sql.Of(() => admin.Get("/tasks?scope=all"));
        for (var i = 0; i < 40; i++) await Make.Task(tenant, tenant.Admin, customerId: await Make.Customer(tenant));
        var many = await sql.Of(() => admin.Get("/tasks?scope=all"));
        Assert.Equal(few, many);
        Assert.InRange(many, 1, 6);
    }

    private static object Form(TestTenant tenant) => new { Title = "x", DueOn = Day, OwnerId = tenant.Admin.Id };

    private static string Inside(TestTenant tenant, string href) => href[$"/t/{tenant.Slug}".Length..];
}
