using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Segments;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Segments;

public sealed class SegmentPagesTests
{
    private static readonly string[] Read = ["", "/explain", "/overlap", "/worth", "/progress"];

    [Fact]
    public async Task Segments_Viewer_ReadsAndChangesNothing()
    {
        var tenant = await Make.Tenant();
        var id = await Make.Segment(tenant, "orderCount >= 0");
        var viewer = await (await Make.Member(tenant, Role.Viewer)).Browser();
        foreach (var path in Read.Select(part => $"/segments/{id}{part}").Append("/segments").Append("/segments/compare")) Assert.Equal(HttpStatusCode.OK, (await viewer.Get(path)).Status);
        foreach (var path in new[] { "/segments/new", $"/segments/{id}/edit", $"/segments/{id}/card", "/segments.csv", "/segments/values?field=city" }) Assert.Equal(HttpStatusCode.Forbidden, (await viewer.Get(path)).Status);
        foreach (var act in new[] { "edit", "card", "delete", "restore", "refresh", "freeze", "thaw" }) Assert.Equal(HttpStatusCode.Forbidden, (await viewer.Post($"/segments/{id}/{act}")).Status);
        Assert.DoesNotContain("/segments/new", (await viewer.Get("/segments")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Segments_Missing_AreNotFound()
    {
        var admin = await (await Make.Tenant()).Admin.Browser();
        foreach (var part in Read.Append("/edit").Append("/card")) Assert.Equal(HttpStatusCode.NotFound, (await admin.Get($"/segments/987654{part}")).Status);
        foreach (var act in new[] { "edit", "card", "delete", "restore", "refresh", "freeze", "thaw" }) Assert.Equal(HttpStatusCode.NotFound, (await admin.Post($"/segments/987654/{act}", new { Name = "x", Mode = "text", Text = "orderCount > 1" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get("/segments/compare?a=987654")).Status);
    }

    [Fact]
    public async Task Create_Conditions_IsARule_AndListed()
    {
        var tenant = await Make.Tenant();
        await Make.Customer(tenant, with: c => c with { Country = "DE" });
        var marketer = await (await Make.Member(tenant, Role.Marketer)).Browser();
        var empty = await marketer.Get("/segments");
        Assert.Contains("template=champions", empty.Body, StringComparison.Ordinal);
        Assert.Equal("rfmRecency", (await marketer.Get("/segments/new?template=champions")).Value("Rule.Parts[0].What"));

        var made = await marketer.Post("/segments/new", Tree(("Name", "Germans"), ("Rule.Parts[0].What", "country"), ("Rule.Parts[0].Operator", "in"), ("Rule.Parts[0].Values", "DE\r\nAT")));
        Assert.Equal(HttpStatusCode.Redirect, made.Status);
        var segment = await tenant.Use(db => db.Segments.SingleAsync());
        Assert.Equal(("Germans", "country in (\"DE\", \"AT\")"), (segment.Name, segment.Rule));
        await tenant.Refresh();
        var list = await marketer.Get("/segments?sort=-members");
        Assert.Contains("Germans", list.Text, StringComparison.Ordinal);
        Assert.NotNull(list.Find($"a[href$='/customers?segment={segment.Id}']"));
        var page = await marketer.Get($"/segments/{segment.Id}");
        Assert.Contains("Country is one of “DE”, “AT”", page.Text, StringComparison.Ordinal);
        Assert.Contains("Germans", (await (await tenant.Admin.Browser()).Get("/segments.csv")).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Name", " ", "Name")]
    [InlineData("Text", "contry = \"DE\"", "Text")]
    [InlineData("Text", "", "Text")]
    public async Task Create_Wrong_SaysItAtTheField(string field, string value, string at)
    {
        var tenant = await Make.Tenant();
        var form = new Dictionary<string, string>(StringComparer.Ordinal) { ["Name"] = "Some", ["Mode"] = "text", ["Text"] = "orderCount > 1", [field] = value };
        var page = await (await tenant.Admin.Browser()).Post("/segments/new", form);
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.NotNull(page.ErrorFor(at));
        Assert.Equal(0, await tenant.Use(db => db.Segments.CountAsync()));
    }

    [Fact]
    public async Task Acts_WithoutScripts_KeepWhatWasTyped()
    {
        var tenant = await Make.Tenant();
        var admin = await tenant.Admin.Browser();
        var page = await admin.Post("/segments/new", Tree(("Name", "Typed"), ("Act", "add:"), ("Rule.Parts[0].What", "city"), ("Rule.Parts[0].Operator", "contains"), ("Rule.Parts[0].Values", "Ber")));
        Assert.Equal(("Typed", "Ber", ""), (page.Value("Name"), page.Value("Rule.Parts[0].Values"), page.Value("Rule.Parts[1].What")));
        // what is no rule stays as it is and says why
        page = await admin.Post("/segments/new", Tree(("Name", "Typed"), ("Act", "text"), ("Rule.Parts[0].What", "city"), ("Rule.Parts[0].Operator", "=")));
        Assert.Equal("tree", page.Value("Mode"));
        // a blank one can be begun in either
        page = await admin.Post("/segments/new", Tree(("Name", "Typed"), ("Act", "text"), ("Rule.Parts[0].What", "")));
        Assert.Equal("text", page.Value("Mode"));
        page = await admin.Post("/segments/new", Tree(("Name", "Typed"), ("Act", "text"), ("Rule.Parts[0].What", "city"), ("Rule.Parts[0].Operator", "contains"), ("Rule.Parts[0].Values", "Ber")));
        Assert.Equal(("text", "city contains \"Ber\""), (page.Value("Mode"), page.Value("Text")));
        page = await admin.Post("/segments/new", new { Name = "Typed", Mode = "text", Text = "cty contains \"Ber\"", Act = "fix" });
        Assert.Equal("city contains \"Ber\"", page.Value("Text"));
        page = await admin.Post("/segments/new", new { Name = "Typed", Mode = "text", Text = "city contains \"Ber\"", Act = "tree" });
        Assert.Equal("Ber", page.Value("Rule.Parts[0].Values"));
    }

    [Fact]
    public async Task Text_AsConditionsAndBack_IsTheSame()
    {
        var tenant = await Make.Tenant();
        var vip = await Make.Field(tenant, CustomFieldType.YesNo, "Vip");
        var level = await Make.Field(tenant, CustomFieldType.Choice, "Level", null, "Low", "High");
        await Make.Customer(tenant, "Acme", with: c => c with { Kind = CustomerKind.Organisation });
        await Make.Segment(tenant, "orderCount > 1", "Buyers");
        var admin = await tenant.Admin.Browser();
        string[] texts =
        [
            $"count(deals where closeOn < today+1y) >= 1 and {vip.Name} != yes",
            $"{vip.Name} = yes and {vip.Name} = no and {level.Name} is not empty",
            "not orderCount in (1, 2) and lastOrder in (2026-02-03, today-2w) and not lastOrder in (2026-02-03, today)",
            $"organisation = \"Acme\" or in segment \"Buyers\" or not {level.Name} in (\"Low\", \"High\")",
            "max(orders.placed) is empty or sum(orders.total where not state in (\"placed\", \"paid\") and placed >= today-1y) > 12.5",
            "created recurs in next 30d and firstOrder recurs in march and not lastOrder recurs in this month and updated recurs in last 2w and not created recurs in today",
            $"nextContactDue <= today and organisation.{level.Name} = \"High\" and organisation.{vip.Name} = yes and name contains \" bank\" and not city in (\"a \", \"\\\"b\\\"\")",
            "not (stage = \"lead\" or totalSpent != 10) and not (city contains \"x\" and not region starts with \"B\") and created < today+3m",
        ];
        foreach (var text in texts)
        {
            var page = await admin.Post("/segments/new", new { Name = "Typed", Mode = "text", Text = text, Act = "tree" });
            Assert.Equal("tree", page.Value("Mode"));
            page = await admin.Post("/segments/new", page.Untouched("/segments/new").Append(new("Act", "text")));
            Assert.Equal(("text", text), (page.Value("Mode"), page.Value("Text")));
        }
    }

    [Fact]
    public async Task Template_Birthday_IsThereWhereADateIs_AndIsExplained()
    {
        var tenant = await Make.Tenant();
        var admin = await tenant.Admin.Browser();
        Assert.DoesNotContain("template=birthday", (await admin.Get("/segments")).Body, StringComparison.Ordinal);
        var born = await Make.Field(tenant, CustomFieldType.Date, "Birthday");
        var fields = await Make.FieldsOf(tenant);
        var day = CustomText.Day(DateOnly.FromDateTime(tenant.Host.Clock.Now).AddYears(-30));
        var ana = await Make.Customer(tenant, "Ana", d => (d with { CustomFields = fields }).With(born.Key, [day]));
        await Make.Customer(tenant, "Bert");
        Assert.Contains("template=birthday", (await admin.Get("/segments")).Body, StringComparison.Ordinal);
        var page = await admin.Get("/segments/new?template=birthday");
        Assert.Equal((born.Name, "recurs in", "this month"), (page.Value("Rule.Parts[0].What"), page.Value("Rule.Parts[0].Operator"), page.Value("Rule.Parts[0].Unit")));
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/segments/new", page.Untouched("/segments/new"))).Status);
        await tenant.Refresh();
        var segment = await tenant.Use(db => db.Segments.SingleAsync());
        Assert.Equal(($"{born.Name} recurs in this month", true, 1), (segment.Rule, segment.IsTimeDriven, segment.MemberCount));
        Assert.Contains("Birthday comes round this month", (await admin.Get($"/segments/{segment.Id}/explain?customer={ana}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Template_PastTheirContact_FollowsTheCadence()
    {
        var tenant = await Make.Tenant();
        var ana = await Make.Customer(tenant, "Ana", d => d with { Stage = LifecycleStage.Loyal });
        await tenant.Use(db =>
        {
            db.ContactCadences.Add(new ContactCadence(LifecycleStage.Loyal, 30));
            return db.SaveChangesAsync();
        });
        await Make.Interaction(tenant, ana, new InteractionDetails { OccurredAt = tenant.Host.Clock.Now.AddDays(-40) });
        var admin = await tenant.Admin.Browser();
        var page = await admin.Get("/segments/new?template=silent");
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/segments/new", page.Untouched("/segments/new"))).Status);
        await tenant.Refresh();
        var segment = await tenant.Use(db => db.Segments.SingleAsync());
        Assert.Equal(("nextContactDue <= today", 1), (segment.Rule, segment.MemberCount));
        Assert.Contains("Next contact due is on or before today", (await admin.Get($"/segments/{segment.Id}/explain?customer={ana}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_RowThatIsGone_IsKeptByItsNumber()
    {
        var tenant = await Make.Tenant();
        var (acme, gone) = (await Make.Customer(tenant, "Acme", with: c => c with { Kind = CustomerKind.Organisation }), await Make.Customer(tenant, "Gone", with: c => c with { Kind = CustomerKind.Organisation }));
        var id = await Make.Segment(tenant, $"organisation in (#{acme}, #{gone})");
        var admin = await tenant.Admin.Browser();
        await admin.Post($"/customers/{gone}/archive");
        var page = await admin.Get($"/segments/{id}/edit");
        Assert.Equal([$"#{acme}", $"#{gone}"], page.Untouched("/edit").Where(field => field.Key == "Rule.Parts[0].Values").Select(field => field.Value));
        // it means nobody any more, and stays with the rest of the rule
        Assert.Equal(HttpStatusCode.Found, (await admin.Post($"/segments/{id}/edit", page.Untouched("/edit"))).Status);
        Assert.Equal($"organisation in (#{acme}, #{gone})", await tenant.Use(db => db.Segments.Where(s => s.Id == id).Select(s => s.Rule).SingleAsync()));
    }

    [Theory]
    [InlineData(15)]
    [InlineData(60)]
    public async Task Conditions_TooDeep_AreRefusedInWords(int depth)
    {
        var tenant = await Make.Tenant();
        var id = await Make.Segment(tenant, "orderCount > 1");
        var admin = await tenant.Admin.Browser();
        var form = Tree(("Name", "Deep"), ("Version", "0"), ("Rule.Parts[1].What", "city"));
        var part = "Rule";
        for (var i = 0; i < depth; i++) form[(part += ".Parts[0]") + ".Join"] = "any";
        form[part + ".What"] = "city";
        foreach (var path in new[] { "/segments/new", $"/segments/{id}/edit", "/segments/preview" })
        {
            var page = await admin.Post(path, form);
            Assert.Equal(path == "/segments/preview" ? HttpStatusCode.OK : HttpStatusCode.BadRequest, page.Status);
            Assert.Contains("fewer brackets", page.Text, StringComparison.Ordinal);
        }

        form["Act"] = "add:0";
        Assert.Equal(HttpStatusCode.OK, (await admin.Post("/segments/new", form)).Status);
        form = Tree(($"{part}.What", "city"), ("Act", "wrap:0"));
        Assert.Equal(HttpStatusCode.OK, (await admin.Post("/segments/new", form)).Status);
    }

    [Fact]
    public async Task Text_TooDeepForConditions_StaysAText()
    {
        var tenant = await Make.Tenant();
        var text = "city = \"A\" or city = \"C\"";
        for (var i = 0; i < 10; i++) text = $"city = \"{i}\" or region = \"B\" and ({text})";
        var admin = await tenant.Admin.Browser();
        var page = await admin.Post("/segments/new", new { Name = "Deep", Mode = "text", Text = text, Act = "tree" });
        Assert.Equal((HttpStatusCode.OK, "text", text), (page.Status, page.Value("Mode"), page.Value("Text")));
        Assert.Contains("fewer brackets", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forms_WithRowsThatAreNotThere_AreReadWithoutThem()
    {
        var tenant = await Make.Tenant();
        var id = await Make.Segment(tenant, "orderCount > 1");
        var admin = await tenant.Admin.Browser();
        var form = Tree(("Name", "Some"), ("Rule.Parts.index", "0"));
        Assert.Equal(HttpStatusCode.OK, (await admin.Post("/segments/preview", form)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.Post("/segments/new", form)).Status);
        foreach (var act in new[] { "add:", "wrap:0", "text" })
        {
            form["Act"] = act;
            Assert.Equal(HttpStatusCode.OK, (await admin.Post("/segments/new", form)).Status);
        }

        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/segments/{id}/card", new Dictionary<string, string>(StringComparer.Ordinal) { ["Needs.index"] = "0", ["Version"] = "0" })).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await admin.Post($"/segments/{id}/card", new Dictionary<string, string>(StringComparer.Ordinal) { ["Needs.index"] = "0", ["Version"] = "9" })).Status);
    }

    [Fact]
    public async Task Values_OfACustomerField_AreAllCustomers()
    {
        var tenant = await Make.Tenant();
        var field = await Make.Field(tenant, CustomFieldType.Customer, "Referrer");
        await Make.Customer(tenant, "Anna Person");
        await Make.Customer(tenant, "Anna Limited", with: c => c with { Kind = CustomerKind.Organisation });
        var admin = await tenant.Admin.Browser();
        var found = (await admin.Get($"/segments/values?field={field.Name}&q=anna")).Body;
        foreach (var name in new[] { "Anna Person", "Anna Limited" }) Assert.Contains(name, found, StringComparison.Ordinal);
        Assert.DoesNotContain("Anna Person", (await admin.Get("/segments/values?field=organisation&q=anna")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_CountsWhomTheMemberSees_AndSaysWhatIsWrong()
    {
        var tenant = await Make.Tenant();
        var marketer = await Make.Member(tenant, Role.Marketer);
        await tenant.Use(async db =>
        {
            db.RoleVisibilities.Add(new RoleVisibility(Role.Marketer, Visibility.Own));
            await db.SaveChangesAsync();
            return 0;
        });
        await Make.Customer(tenant, "Seen One", with: c => c with { City = "Bern", OwnerId = marketer.Id, Email = "a@x.example" });
        await Make.Customer(tenant, "Hidden One", with: c => c with { City = "Bern" });
        var browser = await marketer.Browser();
        var page = await browser.Post("/segments/preview", new { Mode = "text", Text = "city = \"Bern\"" });
        Assert.Equal("1", page.Texts(".crm-live-count").Single());
        Assert.Contains("Seen One", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Hidden One", page.Text, StringComparison.Ordinal);
        var wrong = await browser.Post("/segments/preview", new { Mode = "text", Text = "city = " });
        Assert.Equal((HttpStatusCode.OK, "#preview-note"), (wrong.Status, wrong.Response.Headers.GetValues("HX-Retarget").Single()));
        Assert.NotEmpty(wrong.Text.Trim());
        Assert.Empty((await browser.Post("/segments/preview", Tree(("Rule.Parts[0].What", "")))).Text.Trim());
        Assert.Contains("Bern", (await browser.Get("/segments/values?field=city&q=be")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_OtherRule_ShowsTheDifferenceFirst()
    {
        var tenant = await Make.Tenant();
        await Make.Customer(tenant, "Goes Out", with: c => c with { City = "Bern" });
        await Make.Customer(tenant, "Comes In", with: c => c with { City = "Basel" });
        var id = await Make.Segment(tenant, "city = \"Bern\"", "Swiss");
        var other = await Make.Segment(tenant, "in segment \"Swiss\"", "Names it");
        await tenant.Refresh();
        var admin = await tenant.Admin.Browser();
        var page = await admin.Post($"/segments/{id}/edit", new { Name = "Swiss", Mode = "text", Text = "city = \"Basel\"", Version = 0 });
        Assert.Equal(HttpStatusCode.OK, page.Status);
        foreach (var word in new[] { "Goes Out", "Comes In", "Names it" }) Assert.Contains(word, page.Text, StringComparison.Ordinal);
        Assert.Equal("city = \"Bern\"", await tenant.Use(db => db.Segments.Where(s => s.Id == id).Select(s => s.Rule).SingleAsync()));
        var saved = await admin.Post($"/segments/{id}/edit", page.Untouched($"/segments/{id}/edit"));
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        Assert.Equal("city = \"Basel\"", await tenant.Use(db => db.Segments.Where(s => s.Id == id).Select(s => s.Rule).SingleAsync()));
        // somebody who still has the old one open is told
        var stale = await admin.Post($"/segments/{id}/edit", new { Name = "Mine", Mode = "text", Text = "city = \"Bern\"", Version = 0 });
        Assert.Equal((HttpStatusCode.Conflict, "Mine"), (stale.Status, stale.Value("Name")));
        // in use it stays
        await admin.Post($"/segments/{id}/delete");
        Assert.Equal(HttpStatusCode.OK, (await admin.Get($"/segments/{id}")).Status);
        await admin.Post($"/segments/{other}/delete");
        await admin.Post($"/segments/{id}/delete");
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get($"/segments/{id}")).Status);
        await admin.Post($"/segments/{id}/restore");
        Assert.Equal(HttpStatusCode.OK, (await admin.Get($"/segments/{id}")).Status);
    }

    [Fact]
    public async Task Explain_ClauseByClause_NowAndThen()
    {
        var tenant = await Make.Tenant();
        var customer = await Make.Customer(tenant, "Ava Explained", with: c => c with { City = "Bern" });
        await Make.Order(tenant, customer);
        var id = await Make.Segment(tenant, "city = \"Bern\" and count(orders) >= 2");
        await tenant.Refresh();
        var admin = await tenant.Admin.Browser();
        var page = await admin.Get($"/segments/{id}/explain?customer={customer}");
        Assert.Contains("Ava Explained is not in it", page.Text, StringComparison.Ordinal);
        Assert.Equal(["False", "True", "False"], page.Texts(".crm-clause .visually-hidden").Select(word => word.TrimEnd(':')));
        Assert.Contains("Seen: “Bern”", page.Text, StringComparison.Ordinal);
        Assert.Contains("Seen: 1", page.Text, StringComparison.Ordinal);
        page = await admin.Get($"/segments/{id}/explain?customer={customer}&on=2020-01-01");
        Assert.Contains("was not in it then", page.Text, StringComparison.Ordinal);
        Assert.Contains("was not written down yet", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get($"/segments/{id}/explain?customer=987654")).Status);
        var own = await Make.Segment(tenant, "city = \"Bern\"", "From Bern");
        await tenant.Refresh();
        Assert.NotNull((await admin.Get($"/customers/{customer}")).Find($"a[href$='/segments/{own}/explain?customer={customer}']"));
    }

    [Fact]
    public async Task T10_RuleOverAHiddenField_IsNotShown()
    {
        var tenant = await Make.Tenant();
        var field = await Make.Field(tenant, CustomFieldType.Text, "Secretfield", d => d with { VisibleTo = Role.Manager });
        var id = await Make.Segment(tenant, $"{field.Name} = \"Hush\"", "Hidden rule");
        var marketer = await (await Make.Member(tenant, Role.Marketer)).Browser();
        foreach (var path in new[] { $"/segments/{id}", $"/segments/{id}/edit", $"/segments/{id}/explain", "/segments/new" })
        {
            var page = await marketer.Get(path);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.DoesNotContain("Hush", page.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("Secretfield", page.Body, StringComparison.Ordinal);
        }

        Assert.Equal("[]", (await marketer.Get($"/segments/values?field={field.Name}")).Body);
        Assert.Contains("Hush", (await (await tenant.Admin.Browser()).Get($"/segments/{id}")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Card_Saved_IsShown()
    {
        var tenant = await Make.Tenant();
        var id = await Make.Segment(tenant, null, "A list of some");
        var product = await Make.Product(tenant);
        var admin = await tenant.Admin.Browser();
        var form = new Dictionary<string, string>(StringComparer.Ordinal) { ["Needs[0].Need"] = "Answers within the day", ["Needs[0].Importance"] = "5", ["Message"] = "We are there", ["PreferredChannels"] = "Email", ["ProductIds"] = $"{product}", ["Version"] = "0" };
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/segments/{id}/card", form)).Status);
        var page = await admin.Get($"/segments/{id}");
        foreach (var word in new[] { "Answers within the day", "We are there", "E-mail" }) Assert.Contains(word, page.Text, StringComparison.Ordinal);
        form["Needs[0].Importance"] = "9";
        form["Version"] = "1";
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.Post($"/segments/{id}/card", form)).Status);
        form["Version"] = "0";
        form["Needs[0].Importance"] = "4";
        Assert.Equal(HttpStatusCode.Conflict, (await admin.Post($"/segments/{id}/card", form)).Status);
    }

    [Fact]
    public async Task Overlap_AndComparison_CountWhatIsShared()
    {
        var tenant = await Make.Tenant();
        for (var i = 0; i < 3; i++) await Make.Customer(tenant, with: c => c with { City = "Bern", Industry = i == 0 ? "Books" : "Tea" });
        var (all, books) = (await Make.Segment(tenant, "city = \"Bern\"", "All of Bern"), await Make.Segment(tenant, "industry = \"Books\"", "Books only"));
        await tenant.Refresh();
        var admin = await tenant.Admin.Browser();
        var page = await admin.Get($"/segments/{all}/overlap");
        Assert.Contains("Books only", page.Text, StringComparison.Ordinal);
        Assert.Equal(["2", "1"], page.Texts(".crm-chart-data td"));
        page = await admin.Get($"/segments/compare?a={all}&b={books}");
        Assert.Contains("Total spent", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await admin.Get($"/segments/{all}/worth")).Status);
        var frozen = await admin.Post($"/segments/{books}/freeze");
        Assert.Equal(HttpStatusCode.Redirect, frozen.Status);
        Assert.Equal(new { Kind = SegmentKind.Static, MemberCount = 1 }, await tenant.Use(db => db.Segments.Where(s => s.Id == books).Select(s => new { s.Kind, s.MemberCount }).SingleAsync()));
    }

    [Fact]
    public async Task Pages_HaveAFixedNumberOfCommands()
    {
        var (host, sql) = await SqlCount.Host();
        await using var running = host;
        var tenant = await Make.Tenant(host);
        var ids = new List<long>();
        for (var i = 0; i < 3; i++) ids.Add(await Make.Segment(tenant, $"orderCount >= 0 and city != \"{i}\""));
        for (var i = 0; i < 12; i++) await Make.Customer(tenant, with: c => c with { City = "Bern" });
        await tenant.Refresh();
        var admin = await tenant.Admin.Browser();
        var few = await Counts();
        for (var i = 0; i < 8; i++) ids.Add(await Make.Segment(tenant, $"city = \"Bern\" and orderCount < {i + 1}"));
        await tenant.Refresh();
        Assert.Equal(few, await Counts());
        Assert.All(few, count => Assert.InRange(count, 1, 16));

        async Task<List<int>> Counts()
        {
            string[] paths = ["/segments", $"/segments/{ids[0]}", $"/segments/{ids[0]}/overlap", $"/segments/{ids[0]}/edit", $"/segments/compare?a={ids[0]}&b={ids[1]}"];
            var counts = new List<int>();
            foreach (var path in paths)
            {
                await admin.Get(path);
                counts.Add(await sql.Of(() => admin.Get(path)));
            }

            return counts;
        }
    }

    private static Dictionary<string, string> Tree(params (string Name, string Value)[] fields)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal) { ["Mode"] = "tree", ["Rule.Join"] = "all" };
        foreach (var (name, value) in fields) form[name] = value;
        return form;
    }
}
