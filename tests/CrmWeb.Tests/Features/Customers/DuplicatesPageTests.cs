using System.Net;
using CrmWeb.Data.Duplicates;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Duplicates;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web;
using CrmWeb.Web.Features.Customers;
using CrmWeb.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Customers;

public sealed class DuplicatesPageTests
{
    [Fact]
    public async Task Scan_FindsWhatTheRulesFind_ComparedEachWithEach()
    {
        var acme = await Make.Tenant();
        var chance = new Random(5);
        string[] names = ["Ann Smith", "Anne Smith", "Smith Ann", "Bob Jones", "Bob Jonse", "علی كاظمي", "علی کاظمی", "Acme Limited", "Acme Limitde", "X"];
        for (var i = 0; i < 60; i++)
        {
            await Make.Customer(acme, $"{names[chance.Next(names.Length)]}{(chance.Next(3) == 0 ? "" : $" {chance.Next(6)}")}", d => d with
            {
                Email = chance.Next(3) == 0 ? $"mail{chance.Next(12)}@firm.example" : null,
                OtherEmails = chance.Next(3) == 0 ? [$"mail{chance.Next(12)}@firm.example"] : [],
                Phone = chance.Next(3) == 0 ? $"0171 55500{chance.Next(10, 30)}" : null,
                PhoneCountry = "DE",
                Kind = chance.Next(5) == 0 ? CustomerKind.Organisation : CustomerKind.Person,
            });
        }

        await Scan(acme);
        var all = await acme.Use(db => db.Customers.Include(c => c.ContactPoints).OrderBy(c => c.Id).ToListAsync());
        var profiles = all.Select(c => (c.Id, Profile: DuplicateProfile.Of(CustomerDetails.Of(c) with { PhoneCountry = "DE" }))).ToList();
        var expected = (from one in profiles
                        from other in profiles
                        where one.Id < other.Id && DuplicateRules.Compare(one.Profile, other.Profile).IsLikely
                        select (one.Id, other.Id, DuplicateRules.Compare(one.Profile, other.Profile))).ToList();
        Assert.True(expected.Count > 20);
        Assert.Equal(expected, (await acme.Use(db => db.DuplicatePairs.OrderBy(p => p.FirstId).ThenBy(p => p.SecondId).ToListAsync())).Select(p => (p.FirstId, p.SecondId, new Likeness(p.Score, p.Reasons))));

        // again: the same rows
        var ids = await acme.Use(db => db.DuplicatePairs.Select(p => p.Id).OrderBy(id => id).ToListAsync());
        await Scan(acme);
        Assert.Equal(ids, await acme.Use(db => db.DuplicatePairs.Select(p => p.Id).OrderBy(id => id).ToListAsync()));
    }

    [Fact]
    public async Task Decide_FromTheQueue_LeadsBackToIt()
    {
        var acme = await Make.Tenant();
        foreach (var name in new[] { "Ann Smith", "Ann Smith", "Bob Jones", "Bob Jones" }) await Make.Customer(acme, name);
        await Scan(acme);
        var browser = await acme.Admin.Browser();
        var queue = await browser.Get("/duplicates");
        Assert.Equal(["m", "n", "m", "n"], queue.Html.QuerySelectorAll("[data-work] [data-row-key]").Select(key => key.GetAttribute("data-row-key")));
        var compare = queue.Find("[data-row-key=m]")!.GetAttribute("href")!;
        compare = compare[compare.IndexOf("/customers", StringComparison.Ordinal)..];
        var merge = await browser.Get(compare);
        Assert.NotNull(merge.Find("form[action*='/dismiss?queue=true'], [formaction*='/dismiss?queue=true']"));
        var address = compare[..compare.IndexOf('?', StringComparison.Ordinal)];
        Assert.EndsWith("/duplicates", (await browser.Post(address, merge.Untouched(address))).Location!.ToString(), StringComparison.Ordinal);
        var pair = await acme.Use(db => db.DuplicatePairs.Where(p => p.State == DuplicateState.Open).Select(p => p.Id).SingleAsync());
        Assert.EndsWith("/duplicates", (await browser.Post($"/duplicates/{pair}/dismiss?queue=true")).Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dismiss_IsRemembered_AndTakenBack()
    {
        var acme = await Make.Tenant();
        var (one, other) = (await Make.Customer(acme, "Ann Smith"), await Make.Customer(acme, "Ann Smith"));
        await Scan(acme);
        var pair = await acme.Use(db => db.DuplicatePairs.Select(p => p.Id).SingleAsync());
        var browser = await acme.Admin.Browser();
        var page = await browser.Get("/duplicates");
        Assert.Contains("Same name", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Find($"a[href$='/customers/{one}/merge?with={other}&queue=true']"));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/duplicates/{pair}/dismiss")).Status);
        Assert.DoesNotContain("Same name", (await browser.Get("/duplicates")).Text, StringComparison.Ordinal);
        Assert.Contains("Same name", (await browser.Get("/duplicates?state=none")).Text, StringComparison.Ordinal);
        await Scan(acme);
        Assert.Equal(DuplicateState.NotADuplicate, await acme.Use(db => db.DuplicatePairs.Select(p => p.State).SingleAsync()));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/duplicates/{pair}/reopen")).Status);
        Assert.Contains("Same name", (await browser.Get("/duplicates?kind=person")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Same name", (await browser.Get("/duplicates?kind=organisation")).Text, StringComparison.Ordinal);

        var merge = await Make.Merge(acme, one, other);
        Assert.Equal(DuplicateState.Merged, await acme.Use(db => db.DuplicatePairs.Select(p => p.State).SingleAsync()));
        Assert.DoesNotContain("Same name", (await browser.Get("/duplicates")).Text, StringComparison.Ordinal);
        await browser.Post($"/customers/merges/{merge}/undo");
        Assert.Contains("Same name", (await browser.Get("/duplicates")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queue_OfManyPairs_ShowsTheLikeliestFirst_AndPages()
    {
        var acme = await Make.Tenant();
        var first = await Make.Customer(acme, "First");
        for (var i = 0; i < 30; i++) await Make.Pair(acme, first, await Make.Customer(acme, $"Other-{i}-"), 50 + i);
        var browser = await acme.Admin.Browser();
        var page = await browser.Get("/duplicates");
        Assert.Contains("Other-29-", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Other-4-", page.Text, StringComparison.Ordinal);
        Assert.Contains("Other-4-", (await browser.Get("/duplicates?after=55-" + await acme.Use(db => db.DuplicatePairs.Where(p => p.Score == 55).Select(p => p.Id).SingleAsync()))).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/duplicates?after=x-y&kind=5&state=7")).Status);
    }

    [Fact]
    public async Task Queue_OfPairsWithSomebodyUnseen_HoldsNoneOfThem()
    {
        var acme = await Make.Tenant();
        await acme.Use(db =>
        {
            db.RoleVisibilities.Add(new RoleVisibility(Role.Sales, Visibility.Own));
            return db.SaveChangesAsync();
        });
        var sales = await Make.Member(acme, Role.Sales);
        var own = await Make.Customer(acme, "Ann Smith", d => d with { OwnerId = sales.Id });
        var pair = await Make.Pair(acme, own, await Make.Customer(acme, "Unseen-one"));
        var browser = await sales.Browser();
        Assert.DoesNotContain("Ann Smith", (await browser.Get("/duplicates")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Post($"/duplicates/{pair}/dismiss")).Status);
    }

    [Fact]
    public async Task Scan_AskedForTwice_IsOneJob_AndEveryNightAsks()
    {
        await using var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        await Make.Customer(acme, "Ann Smith");
        await Make.Customer(acme, "Ann Smith");
        var browser = await acme.Admin.Browser();
        await browser.Post("/duplicates/scan");
        await browser.Post("/duplicates/scan");
        Assert.Equal(1, await acme.Use(db => db.Jobs.CountAsync(j => j.Kind == DuplicateScanJob.JobKind)));
        Assert.NotNull((await browser.Get("/duplicates")).Find("progress"));
        var runner = host.Services.GetRequiredService<JobRunner>();
        while (await runner.RunNext(default)) { }
        Assert.Equal(1, await acme.Use(db => db.DuplicatePairs.CountAsync()));
        Assert.True((await browser.Get("/duplicates/progress")).Response.Headers.Contains("HX-Refresh"));

        var schedule = host.Services.GetRequiredService<Schedule>();
        await schedule.Daily(default);
        Assert.Equal(1, await acme.Use(db => db.Jobs.CountAsync(j => j.Kind == DuplicateScanJob.JobKind)));
        host.Clock.Advance(TimeSpan.FromDays(1));
        await schedule.Daily(default);
        Assert.Equal(2, await acme.Use(db => db.Jobs.CountAsync(j => j.Kind == DuplicateScanJob.JobKind)));
    }

    private static Task<int> Scan(TestTenant tenant) => tenant.Use(db => db.ScanForDuplicates((_, _) => Task.CompletedTask, default));
}
