using System.Net;
using CrmWeb.BrowserTests.Support;

namespace CrmWeb.BrowserTests;

[Collection(SiteCollection.Name)]
public class SmokeTests(Site site)
{
    [BrowserFact]
    public async Task Live_Running_Answers()
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(site.BaseUrl + "/health/live"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [BrowserFact]
    public async Task Home_Anonymous_Opens()
    {
        await using var visit = await site.Visit();
        var answer = await visit.Go("/");
        Assert.True(answer.Ok, answer.StatusText);
        await visit.Screenshot("home");
    }
}
