using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Authorisation;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Interactions;

public sealed class NotesTests
{
    [Fact]
    public async Task Write_Valid_StandsInTheTimeline()
    {
        var acme = await Make.Tenant();
        var (id, browser) = (await Make.Customer(acme), await acme.Admin.Browser());
        Assert.NotNull((await browser.Get($"/customers/{id}")).Find("textarea[name=Body][data-mentions]"));

        var answer = await browser.Post($"/customers/{id}/notes", new { Body = "Moves in May" });

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        var note = await acme.Use(db => db.Interactions.SingleAsync(i => i.CustomerId == id));
        Assert.Equal((Channel.Note, "Moves in May", false), (note.Channel, note.Body, note.IsPlanned));
        Assert.Contains("Moves in May", (await browser.Get($"/customers/{id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_Nothing_SaysSo()
    {
        var acme = await Make.Tenant();
        var page = await (await acme.Admin.Browser()).Post($"/customers/{await Make.Customer(acme)}/notes", new { Body = "  " });
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("Write something first.", page.ErrorFor("Body"));
    }

    [Fact]
    public async Task Write_UnknownCustomer_IsNotFound() =>
        Assert.Equal(HttpStatusCode.NotFound, (await (await (await Make.Tenant()).Admin.Browser()).Post("/customers/987654321/notes", new { Body = "x" })).Status);

    [Fact]
    public async Task Write_AsViewer_IsForbidden()
    {
        var acme = await Make.Tenant();
        var viewer = await (await Make.Member(acme, Role.Viewer)).Browser();
        var id = await Make.Customer(acme);
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.Post($"/customers/{id}/notes", new { Body = "x" })).Status);
        Assert.Null((await viewer.Get($"/customers/{id}")).Find("textarea[name=Body]"));
    }

    [Fact]
    public async Task Mention_ByName_IsKeptByIdAndSurvivesARename()
    {
        var acme = await Make.Tenant();
        var ann = await Make.Member(acme, Role.Manager, "Ann Miller");
        var (id, browser) = (await Make.Customer(acme), await acme.Admin.Browser());
        await browser.Post($"/customers/{id}/notes", new { Body = "Ask @Ann Miller, please" });

        var note = await acme.Use(db => db.Interactions.Include(i => i.Mentions).SingleAsync(i => i.CustomerId == id));
        Assert.Equal($"Ask @[#{ann.Id}], please", note.Body);
        Assert.Equal([ann.Id], note.Mentions.Select(m => m.MemberId));
        await acme.Use(db => db.Members.Where(m => m.Id == ann.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Name, "Ann Berger")));

        Assert.Contains("Ask @Ann Berger, please", (await browser.Get($"/customers/{id}")).Text, StringComparison.Ordinal);
        Assert.Equal("Ask @Ann Berger, please", (await browser.Get($"/interactions/{note.Id}")).Value("Body"));
        var api = await Make.Program(acme.Admin);
        Assert.Equal("Ask @Ann Berger, please", (await api.Get($"/interactions/{note.Id}")).Json["body"]!.GetValue<string>());
        Assert.Equal("Ask @Ann Berger, please", (await api.Get($"/customers/{id}/interactions")).Json["items"]![0]!["body"]!.GetValue<string>());
        await browser.Post($"/interactions/{note.Id}", new { Channel = "Note", Body = "Asked @Ann Berger", note.Version });
        foreach (var path in new[] { $"/customers/{id}/history", "/settings/audit", "/settings/audit.csv" })
        {
            var page = await browser.Get(path);
            Assert.Contains("@Ann Berger", page.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("@[#", page.Body, StringComparison.Ordinal);
        }

        // the same one, mentioned once more in another text of the same note
        Assert.Equal(1, await acme.Use(db => db.Mentions.CountAsync(m => m.InteractionId == note.Id)));
    }

    [Fact]
    public async Task Mention_OfSomebodyWhoDoesNotSeeTheCustomer_SaysSoAtTheField()
    {
        var acme = await Make.Tenant();
        await Make.Member(acme, Role.Sales, "Ann Miller");
        var (id, browser) = (await Make.Customer(acme), await acme.Admin.Browser());
        var page = await browser.Post($"/customers/{id}/notes", new { Body = "Ask @Ann Miller" });
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.StartsWith("Ann Miller cannot see this customer.", page.ErrorFor("Body"), StringComparison.Ordinal);
        Assert.Equal("Ask @Ann Miller", page.Value("Body"));
        Assert.Equal(0, await acme.Use(db => db.Interactions.CountAsync()));
        Assert.Contains("cannot see this customer", (await browser.Get($"/mentions?q=ann&customerId={id}")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task T8_MentionOfAMemberOfAnotherTenant_IsRefusedAndNothingChanges()
    {
        var (acme, foreign) = (await Make.Tenant(), await Make.Tenant());
        var (id, browser, api) = (await Make.Customer(acme), await acme.Admin.Browser(), await Make.Program(acme.Admin));
        var (note, task) = (await Make.Interaction(acme, id), await Make.Task(acme, acme.Admin));
        await browser.Get("/today");
        await api.Get("/tasks");
        var before = (await ForeignIdTests.Hash(acme), await ForeignIdTests.Hash(foreign));
        var text = $"@[Eve #{foreign.Admin.Id}] look";

        Assert.Contains(foreign.Admin.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), (await browser.Post($"/customers/{id}/notes", new { Body = text })).ErrorFor("Body"), StringComparison.Ordinal);
        Assert.NotEmpty((await browser.Post("/interactions/new", new { CustomerId = id, Channel = "Call", Body = text })).ErrorFor("Body")!);
        Assert.NotEmpty((await browser.Post($"/interactions/{note}", new { Channel = "Call", Body = text, Version = 0 })).ErrorFor("Body")!);
        Assert.NotEmpty((await browser.Post("/tasks/new", new { Title = "x", DueOn = "2030-01-01", OwnerId = acme.Admin.Id, Note = text })).ErrorFor("Note")!);
        Assert.NotEmpty((await api.Post($"/customers/{id}/interactions", new { body = text })).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("body"));
        Assert.NotEmpty((await api.Patch($"/interactions/{note}", new { body = text })).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("body"));
        Assert.NotEmpty((await api.Patch($"/tasks/{task}", new { note = text })).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("note"));

        Assert.Equal(before, (await ForeignIdTests.Hash(acme), await ForeignIdTests.Hash(foreign)));
    }

    [Fact]
    public async Task Mention_OfSomebodyWhoLeft_IsPlainText()
    {
        var acme = await Make.Tenant();
        var ann = await Make.Member(acme, Role.Manager, "Ann Miller");
        await acme.Use(db => db.Members.Where(m => m.Id == ann.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.DeactivatedAt, acme.Host.Clock.Now)));
        var (id, browser) = (await Make.Customer(acme), await acme.Admin.Browser());
        await browser.Post($"/customers/{id}/notes", new { Body = "Was with @Ann Miller" });
        Assert.Equal("Was with @Ann Miller", await acme.Use(db => db.Interactions.Select(i => i.Body).SingleAsync()));
        Assert.Equal(0, await acme.Use(db => db.Mentions.CountAsync()));
        Assert.DoesNotContain("Ann", (await browser.Get("/mentions?q=ann")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mention_InATask_IsToldAndKeptInTheExport()
    {
        var acme = await Make.Tenant();
        var ann = await Make.Member(acme, Role.Manager, "Ann Miller");
        var browser = await acme.Admin.Browser();
        await browser.Post("/tasks/new", new { Title = "Offer", DueOn = "2030-01-01", OwnerId = acme.Admin.Id, Note = "with @ann miller" });
        Assert.Equal(NotificationKind.Mention, (await acme.Use(db => db.Notifications.IgnoreQueryFilters(["visibility"]).SingleAsync(n => n.MemberId == ann.Id))).Kind);
        Assert.Contains("with @Ann Miller", (await browser.Get("/tasks.csv")).Body, StringComparison.Ordinal);
        Assert.Contains("mentioned you in the task", (await (await ann.Browser()).Get("/notifications")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PutBack_TextThatNamesSomebodyWhoLeft_StandsAgain(bool ofTask)
    {
        var acme = await Make.Tenant();
        var (ann, id, browser) = (await Make.Member(acme, Role.Manager, "Ann"), await Make.Customer(acme), await acme.Admin.Browser());
        if (ofTask) await browser.Post("/tasks/new", new { Title = "Offer", DueOn = "2030-01-01", OwnerId = acme.Admin.Id, Note = "Ask @Ann" });
        else await browser.Post($"/customers/{id}/notes", new { Body = "Ask @Ann" });
        var record = await acme.Use(db => ofTask ? db.Tasks.Select(t => t.Id).SingleAsync() : db.Interactions.Select(i => i.Id).SingleAsync());
        if (ofTask) await browser.Post($"/tasks/{record}", new { Title = "Offer", DueOn = "2030-01-01", OwnerId = acme.Admin.Id, Note = "Nobody", Version = 0 });
        else await browser.Post($"/interactions/{record}", new { Channel = "Note", Body = "Nobody", Version = 0 });
        await acme.Use(db => db.Members.Where(m => m.Id == ann.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.DeactivatedAt, acme.Host.Clock.Now)));
        var change = await acme.LastChange(ofTask ? RecordKind.Task : RecordKind.Interaction, record, ofTask ? "note" : "body");
        // typed anew, nobody who left can be named
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Post($"/customers/{id}/notes", new { Body = $"@[#{ann.Id}]" })).Status);

        var page = await browser.Post($"/{(ofTask ? "tasks" : "interactions")}/{record}/history/{change.Id}/restore?version=1");

        Assert.Equal(HttpStatusCode.Redirect, page.Status);
        Assert.Equal($"Ask @[#{ann.Id}]", await acme.Use(db => ofTask ? db.Tasks.Select(t => t.Note).SingleAsync() : db.Interactions.Select(i => i.Body).SingleAsync()));
        Assert.Equal([ann.Id], await acme.Use(db => db.Mentions.Select(m => m.MemberId).ToListAsync()));
    }
}
