using System.Net;
using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Members;
using CrmWeb.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Members;

public class TeamsTests
{
    [Fact]
    public async Task Index_NotAdmin_IsForbidden()
    {
        var acme = await Make.Tenant();
        var manager = await (await Make.Member(acme, Role.Manager)).Browser();
        Assert.Equal(HttpStatusCode.Forbidden, (await manager.Get("/settings/teams")).Status);
    }

    [Fact]
    public async Task Index_Empty_SaysTheNextStep()
    {
        var acme = await Make.Tenant();
        Assert.Contains("No teams yet", (await (await acme.Admin.Browser()).Get("/settings/teams")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_Valid_AddsTeamWithMembers()
    {
        var acme = await Make.Tenant();
        var bob = await Make.Member(acme, Role.Sales);
        var admin = await acme.Admin.Browser();
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/settings/teams/new", new { Name = " North ", Members = bob.Id })).Status);
        var team = await acme.Use(db => db.Teams.Include(t => t.Members).SingleAsync());
        Assert.Equal(("North", bob.Id), (team.Name, Assert.Single(team.Members).MemberId));
        Assert.Contains("North", (await admin.Get("/settings/teams")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Please fill this in.")]
    [InlineData("North", "There is a team of this name already.")]
    public async Task Create_WrongName_ShowsError(string name, string error)
    {
        var acme = await Make.Tenant();
        await Make.Team(acme, "North");
        Assert.Equal(error, (await (await acme.Admin.Browser()).Post("/settings/teams/new", new { Name = name })).ErrorFor("Name"));
    }

    [Fact]
    public async Task Save_Valid_RenamesAndChangesMembers_OldVersionIsToldSo()
    {
        var acme = await Make.Tenant();
        var (ann, bob) = (await Make.Member(acme, Role.Sales, "Ann"), await Make.Member(acme, Role.Sales, "Bob"));
        var id = await Make.Team(acme, "North", ann);
        var admin = await acme.Admin.Browser();

        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/settings/teams/{id}", new { Name = "South", Members = bob.Id, Version = 0 })).Status);
        var stale = await admin.Post($"/settings/teams/{id}", new { Name = "East", Members = ann.Id, Version = 0 });

        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Equal("East", stale.Value("Name"));
        var team = await acme.Use(db => db.Teams.Include(t => t.Members).SingleAsync());
        Assert.Equal(("South", bob.Id), (team.Name, Assert.Single(team.Members).MemberId));
    }

    [Fact]
    public async Task Delete_CustomersHangOnIt_IsRefusedWithTheCount()
    {
        var acme = await Make.Tenant();
        var id = await Make.Team(acme, "North");
        await Make.Customer(acme, with: d => d with { TeamId = id });
        var archived = await Make.Customer(acme, with: d => d with { TeamId = id });
        await acme.Use(db => db.Customers.Where(c => c.Id == archived).ExecuteUpdateAsync(set => set.SetProperty(c => c.DeletedAt, acme.Host.Clock.Now)));
        var admin = await acme.Admin.Browser();

        await admin.Post($"/settings/teams/{id}/delete");

        Assert.Contains("2 customers belong to North", (await admin.Get("/settings/teams")).Text, StringComparison.Ordinal);
        Assert.Equal(1, await acme.Use(db => db.Teams.CountAsync()));
    }

    [Fact]
    public async Task Delete_ThenUndo_BringsTeamAndMembersBack()
    {
        var acme = await Make.Tenant();
        var bob = await Make.Member(acme, Role.Sales);
        var id = await Make.Team(acme, "North", bob);
        var admin = await acme.Admin.Browser();
        await admin.Post("/settings/invitations/new", new { Emails = $"x{Make.Number()}@example.org", Roles = "Sales", TeamId = id });

        await admin.Post($"/settings/teams/{id}/delete");
        Assert.Equal(0, await acme.Use(db => db.Teams.CountAsync()));
        var undo = (await admin.Get("/settings/teams")).Find("[formaction*='/settings/teams/restore']")!.GetAttribute("formaction")!;
        await admin.Post("~" + undo);

        var team = await acme.Use(db => db.Teams.Include(t => t.Members).SingleAsync());
        Assert.Equal(("North", bob.Id), (team.Name, Assert.Single(team.Members).MemberId));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Delete_DealsAndCasesHangOnIt_AsksWhereTheyGoAndGives(bool toAnother)
    {
        var acme = await Make.Tenant();
        var (north, south) = (await Make.Team(acme, "North"), await Make.Team(acme, "South"));
        var (customer, stages) = (await Make.Customer(acme), await Make.Pipeline(acme));
        var (deal, deleted) = (await Make.Deal(acme, customer, stages[0], d => d with { TeamId = north }), await Make.Deal(acme, customer, stages[0], d => d with { TeamId = north }));
        await Make.Case(acme, customer, c => c with { TeamId = north });
        var admin = await acme.Admin.Browser();
        await admin.Post($"/deals/{deleted}/delete");
        await acme.Use(async db =>
        {
            db.ForecastSnapshots.Add(new(new(2030, 1, 7), new(2030, 1, 1), await db.Pipelines.Select(p => p.Id).SingleAsync(), null, north) { CustomerTeamId = north });
            return await db.SaveChangesAsync();
        });

        var page = await admin.Post($"/settings/teams/{north}/delete");
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("North has deals (2), cases (1) or forecasts that were kept. Choose where they go.", page.ErrorFor("MoveToId"));
        Assert.Equal(["Choose a team", "No team", "South"], page.Texts("select[name=MoveToId] option"));
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Post($"/settings/teams/{north}/delete", new { MoveToId = north })).Status);
        Assert.Equal(2, await acme.Use(db => db.Teams.CountAsync()));

        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/settings/teams/{north}/delete", new { MoveToId = toAnother ? south : 0 })).Status);
        long? at = toAnother ? south : null;
        Assert.Equal([at, at], await acme.Use(db => db.Deals.IgnoreQueryFilters(["deleted"]).Select(d => d.TeamId).ToListAsync()));
        Assert.Equal(at, await acme.Use(db => db.Cases.Select(c => c.TeamId).SingleAsync()));
        var kept = await acme.Use(db => db.ForecastSnapshots.SingleAsync());
        // the other team never saw these customers, and sees no sum of them by it
        Assert.Equal((at, null), (kept.TeamId, kept.CustomerTeamId));
        var rep = await Make.Member(acme, Role.Sales);
        Assert.Equal(0, await acme.Use(db => db.ForecastSnapshots.CountAsync(), new Actor(rep.Id, Role.Sales, Visibility.Team, [south])));
        Assert.Equal("South", Assert.Single((await acme.Use(db => db.Teams.Select(t => t.Name).ToListAsync()))));
        Assert.Equal(3, await acme.Use(db => db.Changes.CountAsync(x => x.Field == "teamId" && x.Old == ChangeText.Of(north) && x.New == ChangeText.Of(at))));
        Assert.Equal(HttpStatusCode.OK, (await admin.Get($"/deals/{deal}")).Status);
    }

    [Fact]
    public async Task Delete_VeryManyDealsHangOnIt_IsDoneByAJob()
    {
        var acme = await Make.Tenant(await CrmHost.Start());
        var (north, south) = (await Make.Team(acme, "North"), await Make.Team(acme, "South"));
        var (customer, stages) = (await Make.Customer(acme), await Make.Pipeline(acme));
        const int many = TeamsNamed.MostAtOnce + 1;
        await acme.Use(async db =>
        {
            var (its, stage) = (await db.Customers.SingleAsync(c => c.Id == customer), await db.Stages.SingleAsync(s => s.Id == stages[0]));
            for (var i = 0; i < many; i++) db.Deals.Add(new Deal(its, stage, new DealDetails { Name = $"D{i}", Conversion = Conversion.None("EUR"), OwnerId = acme.Admin.Id, TeamId = north }, acme.Admin.Id, acme.Host.Clock.Now));
            return await db.SaveChangesAsync();
        });
        var admin = await acme.Admin.Browser();
        for (var press = 0; press < 2; press++) await admin.Post($"/settings/teams/{north}/delete", new { MoveToId = south });
        Assert.Contains("The work of North is being moved", (await admin.Get("/settings/teams")).Text, StringComparison.Ordinal);
        // where it goes stays said, and nothing comes to a team that is being emptied
        await admin.Post($"/settings/teams/{north}/delete", new { MoveToId = 0 });
        Assert.Contains("The work of North is being moved already, and goes to: South", (await admin.Get("/settings/teams")).Text, StringComparison.Ordinal);
        await admin.Post($"/settings/teams/{south}/delete", new { MoveToId = north });
        Assert.Contains("is being deleted itself", (await admin.Get("/settings/teams")).Text, StringComparison.Ordinal);
        Assert.Equal((2, 1), await acme.Use(async db => (await db.Teams.CountAsync(), await db.Jobs.CountAsync(j => j.Kind == TeamWorkJob.JobKind))));
        var runner = acme.Host.Services.GetRequiredService<JobRunner>();
        while (await runner.RunNext(default)) { }
        Assert.Equal((many, "South"), await acme.Use(async db => (await db.Deals.CountAsync(d => d.TeamId == south), await db.Teams.Select(t => t.Name).SingleAsync())));
        Assert.Equal(many, await acme.Use(db => db.Changes.CountAsync(x => x.Record == RecordKind.Deal && x.Field == "teamId")));
        Assert.Contains("The work of the team is moved, and the team is deleted", (await admin.Get("/notifications")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_SomethingSavedWithItInThatMoment_IsTold()
    {
        var (host, breaks) = await Breaks.Host();
        await using var its = host;
        var acme = await Make.Tenant(host);
        var north = await Make.Team(acme, "North");
        var admin = await acme.Admin.Browser();
        breaks.With = sql => sql.Contains("DELETE FROM \"Teams\"", StringComparison.Ordinal) ? new Support.DatabaseAway() : null;
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/settings/teams/{north}/delete")).Status);
        breaks.With = _ => null;
        Assert.Contains("changed by somebody else in the meantime", (await admin.Get("/settings/teams")).Text, StringComparison.Ordinal);
        Assert.Equal(1, await acme.Use(db => db.Teams.CountAsync()));
    }

    [Fact]
    public async Task T2_ForeignTeamsAndMembers_AreNotFound()
    {
        var (acme, other) = (await Make.Tenant(), await Make.Tenant());
        var (theirs, ours) = (await Make.Team(other), await Make.Team(acme));
        var admin = await acme.Admin.Browser();
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get($"/settings/teams/{theirs}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Post($"/settings/teams/{theirs}", new { Name = "X" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Post($"/settings/teams/{theirs}/delete")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Post($"/settings/teams/{ours}", new { Name = "X", Members = other.Admin.Id })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Post("/settings/teams/new", new { Name = "X", Members = other.Admin.Id })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Post($"/settings/teams/restore?name=X&members={other.Admin.Id}")).Status);
    }
}
