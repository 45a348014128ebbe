using System.Net;
using System.Text;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Imports;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Imports;

public sealed class ImportPageTests(ImportHost fixture) : IClassFixture<ImportHost>
{
    private const string People = "id,Name,Email,Created\n1,Ann,ann@example.org,03-04-05\n2,Bob,not a mail,04-05-06\n";

    [Theory]
    [InlineData(Role.Sales)]
    [InlineData(Role.Marketer)]
    [InlineData(Role.Viewer)]
    public async Task Pages_WithoutTheRight_AreForbidden(Role role)
    {
        var acme = await Make.Tenant(fixture.Host);
        var id = await Make.Import(acme, People);
        var browser = await (await Make.Member(acme, role)).Browser();
        foreach (var path in new[] { "/imports", "/imports/new", $"/imports/{id}", $"/imports/{id}/format", $"/imports/{id}/columns", $"/imports/{id}/preview", $"/imports/{id}/progress", $"/imports/{id}/refused.csv" })
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.Get(path)).Status);
        foreach (var path in new[] { "/imports/new", $"/imports/{id}/format", $"/imports/{id}/columns", $"/imports/{id}/run", $"/imports/{id}/revert" })
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.Post(path)).Status);
    }

    [Fact]
    public async Task T3_Pages_MissingOrForeignImport_AreNotFound()
    {
        var (acme, other) = (await Make.Tenant(fixture.Host), await Make.Tenant(fixture.Host));
        var browser = await acme.Admin.Browser();
        foreach (var id in new[] { await Make.Import(other, People), 987654321 })
        {
            foreach (var path in new[] { "", "/format", "/columns", "/preview", "/progress", "/refused.csv" })
                Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/imports/{id}{path}")).Status);
            foreach (var path in new[] { "/format", "/columns", "/run", "/revert" })
                Assert.Equal(HttpStatusCode.NotFound, (await browser.Post($"/imports/{id}{path}")).Status);
        }
    }

    [Fact]
    public async Task List_NothingYet_SaysTheNextStep()
    {
        var acme = await Make.Tenant(fixture.Host);
        var page = await (await acme.Admin.Browser()).Get("/imports");
        Assert.Contains("Bring your customers in", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Find(".crm-empty a[href$='/imports/new']"));
    }

    [Fact]
    public async Task List_FilteredByState_ShowsThose()
    {
        var acme = await Make.Tenant(fixture.Host);
        var id = await Make.Import(acme, "id,Name\n1,Ann\n");
        await acme.Do(id, CustomerImport.JobKind);
        await Make.Import(acme, "id,Name\n2,Bob\n");
        var browser = await acme.Admin.Browser();
        Assert.Equal(2, (await browser.Get("/imports")).Html.QuerySelectorAll(".crm-list-row").Length);
        var done = await browser.Get("/imports?state=done");
        Assert.Equal(["Imported"], done.Texts(".crm-list-row .crm-badge"));
    }

    [Theory]
    [InlineData("", "Choose a file that has something in it.")]
    [InlineData("PK\u0003\u0004 a workbook", "This is a workbook of a spreadsheet program. Save it there as CSV, then choose that file.")]
    [InlineData("%PDF-1.7", "This file is neither CSV nor contact cards.")]
    [InlineData("id,Name\n", "There is no row in this file.")]
    public async Task T17_Upload_NoTableOfText_IsRefusedAtTheField(string content, string error)
    {
        var acme = await Make.Tenant(fixture.Host);
        var page = await Upload(await acme.Admin.Browser(), Encoding.UTF8.GetBytes(content), "../../etc/pass.csv");
        Assert.Equal(error, page.ErrorFor("File"));
        Assert.Empty(await acme.Use(db => db.Imports.ToListAsync()));
        var folder = Path.Combine(fixture.Host.Folder, "imports", $"{acme.Id}");
        Assert.True(!Directory.Exists(folder) || Directory.GetFiles(folder).Length == 0);
    }

    [Fact]
    public async Task Wizard_FromFileToRevert_LeadsThroughEachStep()
    {
        var acme = await Make.Tenant(fixture.Host);
        var browser = await acme.Admin.Browser();
        var uploaded = await Upload(browser, Encoding.UTF8.GetBytes(People), "../people.csv");
        var import = await acme.Use(db => db.Imports.AsNoTracking().SingleAsync());
        Assert.Equal("people.csv", import.FileName);
        Assert.EndsWith($"/imports/{import.Id}/format", uploaded.Location!.ToString(), StringComparison.Ordinal);

        var format = await browser.Get($"/imports/{import.Id}/format");
        Assert.Contains("ann@example.org", format.Text, StringComparison.Ordinal);
        Assert.Contains("A date like 03-04-05 is never guessed.", format.Text, StringComparison.Ordinal);
        var wrong = await browser.Get($"/imports/{import.Id}/preview?Form.Encoding=utf-8&Form.Delimiter=tab&Form.HasHeader=true");
        Assert.Equal(2, wrong.Html.QuerySelectorAll("thead th").Length);
        await browser.Post($"/imports/{import.Id}/format", Pairs(("Form.Encoding", "utf-8"), ("Form.Delimiter", "comma"), ("Form.HasHeader", "true")));

        var columns = await browser.Get($"/imports/{import.Id}/columns");
        Assert.Equal("externalId", columns.Value("Form.Fields[0]"));
        var refused = await browser.Post($"/imports/{import.Id}/columns", Columns());
        Assert.Equal("The dates can be read in several ways. Say in which order they are written.", refused.ErrorFor("Form.Dates"));

        await browser.Post($"/imports/{import.Id}/columns", Columns(("Form.Dates", "DayMonthYear")));
        Assert.Equal(ImportState.Checking, (await acme.ImportOf(import.Id)).State);
        Assert.NotNull((await browser.Get($"/imports/{import.Id}")).Find("progress"));
        await Work();
        var check = await browser.Get($"/imports/{import.Id}");
        Assert.Equal(["1", "0", "0", "1"], check.Texts(".crm-stat-value"));
        Assert.Contains("E-mail: is no e-mail address", check.Text, StringComparison.Ordinal);
        Assert.Empty(await acme.Use(db => db.Customers.ToListAsync()));

        await browser.Post($"/imports/{import.Id}/run");
        await browser.Post($"/imports/{import.Id}/run");
        await Work();
        Assert.Equal("true", (await browser.Get($"/imports/{import.Id}/progress")).Response.Headers.GetValues("HX-Refresh").Single());
        var ann = await acme.Use(db => db.Customers.SingleAsync());
        Assert.Equal(new DateTime(2005, 4, 3, 0, 0, 0, DateTimeKind.Utc), ann.CreatedAt);
        Assert.Contains("not a mail", (await browser.Get($"/imports/{import.Id}/refused.csv")).Body, StringComparison.Ordinal);

        await browser.Post($"/imports/{import.Id}/revert");
        await Work();
        Assert.Contains("1 customers removed", (await browser.Get($"/imports/{import.Id}")).Text, StringComparison.Ordinal);
        Assert.Empty(await acme.Use(db => db.Customers.ToListAsync()));

        // the same columns are known the next time
        await Upload(browser, Encoding.UTF8.GetBytes(People), "again.csv");
        var again = await acme.Use(db => db.Imports.OrderByDescending(i => i.Id).Select(i => i.Id).FirstAsync());
        Assert.Equal("Email", (await browser.Get($"/imports/{again}/columns")).Value("Form.Match"));
    }

    [Fact]
    public async Task T3_Columns_ForeignOwnerOrTeam_AreRefused()
    {
        var (acme, other) = (await Make.Tenant(fixture.Host), await Make.Tenant(fixture.Host));
        var id = await Make.Import(acme, "id,Name,Email,Created\n1,Ann,ann@example.org,2020-01-02\n");
        var page = await (await acme.Admin.Browser()).Post($"/imports/{id}/columns", Columns(("Form.OwnerId", $"{other.Admin.Id}"), ("Form.TeamId", "987654321")));
        Assert.Equal("This choice is not there any more.", page.ErrorFor("Form.OwnerId"));
        Assert.Equal("This choice is not there any more.", page.ErrorFor("Form.TeamId"));
        Assert.Equal(ImportState.Mapping, (await acme.ImportOf(id)).State);
    }

    [Theory]
    [InlineData("Form.Fields[1]", "externalId", "Two columns mean the same field.")]
    [InlineData("Form.Match", "Phone", "No column is mapped to what customers are to be found by.")]
    public async Task Columns_ThatMakeNoSense_AreRefused(string field, string value, string error)
    {
        var acme = await Make.Tenant(fixture.Host);
        var id = await Make.Import(acme, "id,Name,Email,Created\n1,Ann,ann@example.org,2020-01-02\n");
        var page = await (await acme.Admin.Browser()).Post($"/imports/{id}/columns", Columns((field, value)));
        Assert.Contains(error, page.Text, StringComparison.Ordinal);
    }

    private async Task Work()
    {
        var runner = (CrmWeb.Web.Platform.Jobs.JobRunner)fixture.Host.Services.GetService(typeof(CrmWeb.Web.Platform.Jobs.JobRunner))!;
        while (await runner.RunNext(default)) { }
    }

    private static KeyValuePair<string, string>[] Columns(params (string Name, string Value)[] instead) => Pairs(
    [
        .. new[]
        {
            ("Form.Fields[0]", "externalId"), ("Form.Fields[1]", "name"), ("Form.Fields[2]", "email"), ("Form.Fields[3]", "createdAt"),
            ("Form.Match", "Email"), ("Form.OnMatch", "Update"), ("Form.Kind", "Person"), ("Form.Stage", "Lead"), ("Form.MakeOrganisations", "true"),
        }.Where(pair => instead.All(other => other.Name != pair.Item1)),
        .. instead,
    ]);

    private static KeyValuePair<string, string>[] Pairs(params (string Name, string Value)[] pairs) => [.. pairs.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))];

    private static Task<Page> Upload(Visitor browser, byte[] content, string name)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(content), "File", name } };
        return browser.Send(HttpMethod.Post, "/imports/new", form);
    }
}
