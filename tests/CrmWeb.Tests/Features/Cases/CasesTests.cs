using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Service;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Cases;

public sealed class CasesTests
{
    [Fact]
    public async Task Create_Valid_OpensTheCaseWithItsClocks()
    {
        var acme = await Make.Tenant();
        await Make.SlaRule(acme);
        var customer = await Make.Customer(acme);
        var service = await (await Make.Member(acme, Role.Service)).Browser();
        Assert.Equal(HttpStatusCode.OK, (await service.Get($"/cases/new?customerId={customer}")).Status);
        var made = await service.Post("/cases/new", new { CustomerId = customer, Kind = "Complaint", Subject = "It broke", Channel = "Email", Priority = "Normal" });
        Assert.Equal(HttpStatusCode.Redirect, made.Status);
        var its = await One(acme);
        Assert.Equal((CaseKind.Complaint, CaseState.New, its.OpenedAt.AddHours(1)), (its.Kind, its.State, its.NextDueAt!.Value));
        var page = await service.Get($"/cases/{its.Id}");
        Assert.Contains("It broke", page.Text, StringComparison.Ordinal);
        Assert.Contains("left", page.Text, StringComparison.Ordinal);
        Assert.Contains("It broke", (await service.Get("/cases?scope=all")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_ForbiddenMissingInvalid_WritesNothing()
    {
        var acme = await Make.Tenant();
        var viewer = await (await Make.Member(acme, Role.Viewer)).Browser();
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.Get("/cases/new")).Status);
        var admin = await acme.Admin.Browser();
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Post("/cases/new", new { CustomerId = 987654321, Subject = "x" })).Status);
        var wrong = await admin.Post("/cases/new", new { Subject = "", Description = "Typed" });
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Equal("Choose a customer.", wrong.ErrorFor("CustomerId"));
        Assert.Equal("Say what it is about.", wrong.ErrorFor("Subject"));
        Assert.Equal("Typed", wrong.Value("Description"));
        var (mine, other) = (await Make.Customer(acme), await Make.Customer(acme));
        var order = await Make.Order(acme, other);
        Assert.NotNull((await admin.Post("/cases/new", new { CustomerId = mine, Subject = "x", OrderId = order })).ErrorFor("OrderId"));
        Assert.Equal(0, await acme.Use(db => db.Cases.CountAsync()));
    }

    [Fact]
    public async Task Way_FromNewToClosed_AndBack()
    {
        var acme = await Make.Tenant();
        var customer = await Make.Customer(acme);
        var id = await Make.Case(acme, customer);
        var cause = await acme.Use(async db =>
        {
            var reason = new Reason(ReasonFor.RootCause, "Broken in transit", 1);
            db.Reasons.Add(reason);
            await db.SaveChangesAsync();
            return reason.Id;
        });
        var admin = await acme.Admin.Browser();
        async Task<CaseState> After(string step, object? form = null)
        {
            Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/cases/{id}/{step}", form)).Status);
            return (await One(acme)).State;
        }

        Assert.Equal(CaseState.Open, await After("answer"));
        Assert.NotNull((await One(acme)).AnsweredInMinutes);
        await After("answer/undo");
        Assert.Null((await One(acme)).AnsweredAt);
        Assert.Equal(CaseState.Waiting, await After("wait"));
        Assert.Equal(CaseState.Open, await After("open"));
        Assert.Equal(CaseState.Resolved, await After("resolve", new { Resolution = "Sent another", RootCauseId = cause }));
        Assert.Equal(0, await acme.Use(db => db.Customers.Where(c => c.Id == customer).Select(c => c.OpenCases).SingleAsync()));
        Assert.Equal(CaseState.Closed, await After("close"));
        Assert.Equal(1, await Events(acme, CustomerEvent.SatisfactionDue));
        Assert.Equal(CaseState.Resolved, await After("close/undo"));
        Assert.Equal(0, await Events(acme, CustomerEvent.SatisfactionDue));
        Assert.Equal(CaseState.Open, await After("open"));
        Assert.Equal(1, await acme.Use(db => db.Customers.Where(c => c.Id == customer).Select(c => c.OpenCases).SingleAsync()));
        Assert.Contains("Broken in transit", (await admin.Get($"/cases/{id}")).Text, StringComparison.Ordinal);
        Assert.NotNull((await admin.Post($"/cases/{id}/resolve", new { RootCauseId = 987654321 })).ErrorFor("RootCauseId"));
    }

    [Fact]
    public async Task Step_ThatAColleagueDid_SaysSo_AndOffersNoUndo()
    {
        var acme = await Make.Tenant();
        var id = await Make.Case(acme, await Make.Customer(acme));
        var (one, other) = (await acme.Admin.Browser(), await (await Make.Member(acme, Role.Service)).Browser());
        await one.Post($"/cases/{id}/answer");
        Assert.Contains($"/cases/{id}/answer/undo", (await one.Get($"/cases/{id}")).Body, StringComparison.Ordinal);
        await other.Post($"/cases/{id}/answer");
        var told = await other.Get($"/cases/{id}");
        Assert.Contains("nothing was done", told.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("answer/undo", told.Body, StringComparison.Ordinal);
        Assert.NotNull((await One(acme)).AnsweredAt);

        // an undo of the wait is no way to open what was resolved meanwhile
        await one.Post($"/cases/{id}/wait");
        await other.Post($"/cases/{id}/resolve", new { Resolution = "Done" });
        await one.Post($"/cases/{id}/open?from=waiting");
        Assert.Equal(CaseState.Resolved, (await One(acme)).State);
        await other.Post($"/cases/{id}/close");
        await one.Post($"/cases/{id}/open?from=resolved");
        Assert.Equal(CaseState.Closed, (await One(acme)).State);
        await one.Post($"/cases/{id}/close");
        Assert.DoesNotContain("close/undo", (await one.Get($"/cases/{id}")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undo_OfAStepThatAnotherTookMeanwhile_TakesNothingBack()
    {
        await using var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        var id = await Make.Case(acme, await Make.Customer(acme));
        var admin = await acme.Admin.Browser();
        static long Mark(DateTime? at) => at!.Value.Ticks / TimeSpan.TicksPerMicrosecond;
        await admin.Post($"/cases/{id}/answer");
        var first = Mark((await One(acme)).AnsweredAt);
        await admin.Post($"/cases/{id}/answer/undo?at={first}");
        Assert.Null((await One(acme)).AnsweredAt);
        host.Clock.Now = host.Clock.Now.AddMinutes(1);
        await admin.Post($"/cases/{id}/answer");
        await admin.Post($"/cases/{id}/answer/undo?at={first}");
        Assert.NotNull((await One(acme)).AnsweredAt);

        await admin.Post($"/cases/{id}/wait");
        var since = (await One(acme)).WaitingSince;
        host.Clock.Now = host.Clock.Now.AddMinutes(1);
        await admin.Post($"/cases/{id}/resolve");
        await admin.Post($"/cases/{id}/open?from=resolved&was=waiting&since={since!.Value.Ticks}");
        Assert.Equal((CaseState.Waiting, since), ((await One(acme)).State, (await One(acme)).WaitingSince));

        await admin.Post($"/cases/{id}/resolve");
        await admin.Post($"/cases/{id}/close");
        var closed = Mark((await One(acme)).ClosedAt);
        await admin.Post($"/cases/{id}/close/undo?at={closed}");
        Assert.Equal(CaseState.Resolved, (await One(acme)).State);
        host.Clock.Now = host.Clock.Now.AddMinutes(1);
        await admin.Post($"/cases/{id}/close");
        await admin.Post($"/cases/{id}/close/undo?at={closed}");
        Assert.Equal(CaseState.Closed, (await One(acme)).State);
    }

    [Fact]
    public async Task Undo_OfAResolvingThatAnotherRepeatedMeanwhile_TakesNothingBack()
    {
        await using var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        var id = await Make.Case(acme, await Make.Customer(acme));
        var admin = await acme.Admin.Browser();
        await admin.Post($"/cases/{id}/resolve");
        var undo = $"/cases/{id}/open?from=resolved&was=new&at={(await One(acme)).ResolvedAt!.Value.Ticks / TimeSpan.TicksPerMicrosecond}";
        Assert.Contains(undo, System.Net.WebUtility.HtmlDecode((await admin.Get($"/cases/{id}")).Body), StringComparison.Ordinal);
        await admin.Post(undo);
        Assert.Equal(CaseState.New, (await One(acme)).State);
        host.Clock.Now = host.Clock.Now.AddMinutes(1);
        await admin.Post($"/cases/{id}/resolve");
        await admin.Post(undo);
        Assert.Equal((CaseState.Resolved, 1), ((await One(acme)).State, await acme.Use(db => db.CustomerEvents.CountAsync(e => e.Kind == CustomerEvent.CaseResolved))));
    }

    [Fact]
    public async Task Contact_ThatCameInBeforeTheWait_DoesNotEndIt()
    {
        await using var host = await CrmHost.Start();
        host.Clock.Now = new(2030, 1, 7, 10, 30, 0, DateTimeKind.Utc);
        var acme = await Make.Tenant(host);
        var customer = await Make.Customer(acme);
        var id = await Make.Case(acme, customer);
        var admin = await acme.Admin.Browser();
        await admin.Post($"/cases/{id}/wait");
        host.Clock.Now = host.Clock.Now.AddMinutes(30);
        await admin.Post("/interactions/new", new { CustomerId = customer, CaseId = id, Channel = "Email", Direction = "Inbound", Subject = "Old", At = "2030-01-07T10:00" });
        var old = await acme.Use(db => db.Interactions.Select(i => i.Id).SingleAsync());
        await admin.Post($"/interactions/{old}/delete");
        await admin.Post($"/interactions/{old}/restore");
        Assert.Equal(CaseState.Waiting, (await One(acme)).State);
        await admin.Post("/interactions/new", new { CustomerId = customer, CaseId = id, Channel = "Email", Direction = "Inbound", Subject = "New", At = "2030-01-07T10:40" });
        Assert.Equal(CaseState.Open, (await One(acme)).State);
    }

    [Fact]
    public async Task Contact_ThatEndedTheWait_IsTakenBack_TheWaitGoesOn()
    {
        await using var host = await CrmHost.Start();
        host.Clock.Now = new(2030, 1, 7, 10, 30, 0, DateTimeKind.Utc);
        var acme = await Make.Tenant(host);
        var customer = await Make.Customer(acme);
        var id = await Make.Case(acme, customer);
        var admin = await acme.Admin.Browser();
        await admin.Post($"/cases/{id}/wait");
        var since = (await One(acme)).WaitingSince;
        async Task<long> Said(string subject)
        {
            host.Clock.Now = host.Clock.Now.AddMinutes(30);
            await admin.Post("/interactions/new", new { CustomerId = customer, CaseId = id, Channel = "Email", Direction = "Inbound", Subject = subject, At = host.Clock.Now.ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture) });
            return await acme.Use(db => db.Interactions.MaxAsync(i => i.Id));
        }

        var first = await Said("First");
        Assert.Equal((CaseState.Open, 30), ((await One(acme)).State, (await One(acme)).WaitedMinutes));
        await admin.Post($"/interactions/{first}/delete");
        Assert.Equal((CaseState.Waiting, since, 0), await One(acme) is var back ? (back.State, back.WaitingSince, back.WaitedMinutes) : default);
        await admin.Post($"/interactions/{first}/restore");
        Assert.Equal(CaseState.Open, (await One(acme)).State);
        // another one came in: the wait is over whatever becomes of the first
        var second = await Said("Second");
        await admin.Post($"/interactions/{first}/delete");
        Assert.Equal(CaseState.Open, (await One(acme)).State);
        await admin.Post($"/interactions/{second}/delete");
        Assert.Equal((CaseState.Waiting, since), ((await One(acme)).State, (await One(acme)).WaitingSince));
        // what was done since stays done
        var third = await Said("Third");
        await admin.Post($"/cases/{id}/wait");
        await admin.Post($"/cases/{id}/open?from=waiting");
        await admin.Post($"/interactions/{third}/delete");
        Assert.Equal(CaseState.Open, (await One(acme)).State);
    }

    [Fact]
    public async Task Resolve_TakenBack_DidNotHappen()
    {
        var acme = await Make.Tenant();
        var id = await Make.Case(acme, await Make.Customer(acme));
        var admin = await acme.Admin.Browser();
        await admin.Post($"/cases/{id}/resolve");
        Assert.Equal(1, await acme.Use(db => db.CustomerEvents.CountAsync(e => e.Kind == CustomerEvent.CaseResolved)));
        await admin.Post($"/cases/{id}/open?from=resolved&was=new");
        Assert.Equal((CaseState.New, 0), ((await One(acme)).State, await acme.Use(db => db.CustomerEvents.CountAsync(e => e.Kind == CustomerEvent.CaseResolved))));
        // opened again for another reason it was resolved all the same
        await admin.Post($"/cases/{id}/resolve");
        await admin.Post($"/cases/{id}/open");
        Assert.Equal(1, await acme.Use(db => db.CustomerEvents.CountAsync(e => e.Kind == CustomerEvent.CaseResolved)));
    }

    [Fact]
    public async Task Contact_OfACase_ThatTakesPlaceIsEditedOrDeleted_MovesTheAnswer()
    {
        await using var host = await CrmHost.Start();
        var begin = host.Clock.Now = new(2030, 1, 7, 9, 0, 0, DateTimeKind.Utc);
        var acme = await Make.Tenant(host);
        await Make.SlaRule(acme);
        var customer = await Make.Customer(acme);
        var id = (await (await Make.Program(acme.Admin)).Post("/cases", new { customerId = customer, subject = "Broken" })).Id;
        var admin = await acme.Admin.Browser();
        await admin.Post("/interactions/new", new { CustomerId = customer, CaseId = id, Channel = "Call", Direction = "Outbound", Subject = "Call back", At = "2030-01-07T09:20" });
        Assert.Null((await One(acme)).AnsweredAt);
        var call = await acme.Use(db => db.Interactions.SingleAsync());
        Assert.True(call.IsPlanned);

        host.Clock.Now = begin.AddMinutes(30);
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/interactions/{call.Id}/done")).Status);
        var its = await One(acme);
        Assert.Equal((begin.AddMinutes(20), 20, its.ResolveDueAt), (its.AnsweredAt!.Value, its.AnsweredInMinutes!.Value, its.NextDueAt));
        await admin.Post($"/interactions/{call.Id}/plan?at=2030-01-07T10:00:00");
        Assert.Null((await One(acme)).AnsweredAt);
        await admin.Post($"/interactions/{call.Id}/done");

        await admin.Post("/interactions/new", new { CustomerId = customer, CaseId = id, Channel = "Email", Direction = "Outbound", Subject = "Mail", At = "2030-01-07T09:10" });
        Assert.Equal(begin.AddMinutes(10), (await One(acme)).AnsweredAt);
        var mail = await acme.Use(db => db.Interactions.SingleAsync(i => i.Subject == "Mail"));
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/interactions/{mail.Id}", new { Channel = "Email", Direction = "Outbound", Subject = "Mail", At = "2030-01-07T09:15", Version = mail.Version })).Status);
        Assert.Equal((begin.AddMinutes(15), 15), ((await One(acme)).AnsweredAt!.Value, (await One(acme)).AnsweredInMinutes!.Value));
        await admin.Post($"/interactions/{mail.Id}/delete");
        Assert.Equal(begin.AddMinutes(30), (await One(acme)).AnsweredAt);
        await admin.Post($"/interactions/{call.Id}/delete");
        its = await One(acme);
        Assert.Equal((null, begin.AddHours(1)), (its.AnsweredAt, its.NextDueAt!.Value));
        await admin.Post($"/interactions/{call.Id}/restore");
        Assert.Equal(begin.AddMinutes(30), (await One(acme)).AnsweredAt);
    }

    [Fact]
    public async Task Contact_OfACase_StaysOutOfWhatIsResolvedOrWasAnsweredOtherwise()
    {
        var acme = await Make.Tenant();
        await Make.SlaRule(acme);
        var customer = await Make.Customer(acme);
        var id = await Make.Case(acme, customer);
        var admin = await acme.Admin.Browser();
        await admin.Post($"/cases/{id}/answer");
        var answered = (await One(acme)).AnsweredAt;
        await acme.Use(async db =>
        {
            var contact = (await db.Customers.SingleAsync()).Log(new InteractionDetails { Channel = Channel.Call, Direction = Direction.Outbound, OccurredAt = acme.Host.Clock.Now.AddHours(1) }, acme.Admin.Id, acme.Host.Clock.Now);
            db.CaseInteractions.Add(new CaseInteraction(await db.Cases.SingleAsync(), contact));
            return await db.SaveChangesAsync();
        });
        var call = await acme.Use(db => db.Interactions.SingleAsync());
        await admin.Post($"/interactions/{call.Id}/delete");
        Assert.Equal(answered, (await One(acme)).AnsweredAt);
        await admin.Post($"/cases/{id}/resolve");
        await admin.Post($"/interactions/{call.Id}/restore");
        await acme.Use(async db =>
        {
            (await db.Interactions.SingleAsync()).Delete(acme.Host.Clock.Now);
            return await db.SaveChangesAsync();
        });
        Assert.Equal(answered, (await One(acme)).AnsweredAt);
    }

    [Fact]
    public async Task R1_TwoEditors_SecondSeesBoth()
    {
        var acme = await Make.Tenant();
        var id = await Make.Case(acme, await Make.Customer(acme));
        var admin = await acme.Admin.Browser();
        var opened = (await One(acme)).Version;
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/cases/{id}/edit", new { Subject = "Theirs", Version = opened })).Status);
        var second = await admin.Post($"/cases/{id}/edit", new { Subject = "Mine", Version = opened });
        Assert.Equal(HttpStatusCode.Conflict, second.Status);
        Assert.Contains("Theirs", second.Text, StringComparison.Ordinal);
        Assert.Equal("Mine", second.Value("Subject"));
        Assert.Equal("Theirs", (await One(acme)).Subject);
    }

    [Fact]
    public async Task Log_OnACase_GoesOutAnswers_ComesInEndsTheWait()
    {
        var acme = await Make.Tenant();
        await Make.SlaRule(acme);
        var customer = await Make.Customer(acme);
        var id = await Make.Case(acme, customer);
        var admin = await acme.Admin.Browser();
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/interactions/new", new { CustomerId = customer, CaseId = id, Channel = "Call", Direction = "Inbound", Subject = "Asked again" })).Status);
        Assert.Null((await One(acme)).AnsweredAt);
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/interactions/new", new { CustomerId = customer, CaseId = id, Channel = "Call", Direction = "Outbound", Subject = "Called back" })).Status);
        Assert.NotNull((await One(acme)).AnsweredAt);
        await admin.Post($"/cases/{id}/wait");
        await admin.Post("/interactions/new", new { CustomerId = customer, CaseId = id, Channel = "Email", Direction = "Inbound", Subject = "Here is the picture" });
        Assert.Equal(CaseState.Open, (await One(acme)).State);
        var page = await admin.Get($"/cases/{id}");
        Assert.Contains("Called back", page.Text, StringComparison.Ordinal);
        // the case of somebody else
        var other = await Make.Customer(acme);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Post("/interactions/new", new { CustomerId = other, CaseId = id, Channel = "Call", Subject = "x" })).Status);
    }

    [Fact]
    public async Task Delete_AndBack_ThroughTheRecycleBin()
    {
        var acme = await Make.Tenant();
        var customer = await Make.Customer(acme);
        var id = await Make.Case(acme, customer, c => c with { Subject = "Gone soon" });
        var admin = await acme.Admin.Browser();
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/cases/{id}/delete")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get($"/cases/{id}")).Status);
        Assert.Equal(0, await acme.Use(db => db.Customers.Where(c => c.Id == customer).Select(c => c.OpenCases).SingleAsync()));
        Assert.Contains("Gone soon", (await admin.Get("/recycle-bin?kind=case")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/recycle-bin/restore", new { kind = "case", ids = id })).Status);
        Assert.Equal(HttpStatusCode.OK, (await admin.Get($"/cases/{id}")).Status);
    }

    [Fact]
    public async Task List_FiltersAndOrders()
    {
        var acme = await Make.Tenant();
        var customer = await Make.Customer(acme);
        var product = await Make.Product(acme, "Grinder");
        await Make.Case(acme, customer, c => c with { Subject = "Alpha", Kind = CaseKind.Complaint, Priority = Priority.High, OwnerId = acme.Admin.Id, ProductId = product });
        var waiting = await Make.Case(acme, customer, c => c with { Subject = "Beta", Channel = Channel.Chat });
        var late = await Make.Case(acme, customer, c => c with { Subject = "Gamma" });
        await acme.Use(db => db.Cases.Where(c => c.Id == late).ExecuteUpdateAsync(set => set.SetProperty(c => c.NextDueAt, acme.Host.Clock.Now.AddDays(-1))));
        var admin = await acme.Admin.Browser();
        await admin.Post($"/cases/{waiting}/wait");
        async Task<string> Shown(string query) => string.Join(' ', new[] { "Alpha", "Beta", "Gamma" }.Where((await admin.Get("/cases" + query)).Text.Contains));
        Assert.Equal("Alpha", await Shown(""));
        Assert.Equal("Alpha Beta Gamma", await Shown("?scope=all"));
        Assert.Equal("Alpha", await Shown("?scope=all&kind=complaint"));
        Assert.Equal("Beta", await Shown("?scope=all&state=waiting"));
        Assert.Equal("Beta Gamma", await Shown("?scope=all&priority=normal"));
        Assert.Equal("Beta", await Shown("?scope=all&channel=chat"));
        Assert.Equal("Gamma", await Shown("?scope=all&breached=true"));
        Assert.Equal("Alpha Beta", await Shown("?scope=all&breached=false"));
        // whoever waits for the customer now was late before
        await acme.Use(db => db.Cases.Where(c => c.Id == waiting).ExecuteUpdateAsync(set => set.SetProperty(c => c.ResolveDueAt, acme.Host.Clock.Now.AddDays(-1))));
        Assert.Equal("Beta Gamma", await Shown("?scope=all&breached=true"));
        Assert.Equal("Alpha", await Shown("?scope=all&breached=false"));
        // resolved without an answer after that was due
        await acme.Use(db => db.Cases.Where(c => c.Id == waiting).ExecuteUpdateAsync(set => set.SetProperty(c => c.ResolveDueAt, (DateTime?)null).SetProperty(c => c.WaitingSince, (DateTime?)null)
            .SetProperty(c => c.AnswerDueAt, acme.Host.Clock.Now.AddDays(-1)).SetProperty(c => c.ResolvedAt, acme.Host.Clock.Now)));
        Assert.Equal("Beta Gamma", await Shown("?scope=all&breached=true"));
        Assert.Equal("Alpha", await Shown("?scope=all&breached=false"));
        Assert.Equal("Alpha", await Shown($"?scope=all&product={product}"));
        Assert.Equal("Gamma", await Shown("?scope=all&due=7&due.op=last-days"));
        Assert.Equal("Beta", await Shown("?scope=all&q=BET"));
        Assert.Equal("", await Shown("?scope=all&state=closed"));
        Assert.Equal("", await Shown("?scope=all&tier=1"));
        var text = (await admin.Get("/cases?scope=all")).Text;
        Assert.True(text.IndexOf("Gamma", StringComparison.Ordinal) < text.IndexOf("Alpha", StringComparison.Ordinal));
        Assert.Contains("Gamma", (await admin.Get("/cases.csv?scope=all")).Body, StringComparison.Ordinal);
        foreach (var sort in new[] { "-due", "opened", "-opened", "priority", "-priority" }) Assert.Equal("Alpha Beta Gamma", await Shown($"?scope=all&sort={sort}"));
    }

    private static Task<Case> One(TestTenant tenant) => tenant.Use(db => db.Cases.AsNoTracking().SingleAsync());

    private static Task<int> Events(TestTenant tenant, string kind) => tenant.Use(db => db.CustomerEvents.CountAsync(e => e.Kind == kind));
}
