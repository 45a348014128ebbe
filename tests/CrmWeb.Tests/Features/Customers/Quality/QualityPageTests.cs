using System.Globalization;
using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Quality;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Customers.Quality;

public sealed class QualityPageTests
{
    private static readonly string[] Emails = ["ann@example.org", "no address", "", "bob@example.org"];
    private static readonly string[] Phones = ["+49 170 1234567", "ask at the desk", "", ""];

    /// <summary>The heart of it: a number is the count of the list that it opens, whoever looks, and however the data is cut.</summary>
    [Theory]
    [InlineData(Role.Admin, null)]
    [InlineData(Role.Sales, Visibility.Team)]
    [InlineData(Role.Sales, Visibility.Own)]
    public async Task EachNumber_OpensExactlyItsRecords(Role role, Visibility? sees)
    {
        var (acme, member) = await Messy(role, sees);
        await acme.Tend();
        var browser = await member.Browser();
        string[] cuts = ["", $"?owner={member.Id}", "?owner.op=empty&by=team", "?stage=lead&stage=loyal&by=origin", "?origin=import&by=kind", "?kind=person&kind.op=none&by=stage", $"?owner=me&owner.op=none&kind=person"];
        var opened = 0;
        foreach (var cut in cuts)
        {
            var page = await browser.Get("/quality" + cut);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            var links = page.Html.QuerySelectorAll("main a[href*='then=']").Select(a => a.GetAttribute("href")!).Distinct(StringComparer.Ordinal).ToList();
            Assert.NotEmpty(links);
            foreach (var link in links)
            {
                var list = await browser.Get("~" + link);
                Assert.Equal(HttpStatusCode.OK, list.Status);
                Assert.DoesNotContain("passed over", list.Text, StringComparison.Ordinal);
                var rows = list.Html.QuerySelectorAll(".crm-list tbody tr").Length;
                Assert.True(rows == Then(link), $"{cut}: {link} opens {rows}");
                Assert.DoesNotContain("when they were counted", list.Text, StringComparison.Ordinal);
                opened += rows;
            }
        }

        Assert.True(opened > 100);
    }

    [Fact]
    public async Task Page_OfAReaderWhoSeesAPart_AfterTheCount_KeepsItsSharesOfOneMoment()
    {
        var acme = await Make.Tenant();
        var rep = await Make.Member(acme, Role.Sales);
        await acme.Use(async db =>
        {
            db.RoleVisibilities.Add(new RoleVisibility(Role.Sales, Visibility.Own));
            return await db.SaveChangesAsync();
        });
        Task<long> Mine() => Make.Customer(acme, with: d => d with { OwnerId = rep.Id, Email = $"{Guid.NewGuid():N}@example.org" });
        await Mine();
        await acme.Tend();
        await Mine();
        var page = await (await rep.Browser()).Get("/quality");
        Assert.Contains("2 of 2 records", page.Text, StringComparison.Ordinal);
        // of the night: nothing was incomplete then, and every address was there
        Assert.Contains("then=0", page.Html.QuerySelectorAll("a[href*='quality=incomplete']:not([href*='quality.op'])").Select(a => a.GetAttribute("href")!).First(), StringComparison.Ordinal);
        Assert.Contains("then=0", page.Html.QuerySelectorAll("a[href*='email.op=empty']").Select(a => a.GetAttribute("href")!).First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_AfterAChange_SaysThenAndNow()
    {
        var acme = await Make.Tenant();
        await Make.Customer(acme, "Ann");
        await acme.Tend();
        await Make.Customer(acme, "Bob");
        var browser = await acme.Admin.Browser();
        var link = (await browser.Get("/quality")).Html.QuerySelectorAll("a[href*='email.op=empty']").Select(a => a.GetAttribute("href")!).First();
        Assert.Contains("1 when they were counted, 2 now", (await browser.Get("~" + link)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Count_Twice_KeepsTheLaterNumbersAndOneDay()
    {
        await using var host = await CrmHost.Start();
        await using var node = host.AnotherNode();
        var acme = await Make.Tenant(host);
        await Make.Customer(acme);
        await acme.Tend();
        await Make.Customer(acme);
        await acme.Tend("", node);
        Assert.Equal(1, await acme.Use(db => db.QualityDays.CountAsync()));
        Assert.Equal(2, await acme.Use(db => db.QualityCounts.SumAsync(q => q.Total)));
    }

    [Fact]
    public async Task Count_DayAfterDay_KeepsTheFieldsOfTheLastAndThinsOldDays()
    {
        var acme = await Make.Tenant();
        await Make.Customer(acme, with: d => d with { Email = "ann@example.org" });
        var today = DateOnly.FromDateTime(acme.Host.Clock.Now);
        await acme.Use(async db =>
        {
            db.QualityDays.AddRange(new[] { 1, 70, 71, 72, 73, 74, 75, 76, 401 }.Select(ago => new QualityDay(today.AddDays(-ago), acme.Host.Clock.Now.AddDays(-ago), 365)));
            return await db.SaveChangesAsync();
        });
        await acme.Tend();
        var days = await acme.Use(db => db.QualityDays.OrderBy(d => d.Day).Select(d => d.Day).ToListAsync());
        Assert.Equal(3, days.Count);
        Assert.Equal(DayOfWeek.Monday, days[0].DayOfWeek);
        Assert.Equal([today.AddDays(-1), today], days[1..]);
        Assert.Equal(days.Count, days.Distinct().Count());
    }

    /// <summary>T10: of a field that a member does not see there is no number, and no filter.</summary>
    [Fact]
    public async Task T10_HiddenField_HasNoNumbers()
    {
        var acme = await Make.Tenant();
        await Make.Field(acme, CustomFieldType.Text, "Shoe size", d => d with { VisibleTo = Role.Manager, Required = true });
        await Make.Customer(acme, with: d => d with { Email = "ann@example.org" });
        await acme.Tend();
        var sales = await (await Make.Member(acme, Role.Viewer)).Browser();
        var page = await sales.Get("/quality");
        Assert.DoesNotContain("Shoe size", page.Text, StringComparison.Ordinal);
        // nor does the record as a whole tell of it
        Assert.Equal("100%", page.Texts(".crm-stat-value").First());
        Assert.Contains("passed over", (await sales.Get("/customers?custom.shoe_size.op=invalid")).Text, StringComparison.Ordinal);
        Assert.Contains("Shoe size", (await (await acme.Admin.Browser()).Get("/quality")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task T9_Duplicates_OfWhomTheReaderDoesNotSee_AreNotCounted()
    {
        var acme = await Make.Tenant();
        var sales = await Make.Member(acme, Role.Sales);
        var (mine, other) = (await Make.Customer(acme, "Ann", d => d with { OwnerId = sales.Id }), await Make.Customer(acme, "Ann"));
        await Make.Pair(acme, mine, other);
        await acme.Tend();
        Assert.Equal("0", (await (await sales.Browser()).Get("/quality")).Texts(".crm-stat-value").ElementAt(4));
        Assert.Equal("2", (await (await acme.Admin.Browser()).Get("/quality")).Texts(".crm-stat-value").ElementAt(4));
        Assert.Contains("Nothing found", (await (await sales.Browser()).Get("/customers?quality=duplicate")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task T9_Numbers_AreOfTheOwnTenantOnly()
    {
        var (acme, other) = (await Make.Tenant(), await Make.Tenant());
        await Make.Customer(acme);
        for (var i = 0; i < 3; i++) await Make.Customer(other, "MARK-B", d => d with { Email = "nothing" });
        await acme.Tend();
        await other.Tend();
        Assert.Equal(1, await acme.Use(db => db.QualityCounts.SumAsync(q => q.Total)));
        Assert.Equal(0, await acme.Use(db => db.QualityCounts.SumAsync(q => q.Invalid)));
    }

    [Fact]
    public async Task Needed_ByTheInventory_MakesRecordsIncomplete()
    {
        var acme = await Make.Tenant();
        await Make.Customer(acme, "Ann", d => d with { Email = "ann@example.org" });
        await Make.Customer(acme, "Bob");
        var admin = await acme.Admin.Browser();
        Assert.Contains("Nothing found", (await admin.Get("/customers?quality=incomplete")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/quality/inventory/email", new { Needed = "true", Version = 0 })).Status);
        Assert.Equal(["Bob"], (await admin.Get("/customers?quality=incomplete")).Texts(".crm-list-name bdi"));
        await acme.Tend();
        Assert.Equal("50%", (await admin.Get("/quality")).Texts(".crm-stat-value").First());
    }

    [Fact]
    public async Task Fresh_MissingInvalidStaleValid()
    {
        var acme = await Make.Tenant();
        var admin = await acme.Admin.Browser();
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.Post("/quality/fresh", new { Days = "" })).Status);
        Assert.Equal("Between 1 and 3650.", (await admin.Post("/quality/fresh", new { Days = 0 })).ErrorFor("Days"));
        var seen = (await admin.Get("/quality/fresh")).Value("Version");
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/quality/fresh", new { Days = 30, Version = seen })).Status);
        var conflict = await admin.Post("/quality/fresh", new { Days = 60, Version = seen });
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Equal("60", conflict.Value("Days"));
        Assert.Equal(30, await acme.Use(db => db.Tenants.Where(t => t.Id == acme.Id).Select(t => t.FreshDays).SingleAsync()));
        Assert.Contains("Days a record stays fresh", (await admin.Get("/settings/audit")).Text, StringComparison.Ordinal);

        await Make.Customer(acme, "Ann");
        Assert.Contains("Nothing found", (await admin.Get("/customers?quality=stale")).Text, StringComparison.Ordinal);
        await acme.Use(db => db.Customers.ExecuteUpdateAsync(set => set.SetProperty(c => c.UpdatedAt, acme.Host.Clock.Now.AddDays(-32))));
        Assert.Equal(["Ann"], (await admin.Get("/customers?quality=stale")).Texts(".crm-list-name bdi"));
    }

    [Fact]
    public async Task Count_ByAMemberWhoSeesFew_CountsForAll()
    {
        var acme = await Make.Tenant();
        for (var i = 0; i < 3; i++) await Make.Customer(acme);
        var sales = await (await Make.Member(acme, Role.Sales)).Browser();
        Assert.Equal(HttpStatusCode.Redirect, (await sales.Post("/quality/count")).Status);
        Assert.Contains("Counting", (await sales.Get("/quality")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await sales.Get("/quality/progress")).Status);
        await acme.Tend("");
        Assert.Equal(3, await acme.Use(db => db.QualityCounts.SumAsync(q => q.Total)));
        Assert.Equal("—", (await sales.Get("/quality")).Texts(".crm-stat-value").First());
        var viewer = await (await Make.Member(acme, Role.Viewer)).Browser();
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.Post("/quality/count")).Status);
    }

    [Fact]
    public async Task Origin_SaysHowACustomerCameIn()
    {
        var acme = await Make.Tenant();
        var admin = await acme.Admin.Browser();
        await admin.Post("/customers/new", new { Kind = "Person", Name = "By page", Stage = "Lead" });
        var api = await Make.Program(acme.Admin);
        await api.Send("POST", "/customers", new { kind = "person", name = "By program" });
        await api.Send("POST", "/customers/batch", new { items = new[] { new { externalId = "7", name = "By batch" } } });
        await acme.Do(await Make.Import(acme, "id,Name\n1,By file\n"), CrmWeb.Web.Features.Imports.CustomerImport.JobKind);
        var ways = await acme.Use(db => db.Customers.ToDictionaryAsync(c => c.Name, c => c.Origin));
        Assert.Equal(Via.Page, ways["By page"]);
        Assert.Equal(Via.Api, ways["By program"]);
        Assert.Equal(Via.Import, ways["By file"]);
        Assert.Equal(Via.Api, ways["By batch"]);
        Assert.Equal(["By file"], (await admin.Get("/customers?origin=import")).Texts(".crm-list-name bdi"));
    }

    private static int Then(string link) => int.Parse(link[(link.LastIndexOf("then=", StringComparison.Ordinal) + 5)..], CultureInfo.InvariantCulture);

    /// <summary>A tenant whose data has every fault, with a member who sees this much of it.</summary>
    private static async Task<(TestTenant Tenant, TestMember Member)> Messy(Role role, Visibility? sees)
    {
        var acme = await Make.Tenant();
        var member = role == Role.Admin ? acme.Admin : await Make.Member(acme, role);
        var (other, gone) = (await Make.Member(acme, Role.Sales), await Make.Member(acme, Role.Sales));
        var (team, far) = (await Make.Team(acme, null, member, other), await Make.Team(acme, null, other));
        var choice = await Make.Field(acme, CustomFieldType.Choices, "Choice", d => d with { RequiredAt = StageSet.Loyal }, "One", "Two");
        var born = await Make.Field(acme, CustomFieldType.Date, "Born", d => d with { Required = false });
        var person = await Make.Field(acme, CustomFieldType.Member, "Keeper");
        var fields = await Make.FieldsOf(acme);
        var firm = await Make.Customer(acme, "Firm", d => d with { Kind = CustomerKind.Organisation, OwnerId = member.Id, TeamId = team });
        var ids = new List<long>();
        for (var i = 0; i < 40; i++)
        {
            var n = i;
            ids.Add(await Make.Customer(acme, $"Customer {n}", d => (d with
            {
                Kind = n % 5 == 0 ? CustomerKind.Organisation : CustomerKind.Person,
                Stage = (LifecycleStage)(n % 6),
                Email = Emails[n % 4],
                OtherEmails = n % 11 == 0 ? ["broken"] : [],
                Phone = Phones[n % 3],
                PhoneCountry = "DE",
                Website = n % 7 == 0 ? "localhost" : n % 7 == 1 ? "https://example.org" : null,
                Country = n % 3 == 0 ? "DE" : n % 3 == 1 ? "Atlantis" : null,
                OwnerId = n % 4 == 0 ? member.Id : n % 4 == 1 ? other.Id : n % 4 == 2 ? null : gone.Id,
                TeamId = n % 3 == 0 ? team : n % 3 == 1 ? far : null,
                OrganisationId = n % 5 == 1 ? firm : null,
                CustomFields = fields,
            }).With("choice", n % 3 == 0 ? [CustomText.Id(choice.Options[0].Id), CustomText.Id(choice.Options[1].Id)] : [])
                .With("born", n % 4 == 0 ? ["1801-01-01"] : n % 4 == 1 ? ["2990-01-01"] : [])
                .With("keeper", n % 6 == 0 ? [CustomText.Id(gone.Id)] : [])));
        }

        var now = acme.Host.Clock.Now;
        foreach (var id in ids.Where((_, i) => i % 9 == 0)) await Make.Interaction(acme, id);
        for (var i = 0; i + 1 < ids.Count; i += 8) await Make.Pair(acme, ids[i], ids[i + 1]);
        await acme.Use(async db =>
        {
            foreach (var half in ids.Where((_, i) => i % 2 == 0)) await db.Customers.Where(c => c.Id == half).ExecuteUpdateAsync(set => set.SetProperty(c => c.UpdatedAt, now.AddDays(-400)));
            foreach (var old in ids.Where((_, i) => i % 3 == 0)) await db.Customers.Where(c => c.Id == old).ExecuteUpdateAsync(set => set.SetProperty(c => c.CreatedAt, now.AddDays(-500)));
            foreach (var edited in await db.Customers.Include(c => c.ContactPoints).Include(c => c.CustomValues).Where(c => c.Name.EndsWith("5") || c.Name.EndsWith("9")).ToListAsync())
                edited.Change((CustomerDetails.Of(edited, fields) with { Phone = "+49 170 7654321", City = "Bonn" }).With("keeper", [CustomText.Id(member.Id)]), now);
            foreach (var some in ids.Where((_, i) => i % 5 == 0)) await db.Customers.Where(c => c.Id == some).ExecuteUpdateAsync(set => set.SetProperty(c => c.Origin, Via.Import));
            (await db.Customers.SingleAsync(c => c.Id == ids[7])).Archive(now);
            (await db.Members.SingleAsync(m => m.Id == gone.Id)).Deactivate(now);
            (await db.CustomFieldOptions.SingleAsync(o => o.Id == choice.Options[1].Id)).Retire(now);
            var needed = new DataField("email");
            needed.Change(new DataFieldDetails { Needed = true });
            var past = new DataField(born.Name);
            past.Change(new DataFieldDetails { PastOnly = true });
            var organisation = new DataField("organisation");
            organisation.Change(new DataFieldDetails { Needed = true });
            db.DataFields.AddRange(needed, past, organisation);
            if (sees is { } seen) db.RoleVisibilities.Add(new RoleVisibility(role, seen));
            await db.SaveChangesAsync();
            return await CrmWeb.Data.CustomFieldDefinitions.CustomFieldsChange(db, default);
        });
        Assert.NotNull(person);
        return (acme, member);
    }
}
