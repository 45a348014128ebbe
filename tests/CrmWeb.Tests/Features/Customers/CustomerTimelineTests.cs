using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Customers;

public sealed class CustomerTimelineTests
{
    [Fact]
    public async Task Show_EverythingKnown_StandsOnThePage()
    {
        var acme = await Make.Tenant();
        var company = await Make.Customer(acme, "Blue Door", d => d with { Kind = CustomerKind.Organisation });
        var id = await Make.Customer(acme, "Ava Karimi", d => d with { Email = "ava@example.org", Phone = "+98 21 8853 1200", Website = "https://example.org/a", OrganisationId = company, City = "Tehran", Country = "IR", OwnerId = acme.Admin.Id });
        await Make.Customer(acme, "Colleague", d => d with { OrganisationId = company });
        await Make.Interaction(acme, id, new InteractionDetails { Channel = Channel.Call, OccurredAt = acme.Host.Clock.Now.AddDays(-1), Subject = "First call" });
        await Make.Interaction(acme, id, new InteractionDetails { Channel = Channel.Meeting, OccurredAt = acme.Host.Clock.Now.AddDays(1), Subject = "Planned meeting", IsPlanned = true });
        await Make.Task(acme, acme.Admin, "Send the catalogue", customerId: id);
        var page = await (await acme.Admin.Browser()).Get($"/customers/{id}");
        Assert.Equal("Ava Karimi", page.Texts("h1").Single());
        foreach (var text in (string[])["First call", "Planned meeting", "Send the catalogue", "Colleague", "Blue Door", "Tehran", "Iran"]) Assert.Contains(text, page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Find("a[href='mailto:ava%40example.org']"));
        Assert.NotNull(page.Find("a[href='tel:+982188531200']"));
        Assert.NotNull(page.Find("a[href='https://example.org/a'][rel~=noopener]"));
        Assert.Contains("Ava Karimi", (await (await acme.Admin.Browser()).Get($"/customers/{company}")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,<script>")]
    [InlineData(" jAvaScript:alert(1)")]
    public async Task T14_Show_HostileWebsite_IsTextOnly(string website)
    {
        var acme = await Make.Tenant();
        var id = await Make.Customer(acme, "X", d => d with { Website = website });
        var page = await (await acme.Admin.Browser()).Get($"/customers/{id}");
        Assert.Contains(website.Trim(), page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Html.QuerySelectorAll("a"), a => a.GetAttribute("href")!.Contains("alert", StringComparison.Ordinal) || a.GetAttribute("href")!.StartsWith("data:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task T14_EveryField_HostileTexts_AreShownAsText()
    {
        var acme = await Make.Tenant();
        var browser = await acme.Admin.Browser();
        foreach (var text in Texts.Naughty.Where(t => !t.Contains('\0', StringComparison.Ordinal) && t.Trim().Length > 0 && t.Length <= 120).Append("\"><img src=x onerror=alert(1)>"))
        {
            var id = await Make.Customer(acme, text, d => d with
            {
                Email = text,
                Phone = text.Length > 60 ? null : text,
                OtherEmails = [text],
                Website = text,
                Street = text,
                City = text,
                Region = text,
                Country = text,
                Industry = text,
                Language = text,
                Source = text,
                Description = text,
            });
            foreach (var path in (string[])[$"/customers/{id}", $"/customers/{id}/edit", "/customers?sort=-created&columns=name,email,phone,website,street,city,region,country,industry,language,source"])
            {
                var page = await browser.Get(path);
                Assert.Equal(HttpStatusCode.OK, page.Status);
                Assert.Empty(page.Html.QuerySelectorAll("main script, main img, [onerror]"));
            }
        }
    }

    [Fact]
    public async Task Timeline_WalkedByOlder_MeetsEveryEntryOnceNewestFirst()
    {
        var acme = await Make.Tenant();
        var id = await Many(acme, 40, 25);
        var browser = await acme.Admin.Browser();
        var titles = new List<string>();
        var path = $"/customers/{id}/timeline";
        while (true)
        {
            var page = await browser.Get(path);
            var shown = page.Texts(".crm-timeline-title").ToList();
            Assert.True(shown.Count is > 0 and <= 30);
            titles.AddRange(shown);
            if (page.Find("#older a") is not { } older) break;
            path = "~" + older.GetAttribute("hx-get");
            // the plain link shows the same entries
            Assert.Equal(HttpStatusCode.OK, (await browser.Get("~" + older.GetAttribute("href"))).Status);
        }

        Assert.Equal(65, titles.Count);
        Assert.Equal(65, titles.Distinct(StringComparer.Ordinal).Count());
        var only = await browser.Get($"/customers/{id}/timeline?kind=task");
        Assert.Equal(25, only.Html.QuerySelectorAll(".crm-timeline-item").Length);
        Assert.Equal(0, (await browser.Get($"/customers/{id}/timeline?kind=visit")).Html.QuerySelectorAll(".crm-timeline-item").Length);
    }

    [Fact]
    public async Task Timeline_StrangeCursors_BeginAtTheNewest()
    {
        var acme = await Make.Tenant();
        var id = await Many(acme, 2, 0);
        var browser = await acme.Admin.Browser();
        foreach (var older in (string[])["x", "1-2", "1-9-1", "-1-1-1", "99999999999999999999-1-1", "9223372036854775807-1-1"])
            Assert.Equal(2, (await browser.Get($"/customers/{id}/timeline?older={older}&kind=%3C")).Html.QuerySelectorAll(".crm-timeline-item").Length);
    }

    [Fact]
    public async Task Archive_Sales_AsksNothingAndCanBeUndone()
    {
        var acme = await Make.Tenant();
        var sales = await Make.Member(acme, Role.Sales);
        var browser = await sales.Browser();
        var id = await Make.Customer(acme, "Ava", d => d with { OwnerId = sales.Id });
        var answer = await browser.Post($"/customers/{id}/archive");
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Empty((await browser.Get("/customers")).Texts(".crm-list-name bdi"));
        Assert.Equal(["Ava"], (await browser.Get("/customers?archived=true")).Texts(".crm-list-name bdi"));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/customers/{id}/restore")).Status);
        Assert.Equal(["Ava"], (await browser.Get("/customers")).Texts(".crm-list-name bdi"));
    }

    private static async Task<long> Many(TestTenant tenant, int interactions, int tasks)
    {
        var id = await Make.Customer(tenant, "Busy");
        await tenant.Use(async db =>
        {
            var customer = await db.Customers.SingleAsync(c => c.Id == id);
            var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
            // several in the same instant, so that pages break inside one
            for (var i = 0; i < interactions; i++) customer.Log(new InteractionDetails { Channel = Channel.Call, OccurredAt = start.AddMinutes(i / 8), Subject = $"Call {i}" }, tenant.Admin.Id, start);
            for (var i = 0; i < tasks; i++)
            {
                var task = new CrmTask($"Task {i}", new DateOnly(2026, 1, 1), tenant.Admin.Id, tenant.Admin.Id, start) { CustomerId = id };
                task.Complete(start.AddMinutes(i / 8), new DateOnly(2026, 1, 1));
                db.Tasks.Add(task);
            }

            return await db.SaveChangesAsync();
        });
        return id;
    }
}
