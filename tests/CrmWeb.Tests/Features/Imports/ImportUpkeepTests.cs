using System.Net;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Imports;
using CrmWeb.Web.Features.Shared.Csv;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Imports;

/// <summary>Who sees an import, how long its file is kept, and what happens when the world moved on.</summary>
public sealed class ImportUpkeepTests(ImportHost fixture) : IClassFixture<ImportHost>
{
    private const string File = "id,Name\n1,Ann\n2,,\n";

    [Theory]
    [InlineData(Visibility.Own)]
    [InlineData(Visibility.Team)]
    public async Task T7_ImportOfAnother_IsNotFoundByWhoDoesNotSeeAll(Visibility sees)
    {
        var acme = await Make.Tenant(fixture.Host);
        await acme.Use(async db =>
        {
            db.RoleVisibilities.Add(new RoleVisibility(Role.Manager, sees));
            return await db.SaveChangesAsync();
        });
        var (ours, theirs) = (await Make.Member(acme, Role.Manager), await Make.Member(acme, Role.Manager));
        var mapping = await Make.Import(acme, File, by: theirs);
        var done = await Make.Import(acme, File, by: theirs);
        var admin = acme.Admin;
        acme.Admin = theirs;
        await acme.Do(done, CustomerImport.JobKind);
        acme.Admin = admin;
        var browser = await ours.Browser();
        foreach (var id in new[] { mapping, done })
        {
            foreach (var path in new[] { "", "/format", "/columns", "/preview", "/progress", "/refused.csv" })
                Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/imports/{id}{path}")).Status);
            foreach (var path in new[] { "/format", "/columns", "/run", "/revert", "/delete" })
                Assert.Equal(HttpStatusCode.NotFound, (await browser.Post($"/imports/{id}{path}")).Status);
        }

        Assert.Empty((await browser.Get("/imports")).Html.QuerySelectorAll(".crm-list-row"));
        Assert.Equal(2, (await (await theirs.Browser()).Get("/imports")).Html.QuerySelectorAll(".crm-list-row").Length);
        Assert.Equal(HttpStatusCode.OK, (await (await admin.Browser()).Get($"/imports/{done}")).Status);
        Assert.Equal(ImportState.Done, (await acme.ImportOf(done)).State);
    }

    [Fact]
    public async Task Refused_RowOfAnExport_KeepsItsKeyAndComesBackToItsCustomer()
    {
        var acme = await Make.Tenant(fixture.Host);
        var ann = await acme.CustomerOf(await Make.Customer(acme, "Ann"));
        var key = RowKey.Of(ann.Id, ann.CreatedAt);
        // a line that was copied from the first one speaks of somebody else, and goes on doing so
        var id = await Make.Import(acme, $"Name,Email,City,{CsvFormulas.MarkColumn}\nAnn B.,no mail,'=Bonn,{key}\nCopy,no mail,Ulm,{key}\n", s => s with { Match = MatchRule.Email });
        Assert.Equal(2, (await acme.Do(id, CustomerImport.JobKind)).RefusedCount);
        var browser = await acme.Admin.Browser();
        var file = (await browser.Get($"/imports/{id}/refused.csv")).Body;
        Assert.Contains($",{key}", file, StringComparison.Ordinal);

        var mended = file.Replace("Ann B.,no mail", "Ann B.,ann@example.org", StringComparison.Ordinal).Replace("Copy,no mail", "Copy,copy@example.org", StringComparison.Ordinal);
        var again = await acme.Do(await Make.Import(acme, mended, s => s with { Match = MatchRule.Email }), CustomerImport.JobKind);
        Assert.Equal((1, 1, 0), (again.NewCount, again.ChangedCount, again.RefusedCount));
        var now = await acme.CustomerOf(ann.Id);
        Assert.Equal(("Ann B.", "=Bonn", "ann@example.org"), (now.Name, now.City, now.Email));
        Assert.Contains("Ann B.", (await browser.Get($"/imports/{id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_ColumnsMappedByHand_MeanTheSameWhenTheyComeBack()
    {
        var acme = await Make.Tenant(fixture.Host);
        await Make.Customer(acme, "Ann", d => d with { ExternalId = "K1" });
        var id = await Make.Import(acme, "Nr.,Who,Mail\nK1,Ann B.,no mail\n", s => s with { Fields = [ImportField.ExternalId, ImportField.Name, ImportField.Email], Match = MatchRule.ExternalId });
        await acme.Use(async db =>
        {
            await db.Remember("people.csv", ImportSettings.Of(await db.Imports.SingleAsync(i => i.Id == id)), default);
            return await db.SaveChangesAsync();
        });
        await acme.Do(id, CustomerImport.JobKind);
        var file = (await (await acme.Admin.Browser()).Get($"/imports/{id}/refused.csv")).Body;

        var back = await Make.Import(acme, file.Replace("no mail", "ann@example.org", StringComparison.Ordinal));
        var settings = ImportSettings.Of(await acme.ImportOf(back));
        Assert.Equal([ImportField.ExternalId, ImportField.Name, ImportField.Email, ImportField.Ignore], settings.Fields);
        Assert.Equal((0, 1), (await acme.Do(back, CustomerImport.JobKind)) is var run ? (run.NewCount, run.ChangedCount) : default);

        // and remembered from the file of refused rows, they fit the first file too
        await acme.Use(async db =>
        {
            await db.Remember("refused.csv", settings, default);
            return await db.SaveChangesAsync();
        });
        Assert.Equal([ImportField.ExternalId, ImportField.Name, ImportField.Email], ImportSettings.Of(await acme.ImportOf(await Make.Import(acme, "Nr.,Who,Mail\nK2,Bob,\n"))).Fields);
    }

    [Fact]
    public async Task Revert_WhereTheTeamIsGone_KeepsThePresentOne()
    {
        var acme = await Make.Tenant(fixture.Host);
        var (old, now) = (await Team(acme, "Old"), await Team(acme, "Now"));
        await Make.Customer(acme, "Ann", d => d with { ExternalId = "1", TeamId = old, City = "Bonn" });
        var id = await Make.Import(acme, "id,Name,Team,City\n1,Ann,Now,Rome\n");
        Assert.Equal(1, (await acme.Do(id, CustomerImport.JobKind)).ChangedCount);
        await acme.Use(db => db.Teams.Where(t => t.Id == old).ExecuteDeleteAsync());

        var import = await acme.Do(id, ImportRevert.JobKind);
        Assert.Equal(ImportState.Reverted, import.State);
        Assert.Equal(new RevertResult(0, 0, 0, 1), RevertResult.Parse(import.Job!.Note));
        var ann = await acme.Use(db => db.Customers.SingleAsync());
        Assert.Equal((now, "Bonn"), (ann.TeamId, ann.City));
    }

    [Fact]
    public async Task K8_Columns_OfAFileUnreadableFurtherDown_SayTheLine()
    {
        var acme = await Make.Tenant(fixture.Host);
        var file = "id,Name\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"{i},Ann\n")) + "51," + new string('x', CsvRows.MaxValueLength + 1) + "\n";
        var id = await Make.Import(acme, file);
        var browser = await acme.Admin.Browser();
        Assert.Equal(HttpStatusCode.OK, (await browser.Get($"/imports/{id}/format")).Status);
        foreach (var page in new[] { await browser.Get($"/imports/{id}/columns"), await browser.Post($"/imports/{id}/columns", new Dictionary<string, string> { ["Form.Fields[0]"] = "name", ["Form.Fields[1]"] = "name" }) })
            Assert.EndsWith($"/imports/{id}/format", page.Location?.ToString(), StringComparison.Ordinal);
        Assert.Contains("The file cannot be read past line", (await browser.Get($"/imports/{id}/format")).Body, StringComparison.Ordinal);

        var unreadable = Assert.Throws<UnreadableFileException>(() => CsvRows.Read(new StringReader(file), ',').Count());
        Assert.DoesNotContain("Ann", unreadable.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("xxx", unreadable.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_OfFailedRevertedAndDeletedImports_AreGone()
    {
        var acme = await Make.Tenant(fixture.Host);
        var failed = await Make.Import(acme, "id,Name\n1,Ann\n2," + new string('x', CsvRows.MaxValueLength + 1) + "\n");
        Assert.Equal(ImportState.Failed, (await acme.Do(failed, CustomerImport.JobKind)).State);
        var deleted = await Make.Import(acme, File);
        Assert.Single(Directory.GetFiles(FolderOf(acme)));
        var browser = await acme.Admin.Browser();
        Assert.EndsWith("/imports", (await browser.Post($"/imports/{deleted}/delete")).Location!.ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(FolderOf(acme)));
        Assert.Equal([failed], await acme.Use(db => db.Imports.Select(i => i.Id).ToListAsync()));
    }

    [Fact]
    public async Task Delete_WhileItRuns_IsRefusedAndAfterwardsTakesTheRows()
    {
        var acme = await Make.Tenant(fixture.Host);
        var id = await Make.Import(acme, File);
        await acme.Ask(id, CustomerImport.JobKind);
        var browser = await acme.Admin.Browser();
        Assert.EndsWith($"/imports/{id}", (await browser.Post($"/imports/{id}/delete")).Location!.ToString(), StringComparison.Ordinal);
        var runner = fixture.Host.Services.GetRequiredService<Web.Platform.Jobs.JobRunner>();
        while (await runner.RunNext(default)) { }
        Assert.Equal(1, await acme.Use(db => db.ImportRows.CountAsync()));
        Assert.NotNull((await browser.Get($"/imports/{id}")).Find($"[formaction$='/imports/{id}/delete']"));
        await browser.Post($"/imports/{id}/delete");
        Assert.Equal((0, 0, 1), await acme.Use(async db => (await db.Imports.CountAsync(), await db.ImportRows.CountAsync(), await db.Customers.CountAsync())));
    }

    [Fact]
    public async Task Purge_TakesOnlyWhatWasLeftLying()
    {
        await using var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        var mapping = await Make.Import(acme, File);
        await acme.Do(await Make.Import(acme, File), ImportCheck.JobKind);
        var done = await Make.Import(acme, File);
        await acme.Do(done, CustomerImport.JobKind);
        host.Clock.Advance(TimeSpan.FromDays(31));
        var fresh = await Make.Import(acme, File);
        await host.Services.GetRequiredService<Web.Schedule>().Daily(default);
        Assert.Equal([done, fresh], await acme.Use(db => db.Imports.OrderBy(i => i.Id).Select(i => i.Id).ToListAsync()));
        Assert.Single(Directory.GetFiles(Path.Combine(host.Folder, "imports", $"{acme.Id}")));
        Assert.True(mapping < done);
    }

    [Fact]
    public async Task BulkUpdate_EveryColumnItWrites_IsSetByAChangeOfTheDetails()
    {
        var (then, later) = (new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2021, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var (before, after) = (new Customer(new CustomerDetails { Name = "a" }, then), new Customer(new CustomerDetails { Name = "a" }, then));
        after.Change(
            new CustomerDetails
            {
                Kind = CustomerKind.Organisation,
                Name = "b",
                Email = "b@example.org",
                Phone = "+49 170 1234567",
                Website = "https://example.org",
                Street = "s",
                City = "c",
                Region = "r",
                PostalCode = "p",
                Country = "DE",
                Industry = "i",
                Language = "l",
                PreferredChannel = Enum.GetValues<Channel>()[^1],
                Stage = LifecycleStage.Loyal,
                Source = "s",
                Description = "d",
                ExternalId = "e",
                OwnerId = 1,
                TeamId = 2,
                OrganisationId = 3,
                ServiceTierId = 4,
            },
            later);
        var acme = await Make.Tenant(fixture.Host);
        var written = await acme.Use(db => Task.FromResult(db.Model.FindEntityType(typeof(Customer))!.GetProperties()
            .Where(p => p.PropertyInfo is not null && !BulkWrite.NotDetails.Contains(p.Name)).Select(p => p.PropertyInfo!).ToList()));
        // a new column is either set by Customer.Change or named among what a bulk update leaves alone
        Assert.Empty(written.Where(p => Equals(p.GetValue(before), p.GetValue(after))).Select(p => p.Name));
        Assert.True(written.Count > 20);
    }

    private static Task<long> Team(TestTenant tenant, string name) => tenant.Use(async db =>
    {
        var team = new Team(name);
        db.Teams.Add(team);
        await db.SaveChangesAsync();
        return team.Id;
    });

    private string FolderOf(TestTenant tenant) => Path.Combine(fixture.Host.Folder, "imports", $"{tenant.Id}");
}
