using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CrmWeb.Data;
using CrmWeb.Data.Kpis;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Kpis;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Segments;
using CrmWeb.Domain.Service;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Authorisation;

/// <summary>An admin of B asks for everything with the ids of A: each answer is the one a missing id gets, A's mark is in none, and A's rows stay as they are.</summary>
public sealed partial class ForeignIdTests
{
    private const string Mark = "MARK-A";
    private const long Missing = 987654321;

    [Fact]
    public async Task T2_ForeignIds_AreNotFound()
    {
        // a database of its own: B's few ids stay below all of A's, whichever table they are taken for
        await using var host = await CrmHost.Start();
        var b = await Make.Tenant(host, "B");
        var browser = await b.Admin.Browser();
        var a = await Make.Tenant(host, "A");
        var ids = await Fill(a);
        var before = await Hash(a);

        var wrong = new List<string>();
        foreach (var route in (await Route.All()).Where(route => route is { InTenant: true, HasId: true }))
        {
            var missing = await Ask(browser, route, Missing);
            foreach (var (kind, id) in ids)
            {
                var answer = await Ask(browser, route, id);
                if (answer.Body.Contains(Mark, StringComparison.Ordinal)) wrong.Add($"{route} shows a mark of A for a {kind}");
                if (answer.Status != missing.Status || Plain(answer) != Plain(missing)) wrong.Add($"{route} answered {(int)answer.Status} for A's {kind}, {(int)missing.Status} for a missing id");
                if (answer.Status is not (HttpStatusCode.NotFound or HttpStatusCode.BadRequest)) wrong.Add($"{route} answered {(int)answer.Status} for A's {kind}");
            }
        }

        Assert.Empty(wrong.Distinct(StringComparer.Ordinal));
        Assert.Equal(before, await Hash(a));
    }

    [Fact]
    public async Task T2_ForeignIdsInTheApi_AreNotFound()
    {
        await using var host = await CrmHost.Start(settings: new Dictionary<string, string?>(StringComparer.Ordinal) { ["Limits:ApiBurst"] = "100000" });
        var b = await Make.Tenant(host, "B");
        var api = await Make.Program(b.Admin);
        // a model of the own customers, however few
        await b.Use(db => db.KeepClv(null, PurchaseUnit.Week, _ => Task.CompletedTask, default));
        var a = await Make.Tenant(host, "A");
        var ids = await Fill(a);
        var before = await Hash(a);

        var wrong = new List<string>();
        foreach (var route in (await Route.All()).Where(route => route is { IsApi: true, HasId: true }))
        {
            // where a file is taken nothing else finds the way in
            foreach (var body in route.Method is "GET" or "DELETE" ? new string?[] { null } : route.TakesFile ? ["file"] : ["{}", $$"""{"name":"{{Mark}}","title":"x","dueOn":"2030-01-01"}"""])
            {
                async Task<ApiAnswer> Ask(long id) => await api.Send(route.Method, route.Path(id)["/api/v1".Length..], body == "file" ? Make.Upload("file", ("Offer.pdf", Make.Pdf())) : body);
                var missing = await Ask(Missing);
                // what does not even fit the route's form is refused before anything is looked for
                missing.AssertProblem(body is null or "{}" or "file" ? HttpStatusCode.NotFound : missing.Status);
                if (missing.Status is not (HttpStatusCode.NotFound or HttpStatusCode.BadRequest)) wrong.Add($"{route} answered {(int)missing.Status}");
                foreach (var (kind, id) in ids)
                {
                    var answer = await Ask(id);
                    if (Trace().Replace(answer.Body, "") != Trace().Replace(missing.Body, "")) wrong.Add($"{route} answered {(int)answer.Status} for A's {kind}: {answer.Body}");
                }
            }
        }

        foreach (var route in (await Route.All()).Where(route => route is { IsApi: true, HasId: false, Method: "GET" }))
        {
            foreach (var query in route.Pattern.EndsWith("customers", StringComparison.Ordinal) ? ["", $"?q={Mark}"] : new[] { "" })
                if ((await api.Get(route.Path(0)["/api/v1".Length..] + query)).Assert200().Body.Contains(Mark, StringComparison.Ordinal)) wrong.Add($"{route} shows a mark of A");
        }

        Assert.Empty(wrong.Distinct(StringComparer.Ordinal));
        Assert.Equal(before, await Hash(a));
    }

    /// <summary>T3: an id of another tenant inside a body is refused, and nothing is written.</summary>
    [Fact]
    public async Task T3_ForeignIdsInBodiesOfTheApi_AreRefused()
    {
        await using var host = await CrmHost.Start();
        var (a, b) = (await Make.Tenant(host), await Make.Tenant(host));
        var (team, organisation, customer) = (await Make.Team(a), await Make.Customer(a, with: c => c with { Kind = CustomerKind.Organisation }), await Make.Customer(a));
        var (own, task) = (await Make.Customer(b), await Make.Task(b, b.Admin));
        var api = await Make.Program(b.Admin);
        var before = await Hash(a);
        foreach (var (field, id) in new[] { ("ownerId", a.Admin.Id), ("teamId", team), ("organisationId", organisation), ("organisationId", own) })
        {
            var swap = $$"""{"name":"Ann","{{field}}":{{id}}}""";
            Assert.NotEmpty((await api.Post("/customers", swap)).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf(field));
            Assert.NotEmpty((await api.Put($"/customers/{own}", swap)).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf(field));
            Assert.NotEmpty((await api.Patch($"/customers/{own}", swap)).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf(field));
        }

        foreach (var (field, id) in new[] { ("ownerId", a.Admin.Id), ("customerId", customer) })
        {
            var swap = $$"""{"title":"Call","dueOn":"2030-01-01","{{field}}":{{id}}}""";
            Assert.NotEmpty((await api.Post("/tasks", swap)).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf(field));
            Assert.NotEmpty((await api.Patch($"/tasks/{task}", swap)).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf(field));
        }

        Assert.Equal(before, await Hash(a));
        Assert.Equal(1, await b.Use(db => db.Customers.CountAsync()));
        Assert.Equal(1, await b.Use(db => db.Tasks.CountAsync()));
    }

    [GeneratedRegex("\"traceId\":\"[^\"]*\"", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Trace();

    [Fact]
    public async Task T9_PagesWithoutIds_ShowNothingForeign()
    {
        await using var host = await CrmHost.Start();
        var a = await Make.Tenant(host, "A");
        await Fill(a);
        var b = await Make.Tenant(host, "B");
        var browser = await b.Admin.Browser();

        foreach (var route in (await Route.All()).Where(route => route is { InTenant: true, Method: "GET", HasId: false }))
            foreach (var query in new[] { "", $"?q={Mark}" })
            {
                var page = await browser.Get(route.Path(0) + query);
                Assert.DoesNotContain(Mark + "-", page.Body, StringComparison.Ordinal);
                Assert.True(page.Status < HttpStatusCode.InternalServerError, $"{route} answered {(int)page.Status}");
            }
    }

    private static async Task<Page> Ask(Visitor browser, Route route, long id) =>
        await browser.Send(new HttpMethod(route.Method), route.Path(id), route.Method == "GET" ? null : new FormUrlEncodedContent([]));

    /// <summary>What a person reads, without the id asked for and the reference of the error.</summary>
    private static string Plain(Page page) => Reference().Replace(page.Text, "");

    /// <summary>Fills A with marked rows and answers one id of each kind, all above every id of B.</summary>
    private static Task<Dictionary<string, long>> Fill(TestTenant a) => a.Use(async db =>
    {
        var now = a.Host.Clock.Now;
        var member = a.Admin.Id;
        for (var i = 0; i < 12; i++)
        {
            var field = new CustomField($"mark{i}", CustomFieldType.Choice, new CustomFieldDetails($"{Mark}-field-{i}", $"{Mark}-help", null, false, false, null, Role.None, StageSet.None), i);
            field.Options.Add(new CustomFieldOption($"{Mark}-option-{i}", 1));
            db.AddRange(field, new CustomFieldGroup($"{Mark}-group-{i}", i));
            var team = new Team($"{Mark}-team-{i}");
            db.AddRange(team, new Tag($"{Mark}-tag-{i}"));
            var customer = new Customer(new CustomerDetails { Name = $"{Mark}-customer-{i}", Email = $"{Mark}-{i}@example.org", Description = $"{Mark}-text", OtherEmails = [$"{Mark}-other-{i}@example.org"], City = $"{Mark}-city" }, now);
            db.Add(customer);
            customer.Log(new InteractionDetails { OccurredAt = now, Subject = $"{Mark}-subject", Body = $"{Mark}-body" }, member, now);
            await db.SaveChangesAsync();
            db.Add(new CrmTask($"{Mark}-task-{i}", DateOnly.FromDateTime(now), member, member, now) { CustomerId = customer.Id });
            db.Add(new Attachment(customer.Id, customer.Interactions[0].Id, new FileFacts($"{Mark}-attached-{i}.pdf", "application/pdf", 10, $"{Mark}-sum", Guid.NewGuid().ToString("N")), member, now));
            db.Add(new Notification(member, NotificationKind.Stage, member, now) { CustomerId = customer.Id, Count = 1 });
            db.AddRange(new Case(customer, new CaseDetails { Subject = $"{Mark}-case-{i}", Description = $"{Mark}-text" }, SlaClock.Of(BusinessCalendar.Always(TimeZoneInfo.Utc), null), member, now), new ServiceTier($"{Mark}-tier-{i}", i),
                new Holiday(new DateOnly(2030, 1, 1).AddDays(i), $"{Mark}-holiday-{i}"), new Reason(ReasonFor.RootCause, $"{Mark}-cause-{i}", i));
            db.Add(new Follow(customer.Id, member, true, now));
            db.Add(new Invitation($"{Mark}-{i}@example.org", Role.Viewer, team.Id, member, Convert.ToHexString(RandomNumberGenerator.GetBytes(32)), now));
            db.Add(new ApiKey(member, $"{Mark}-key-{i}", ["customers.read"], Convert.ToHexString(RandomNumberGenerator.GetBytes(32)), "crm_MARK", now, null));
            var stage = new Stage(new Pipeline($"{Mark}-pipeline-{i}", i), new StageDetails($"{Mark}-stage-{i}", 50, ForecastCategory.Pipeline, DealNeeds.None, $"{Mark}-exit", $"{Mark}-playbook"), 1);
            var product = new Product(new ProductDetails($"{Mark}-code-{i}", $"{Mark}-product-{i}", $"{Mark}-category", 100, 50, "EUR"), now);
            db.AddRange(stage, product, new Reason(ReasonFor.Lost, $"{Mark}-reason-{i}", i));
            await db.SaveChangesAsync();
            db.AddRange(new ProductStanding(product.Id, new(500, []), true, now, now), new ProductMove(product.Id, true, new(500, []), now));
            db.Add(new Deal(customer, stage, new DealDetails { Name = $"{Mark}-deal-{i}", Conversion = Conversion.None("EUR"), Description = $"{Mark}-about", Lines = [new DealLineDetails(product.Id, 1, 100)] }, member, now));
            var segment = new Segment($"{Mark}-segment-{i}", $"{Mark}-about", $"name contains \"{Mark}\"", false, member, now);
            segment.Hold([new($"{Mark}-need", 3, $"{Mark}-evidence")], [product.Id]);
            segment.Hold(new SegmentCard($"{Mark}-value", $"{Mark}-message", $"{Mark}-offers", ChannelSet.Email, null));
            db.AddRange(segment, new Segment($"{Mark}-list-{i}", null, null, false, null, now));
            await db.SaveChangesAsync();
            db.Add(new Membership(segment.Id, customer.Id, now));
            var job = new Job("none", "{}", member, now.AddYears(1));
            db.Add(job);
            var import = new Import($"{Mark}-file-{i}.csv", Guid.NewGuid().ToString("N"), 10, member, now);
            db.Add(import);
            await db.SaveChangesAsync();
            db.Add(new ImportRow(import.Id, 1, RowOutcome.Refused) { Reason = $"{Mark}-reason" });
            await db.SaveChangesAsync();
        }

        foreach (var role in Roles.Each) for (var i = 0; i < 2; i++) await Make.Member(a, role, $"{Mark}-member-{role}-{i}");

        return new Dictionary<string, long>(StringComparer.Ordinal)
        {
            ["customer"] = await db.Customers.MaxAsync(x => x.Id),
            ["interaction"] = await db.Interactions.MaxAsync(x => x.Id),
            ["file"] = await db.Attachments.MaxAsync(x => x.Id),
            ["case"] = await db.Cases.MaxAsync(x => x.Id),
            ["tier"] = await db.ServiceTiers.MaxAsync(x => x.Id),
            ["holiday"] = await db.Holidays.MaxAsync(x => x.Id),
            ["task"] = await db.Tasks.MaxAsync(x => x.Id),
            ["notification"] = await db.Notifications.IgnoreQueryFilters([TenantScoping.VisibilityFilter]).MaxAsync(x => x.Id),
            ["team"] = await db.Teams.MaxAsync(x => x.Id),
            ["member"] = await db.Members.MaxAsync(x => x.Id),
            ["invitation"] = await db.Invitations.MaxAsync(x => x.Id),
            ["import"] = await db.Imports.MaxAsync(x => x.Id),
            ["api key"] = await db.ApiKeys.MaxAsync(x => x.Id),
            ["field"] = await db.CustomFields.MaxAsync(x => x.Id),
            ["group of fields"] = await db.CustomFieldGroups.MaxAsync(x => x.Id),
            ["pipeline"] = await db.Pipelines.MaxAsync(x => x.Id),
            ["stage"] = await db.Stages.MaxAsync(x => x.Id),
            ["deal"] = await db.Deals.MaxAsync(x => x.Id),
            ["reason"] = await db.Reasons.MaxAsync(x => x.Id),
            ["segment"] = await db.Segments.MaxAsync(x => x.Id),
            ["job"] = await db.Jobs.MaxAsync(x => x.Id),
        };
    });

    /// <summary>Every column of every row of a tenant, as one hash.</summary>
    internal static Task<string> Hash(TestTenant tenant) => tenant.Use(async db =>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await db.Database.OpenConnectionAsync();
        foreach (var table in db.Model.GetEntityTypes().Where(type => type.ClrType.IsAssignableTo(typeof(ITenantOwned))).Select(type => type.GetTableName()!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = string.Create(CultureInfo.InvariantCulture, $"SELECT * FROM \"{table}\" WHERE \"TenantId\" = {tenant.Id} ORDER BY 1, 2, 3");
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                var row = string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)));
                hash.AppendData(Encoding.UTF8.GetBytes($"{table}:{row}\n"));
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    });

    [GeneratedRegex(@"[0-9a-f]{32}|\d{5,}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Reference();
}
