using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Members;

namespace CrmWeb.Tests.Features.Members;

public sealed class TeamListTests
{
    [Fact]
    public async Task Pages_NextThenPrevious_ShowEveryTeamOnceInOrder()
    {
        var acme = await Make.Tenant();
        await acme.Use(db =>
        {
            for (var i = 0; i < (TeamList.Size * 2) + 7; i++) db.Teams.Add(new Team($"Team {i:000}"));
            return db.SaveChangesAsync();
        });
        var admin = await acme.Admin.Browser();
        var first = await admin.Get("/settings/teams");
        var second = await admin.Get("~" + first.Find("a[rel=next]")!.GetAttribute("href"));
        var third = await admin.Get("~" + second.Find("a[rel=next]")!.GetAttribute("href"));
        Assert.Null(third.Find("a[rel=next]"));
        Assert.Equal(Enumerable.Range(0, 107).Select(i => $"Team {i:000}"), Names(first).Concat(Names(second)).Concat(Names(third)));
        Assert.Equal(Names(second), Names(await admin.Get("~" + third.Find("a[rel=prev]")!.GetAttribute("href"))));
        Assert.Null((await admin.Get("~" + second.Find("a[rel=prev]")!.GetAttribute("href"))).Find("a[rel=prev]"));
    }

    [Fact]
    public async Task Search_APartInAnyCase_FindsIt_NothingFoundSaysSo()
    {
        var acme = await Make.Tenant();
        await Make.Team(acme, "North East");
        await Make.Team(acme, "South");
        var admin = await acme.Admin.Browser();
        Assert.Equal(["North East"], Names(await admin.Get("/settings/teams?q=EAST")));
        Assert.Contains("No team has this in its name.", (await admin.Get("/settings/teams?q=west")).Text, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(Page page) => page.Html.QuerySelectorAll("tr.crm-list-row th bdi, .crm-list-row th bdi").Select(name => name.TextContent.Trim()).Distinct();
}
