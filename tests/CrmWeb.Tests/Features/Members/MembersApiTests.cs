using System.Net;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Members;

public sealed class MembersApiTests
{
    [Fact]
    public async Task Members_Filtered_AnswerThose()
    {
        var acme = await Make.Tenant();
        var (ann, bob) = (await Make.Member(acme, Role.Sales, "Ann Miller"), await Make.Member(acme, Role.Service | Role.Viewer, "Bob"));
        var team = await Make.Team(acme, "North", ann);
        await acme.Use(db => db.Members.Where(m => m.Id == bob.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.DeactivatedAt, acme.Host.Clock.Now)));
        var api = await Make.Program(acme.Admin);
        Assert.Equal([ann.Id], await Ids(api, "/members?q=miller"));
        Assert.Equal([ann.Id], await Ids(api, $"/members?team={team}"));
        Assert.Equal([bob.Id], await Ids(api, "/members?role=service"));
        Assert.Equal([bob.Id], await Ids(api, "/members?active=false"));
        Assert.Equal([], await Ids(api, "/members?active=false&role=sales"));
        (await api.Get("/members?role=king")).AssertProblem(HttpStatusCode.BadRequest);
        (await api.Get("/members?colour=red")).AssertProblem(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task T10_Members_ForWhoMayNotManageThem_AreFoundByNameAlone()
    {
        var acme = await Make.Tenant();
        var rep = await Make.Member(acme, Role.Sales, "Rep");
        var mail = await acme.Use(db => db.Users.Where(u => u.Id == rep.UserId).Select(u => u.Email!).SingleAsync());
        var api = await Make.Program(rep);
        Assert.Equal([rep.Id], await Ids(api, "/members?q=rep"));
        Assert.Equal([], await Ids(api, $"/members?q={Uri.EscapeDataString(mail)}"));
        Assert.NotEmpty((await api.Get("/members?role=sales")).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("role"));
        Assert.Equal([rep.Id], await Ids(await Make.Program(acme.Admin), $"/members?q={Uri.EscapeDataString(mail)}"));
    }

    [Fact]
    public async Task Teams_ListAndOne_WithTheirMembersAndTheirTag()
    {
        var (acme, other) = (await Make.Tenant(), await Make.Tenant());
        var ann = await Make.Member(acme, Role.Sales);
        var (north, _) = (await Make.Team(acme, "North", ann), await Make.Team(acme, "South"));
        var theirs = await Make.Team(other, "Theirs");
        var api = await Make.Program(ann);
        var page = (await api.Get("/teams?limit=1")).Assert200().Json;
        Assert.Equal(north, page["items"]![0]!["id"]!.GetValue<long>());
        Assert.Equal("South", (await api.Get($"/teams?limit=1&after={page["next"]!.GetValue<string>()}")).Assert200().Json["items"]![0]!["name"]!.GetValue<string>());
        Assert.Equal([north], await Ids(api, "/teams?q=nor"));
        var one = (await api.Get($"/teams/{north}")).Assert200();
        Assert.Equal([ann.Id], one.Json["memberIds"]!.AsArray().Select(id => id!.GetValue<long>()));
        Assert.Equal(HttpStatusCode.NotModified, (await api.Get($"/teams/{north}", ("If-None-Match", one.ETag!))).Status);
        (await api.Get($"/teams/{theirs}")).AssertProblem(HttpStatusCode.NotFound);
        (await api.Get("/teams?sort=name")).AssertProblem(HttpStatusCode.BadRequest);
    }

    private static async Task<List<long>> Ids(ApiProgram api, string path) => [.. (await api.Get(path)).Assert200().Json["items"]!.AsArray().Select(item => item!["id"]!.GetValue<long>())];
}
