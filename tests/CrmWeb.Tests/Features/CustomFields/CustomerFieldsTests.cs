using System.Globalization;
using System.Net;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.CustomFields;

/// <summary>Custom fields in the form, on the page and in the list of customers.</summary>
public sealed class CustomerFieldsTests
{
    [Fact]
    public async Task Form_EveryType_IsStoredShownAndSurvivesAnUntouchedSave()
    {
        var acme = await Make.Tenant();
        var other = await Make.Customer(acme, "Recommender");
        foreach (var type in Enum.GetValues<CustomFieldType>().Where(type => !type.HasOptions())) await Make.Field(acme, type, $"{type}");
        var choice = await Make.Field(acme, CustomFieldType.Choice, "Choice", null, "Red", "Green");
        var choices = await Make.Field(acme, CustomFieldType.Choices, "Choices", null, "North", "South", "East");
        var admin = await acme.Admin.Browser();
        List<KeyValuePair<string, string>> form =
        [
            new("Name", "Ann"), new("Custom[text]", "A line"), new("Custom[longtext]", "Two\nlines"), new("Custom[number]", "1,234.5"), new("Custom[money]", "99.90"),
            new("Custom[date]", "22 Nov 2026"), new("Custom[yesno]", "true"), new("Custom[link]", "example.org/x"), new("Custom[member]", CustomText.Id(acme.Admin.Id)),
            new("Custom[customer]", CustomText.Id(other)), new("Custom[choice]", CustomText.Id(choice.Options[1].Id)),
            new("Custom[choices]", ""), new("Custom[choices]", CustomText.Id(choices.Options[2].Id)), new("Custom[choices]", CustomText.Id(choices.Options[0].Id)),
        ];
        var made = await admin.Post("/customers/new", form);
        Assert.True(made.Status == HttpStatusCode.Redirect, made.Text);
        var page = await admin.Get(made.Location!.OriginalString.Replace($"/t/{acme.Slug}", "", StringComparison.Ordinal));
        foreach (var text in (string[])["A line", "Two", "1,234.5", "99.90 EUR", "22 Nov 2026", "Yes", "https://example.org/x", "Recommender", "Green", "North, East"])
            Assert.Contains(text, page.Text, StringComparison.Ordinal);

        var id = await acme.Use(db => db.Customers.Where(c => c.Name == "Ann").Select(c => c.Id).SingleAsync());
        var before = await Values(acme);
        Assert.Equal(12, before.Count);
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/customers/{id}/edit", (await admin.Get($"/customers/{id}/edit")).Untouched("/edit"))).Status);
        Assert.Equal(before, await Values(acme));
        // untouched rows are not written anew
        var list = await admin.Get("/customers?columns=name," + string.Join(',', (await Make.FieldsOf(acme)).All.Select(f => f.Name)));
        Assert.Contains("North, East", list.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CustomFieldType.Number, "many", "Write a number like 1234.5, with at most 4 digits behind the point.")]
    [InlineData(CustomFieldType.Money, "12 coins", "Write an amount like 1250.50 EUR.")]
    [InlineData(CustomFieldType.Date, "someday", "This date cannot be read. Write it like 2026-11-22.")]
    [InlineData(CustomFieldType.Link, "javascript:alert(1)", "This is not an address of a web page. Write it like https://example.com.")]
    [InlineData(CustomFieldType.Member, "987654321", "This choice is not there any more.")]
    [InlineData(CustomFieldType.Customer, "987654321", "This choice is not there any more.")]
    [InlineData(CustomFieldType.Choice, "987654321", "This choice is not there any more.")]
    public async Task Form_Wrong_KeepsWhatWasTypedAndSaysWhy(CustomFieldType type, string typed, string error)
    {
        var acme = await Make.Tenant();
        await Make.Field(acme, type, "Field");
        var page = await (await acme.Admin.Browser()).Post("/customers/new", new Dictionary<string, string> { ["Name"] = "Ann", ["Custom[field]"] = typed });
        Assert.Equal((HttpStatusCode.BadRequest, error), (page.Status, page.Find("#Custom_field_-error")?.TextContent.Trim()));
        if (type is CustomFieldType.Number or CustomFieldType.Money or CustomFieldType.Link) Assert.Equal(typed, page.Value("Custom[field]"));
        Assert.Equal(0, await acme.Use(db => db.Customers.CountAsync()));
    }

    [Fact]
    public async Task Form_RequiredAndRequiredAtAStage_AreAskedFor()
    {
        var acme = await Make.Tenant();
        await Make.Field(acme, CustomFieldType.Text, "Always", d => d with { Required = true });
        await Make.Field(acme, CustomFieldType.Text, "Later", d => d with { RequiredAt = StageSet.Customer | StageSet.Loyal });
        var admin = await acme.Admin.Browser();
        var missing = await admin.Post("/customers/new", new Dictionary<string, string> { ["Name"] = "Ann", ["Stage"] = "Lead" });
        Assert.NotNull(missing.Find("#Custom_always_-error"));
        Assert.Null(missing.Find("#Custom_later_-error"));
        var stage = await admin.Post("/customers/new", new Dictionary<string, string> { ["Name"] = "Ann", ["Stage"] = "Customer", ["Custom[always]"] = "x" });
        Assert.NotNull(stage.Find("#Custom_later_-error"));
        var done = await admin.Post("/customers/new", new Dictionary<string, string> { ["Name"] = "Ann", ["Stage"] = "Customer", ["Custom[always]"] = "x", ["Custom[later]"] = "y" });
        Assert.Equal(HttpStatusCode.Redirect, done.Status);
    }

    [Fact]
    public async Task Form_Default_StandsThereAndIsGivenWhereTheFieldIsNotSeen()
    {
        var acme = await Make.Tenant();
        await Make.Field(acme, CustomFieldType.Text, "Seen", d => d with { Default = "usual" });
        await Make.Field(acme, CustomFieldType.Number, "Unseen", d => d with { Default = "7", VisibleTo = Role.Manager });
        var sales = await (await Make.Member(acme, Role.Sales)).Browser();
        Assert.Equal("usual", (await sales.Get("/customers/new")).Value("Custom[seen]"));
        await sales.Post("/customers/new", new Dictionary<string, string> { ["Name"] = "Ann", ["Custom[seen]"] = "", ["Custom[unseen]"] = "8" });
        Assert.Equal(["unseen 7"], await Values(acme));
    }

    [Fact]
    public async Task Form_TwoEditors_TheSecondIsShownTheCustomValueAndMayTakeIt()
    {
        var acme = await Make.Tenant();
        await Make.Field(acme, CustomFieldType.Text, "Room");
        var fields = await Make.FieldsOf(acme);
        var id = await Make.Customer(acme, "Ann", d => (d with { CustomFields = fields }).With("room", ["old"]));
        var admin = await acme.Admin.Browser();
        var mine = (await admin.Get($"/customers/{id}/edit")).Untouched("/edit").DistinctBy(f => f.Key).ToDictionary(f => f.Key, f => f.Value);
        var theirs = new Dictionary<string, string>(mine) { ["Custom[room]"] = "theirs" };
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/customers/{id}/edit", theirs)).Status);
        mine["City"] = "Hamburg";
        var conflict = await admin.Post($"/customers/{id}/edit", mine);
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Contains("theirs", conflict.Text, StringComparison.Ordinal);
        var again = conflict.Untouched("/edit").Append(new("Take", "custom.room"));
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/customers/{id}/edit", again)).Status);
        Assert.Equal(["room theirs"], await Values(acme));
    }

    [Fact]
    public async Task List_FiltersOfEveryType_FindThoseWhoMatch()
    {
        var acme = await Make.Tenant();
        foreach (var type in Enum.GetValues<CustomFieldType>().Where(type => !type.HasOptions())) await Make.Field(acme, type, $"{type}");
        var choices = await Make.Field(acme, CustomFieldType.Choices, "Choices", null, "North", "South");
        var (north, south) = (CustomText.Id(choices.Options[0].Id), CustomText.Id(choices.Options[1].Id));
        var fields = await Make.FieldsOf(acme);
        var me = CustomText.Id(acme.Admin.Id);
        var none = await Make.Customer(acme, "None");
        await Make.Customer(acme, "One", d => (d with { CustomFields = fields }).With("text", ["Café Halden"]).With("number", ["5"]).With("money", ["100 EUR"]).With("date", ["2026-03-01"]).With("yesno", ["true"]).With("choices", [north]).With("member", [me]));
        await Make.Customer(acme, "Two", d => (d with { CustomFields = fields }).With("text", ["Bistro"]).With("number", ["-2.5"]).With("money", ["100 USD"]).With("date", ["2026-05-01"]).With("yesno", ["false"]).With("choices", [north, south]).With("customer", [CustomText.Id(none)]));
        var admin = await acme.Admin.Browser();
        (string Address, string[] Names)[] asked =
        [
            ("custom.text=cafe", ["One"]), ("custom.text=bis&custom.text.op=starts", ["Two"]), ("custom.text=Bistro&custom.text.op=is-not", ["None", "One"]), ("custom.text.op=empty", ["None"]),
            ("custom.number=5", ["One"]), ("custom.number=-3&custom.number.op=at-least", ["One", "Two"]), ("custom.number=0&custom.number.op=at-most", ["Two"]),
            ("custom.number=-3&custom.number=0&custom.number.op=between", ["Two"]), ("custom.money=50&custom.money.op=at-least", ["One"]), ("custom.money=50 USD&custom.money.op=at-least", ["Two"]),
            ("custom.date=2026-04-01&custom.date.op=before", ["One"]), ("custom.date=2026-05-01", ["Two"]), ("custom.yesno=true", ["One"]), ("custom.yesno=false", ["Two"]),
            ($"custom.choices={south}", ["Two"]), ($"custom.choices={south}&custom.choices.op=none", ["None", "One"]), ("custom.member=me", ["One"]), ($"custom.customer={none}", ["Two"]),
            ($"custom.customer={none}&custom.customer.op=none", ["None", "One"]), ("custom.choices.op=filled&custom.number=5", ["One"]),
        ];
        foreach (var (address, names) in asked)
        {
            var page = await admin.Get("/customers?" + address);
            Assert.True(names.SequenceEqual(page.Texts("tr.crm-list-row th bdi")), $"{address}: {string.Join(", ", page.Texts("tr.crm-list-row th bdi"))}");
            Assert.NotNull(page.Find(".crm-chip"));
        }
    }

    [Theory]
    [InlineData(CustomFieldType.Text)]
    [InlineData(CustomFieldType.Number)]
    [InlineData(CustomFieldType.Money)]
    [InlineData(CustomFieldType.Date)]
    [InlineData(CustomFieldType.YesNo)]
    public async Task List_OrderedByTheField_PagesShowEverybodyOnceInOrder(CustomFieldType type)
    {
        var acme = await Make.Tenant();
        await Make.Field(acme, type, "Field");
        var fields = await Make.FieldsOf(acme);
        var chance = new Random(7);
        var expected = new List<(string Name, string? Key)>();
        for (var i = 0; i < 130; i++)
        {
            var n = chance.Next(-30, 30);
            string? value = i % 4 == 0 ? null : type switch
            {
                CustomFieldType.Text => $"Text {chance.Next(20)}",
                CustomFieldType.Number => n.ToString(CultureInfo.InvariantCulture),
                CustomFieldType.Money => $"{n} EUR",
                CustomFieldType.Date => new DateOnly(2026, 6, 1).AddDays(n).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                _ => n > 0 ? "true" : "false",
            };
            await Make.Customer(acme, $"C{i:000}", d => value is null ? d : (d with { CustomFields = fields }).With("field", [value]));
            expected.Add(($"C{i:000}", value));
        }

        var admin = await acme.Admin.Browser();
        foreach (var sort in (string[])["custom.field", "-custom.field"])
        {
            var (seen, address) = (new List<string>(), $"/customers?sort={sort}");
            var pages = new List<string>();
            while (address is not null)
            {
                var page = await admin.Get(address);
                seen.AddRange(page.Texts("tr.crm-list-row th bdi"));
                pages.Add(page.Find("a[rel=prev]")?.GetAttribute("href") ?? "");
                address = page.Find("a[rel=next]")?.GetAttribute("href") is { } next ? "~" + next.Replace($"~", "", StringComparison.Ordinal) : null!;
            }

            Assert.Equal(130, seen.Distinct(StringComparer.Ordinal).Count());
            Assert.Equal(130, seen.Count);
            var filled = seen.TakeWhile(name => expected.Single(e => e.Name == name).Key is not null).Select(name => Comparable(expected.Single(e => e.Name == name).Key!)).ToList();
            Assert.Equal(expected.Count(e => e.Key is not null), filled.Count);
            Assert.Equal(sort[0] == '-' ? filled.OrderDescending(StringComparer.Ordinal).ToList() : filled.Order(StringComparer.Ordinal).ToList(), filled);
            var back = await admin.Get("~" + pages[^1]);
            Assert.Equal(seen.Skip(50).Take(50), back.Texts("tr.crm-list-row th bdi"));
        }

        // what sorts as text as the values sort
        string Comparable(string key) => type switch
        {
            CustomFieldType.Number => Padded(decimal.Parse(key, CultureInfo.InvariantCulture)),
            CustomFieldType.Money => Padded(MoneyText.Split(key).Amount),
            _ => key,
        };

        static string Padded(decimal number) => (number + 1000).ToString("00000", CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task T10_HiddenField_IsNowhereForWhoMayNotSeeIt()
    {
        const string secret = "MARK-hidden-value";
        var acme = await Make.Tenant();
        await Make.Field(acme, CustomFieldType.Text, "Hiddenlabel", d => d with { VisibleTo = Role.Manager, Required = true });
        await Make.Field(acme, CustomFieldType.Text, "Open");
        var fields = await Make.FieldsOf(acme);
        var seller = await Make.Member(acme, Role.Sales);
        var id = await Make.Customer(acme, "Ann", d => (d with { CustomFields = fields, OwnerId = seller.Id }).With("hiddenlabel", [secret]).With("open", ["shown"]));
        await Make.Customer(acme, "Bob", d => d with { OwnerId = seller.Id });
        var (sales, manager) = (await seller.Browser(), await (await Make.Member(acme, Role.Manager)).Browser());
        string[] pages =
        [
            "/customers", "/customers?columns=name,custom.hiddenlabel,custom.open", $"/customers?custom.hiddenlabel={secret}", "/customers?sort=custom.hiddenlabel", $"/customers/{id}", $"/customers/{id}/edit",
            "/customers/new", "/today", $"/customers/find?q={secret}", $"/customers?q={secret}", $"/customers/{id}/timeline",
        ];
        foreach (var address in pages)
        {
            var body = (await sales.Get(address)).Body.Replace($"custom.hiddenlabel={secret}", "", StringComparison.Ordinal).Replace($"q={secret}", "", StringComparison.Ordinal).Replace($"q%3D{secret}", "", StringComparison.Ordinal).Replace($"value=\"{secret}\"", "", StringComparison.Ordinal);
            Assert.DoesNotContain(secret, body, StringComparison.Ordinal);
            Assert.DoesNotContain("Hiddenlabel", body, StringComparison.Ordinal);
        }

        // passed over like a word nobody knows: both customers are there, and the page says so
        var filtered = await sales.Get($"/customers?custom.hiddenlabel={secret}");
        Assert.Equal(["Ann", "Bob"], filtered.Texts("tr.crm-list-row th bdi"));
        Assert.Contains("custom.hiddenlabel", filtered.Find(".crm-callout")!.TextContent, StringComparison.Ordinal);
        Assert.Equal((await sales.Get("/customers?sort=custom.unknown")).Find(".crm-callout")!.TextContent, (await sales.Get("/customers?sort=custom.hiddenlabel")).Find(".crm-callout")!.TextContent);

        // an edit by who does not see it leaves it as it is, whatever is posted
        var form = (await sales.Get($"/customers/{id}/edit")).Untouched("/edit").Append(new("Custom[hiddenlabel]", "overwritten")).Append(new("Take", "custom.hiddenlabel"));
        Assert.Equal(HttpStatusCode.Redirect, (await sales.Post($"/customers/{id}/edit", form)).Status);
        Assert.Equal(["hiddenlabel " + secret, "open shown"], await Values(acme));
        Assert.Contains(secret, (await manager.Get($"/customers/{id}")).Body, StringComparison.Ordinal);
        Assert.Contains(secret, (await manager.Get("/customers.csv?columns=all")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_CustomColumns_AskOneQuestionMore()
    {
        var (host, sql) = await SqlCount.Host();
        await using var _ = host;
        var acme = await Make.Tenant(host);
        for (var i = 0; i < 20; i++) await Make.Field(acme, CustomFieldType.Text, $"F{i}");
        var fields = await Make.FieldsOf(acme);
        for (var i = 0; i < 60; i++) await Make.Customer(acme, with: d => fields.All.Aggregate(d with { CustomFields = fields }, (all, field) => all.With(field.Key, ["value"])));
        var admin = await acme.Admin.Browser();
        await admin.Get("/customers");
        var plain = await sql.Of(() => admin.Get("/customers"));
        var some = await sql.Of(() => admin.Get("/customers?columns=name,custom.f1,custom.f2,custom.f3"));
        Assert.Equal(plain + 1, some);
        Assert.DoesNotContain(sql.Commands, command => command.Contains("\"CustomFields\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Form_TwoHundredFields_OpensAndSaves()
    {
        var acme = await Make.Tenant();
        await acme.Use(async db =>
        {
            for (var i = 0; i < 200; i++)
            {
                var type = (CustomFieldType)(i % 11);
                var field = new CustomField($"f{i}", type, new CustomFieldDetails($"Field {i}", null, null, false, false, null, Role.None, StageSet.None), i);
                if (type.HasOptions()) field.Options.Add(new CustomFieldOption("One", 1));
                db.CustomFields.Add(field);
            }

            await CrmWeb.Data.CustomFieldDefinitions.CustomFieldsChange(db, default);
            return await db.SaveChangesAsync();
        });
        var admin = await acme.Admin.Browser();
        var form = (await admin.Get("/customers/new")).Untouched("/customers/new").Where(f => f.Key is not ("Name" or "Custom[f0]")).Append(new("Name", "Ann")).Append(new("Custom[f0]", "first"));
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/customers/new", form)).Status);
        Assert.Equal(["f0 first"], await Values(acme));
        foreach (var address in (string[])["/customers", "/customers?custom.f0=first&sort=custom.f2", "/settings/fields"]) Assert.Equal(HttpStatusCode.OK, (await admin.Get(address)).Status);
    }

    internal static Task<List<string>> Values(TestTenant tenant) => tenant.Use(async db =>
    {
        var rows = await db.CustomValues.Include(v => v.Field).OrderBy(v => v.Id).ToListAsync();
        return rows.ConvertAll(v => $"{v.Field!.Key} {v.Read(v.Field.Type)}").Order(StringComparer.Ordinal).ToList();
    });
}
