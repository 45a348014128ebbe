using System.Text.Json;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Imports;
using CrmWeb.Web.Features.Shared.Csv;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Imports;

/// <summary>A database of their own: whoever works the queue off takes every job there is.</summary>
public sealed class ImportHost : IAsyncLifetime
{
    public CrmHost Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await CrmHost.Start();

    public async Task DisposeAsync() => await Host.DisposeAsync();
}

public sealed class CustomerImportTests(ImportHost fixture) : IClassFixture<ImportHost>
{
    [Fact]
    public async Task Run_SalesforceAccounts_EveryMappedCellIsInTheDatabase()
    {
        if (Texts.Shared("data", "salesforce", "accountData.csv") is not { } path) return;
        var acme = await Make.Tenant(fixture.Host);
        var bytes = await File.ReadAllBytesAsync(path);
        var id = await Make.Import(acme, bytes);
        var check = await acme.Do(id, ImportCheck.JobKind);
        Assert.Equal((423, 0, 0), (check.NewCount, check.ChangedCount, check.RefusedCount));
        Assert.Empty(await acme.Use(db => db.Customers.ToListAsync()));

        var import = await acme.Do(id, CustomerImport.JobKind);
        Assert.Equal((ImportState.Done, 423, 0), (import.State, import.NewCount, import.RefusedCount));
        var settings = ImportSettings.Of(import);
        Assert.Equal("windows-1252", settings.Encoding);
        var customers = await acme.Use(db => db.Customers.AsNoTracking().ToDictionaryAsync(c => c.ExternalId!));
        var cells = 0;
        foreach (var row in new ImportTable(new MemoryStream(bytes), settings.Format(new MemoryStream(bytes))).Rows())
        {
            var customer = customers[row.Values[settings.Columns.ToList().IndexOf("ID")]];
            foreach (var (field, value) in settings.Fields.Zip(row.Values).Where(f => f.Second.Length > 0 && f.First is not (ImportField.Ignore or ImportField.CreatedAt)))
            {
                var expected = field switch
                {
                    ImportField.Country => Countries.TryFind(value, out var code) ? code : value.Trim(),
                    ImportField.Description => value,
                    _ => value.Trim(),
                };
                Assert.Equal(expected.Length == 0 ? null : expected, DetailField.Of(field).Get(CustomerDetails.Of(customer)));
                cells++;
            }
        }

        Assert.True(cells > 2500, $"only {cells} cells were compared");
    }

    [Fact]
    public async Task Run_NaughtyStrings_SurviveUnchanged()
    {
        var acme = await Make.Tenant(fixture.Host);
        var strings = Texts.Shared("data", "text", "blns.json") is { } path
            ? JsonSerializer.Deserialize<string[]>(await File.ReadAllTextAsync(path))!
            : Texts.Naughty.Where(text => !text.Contains('\0', StringComparison.Ordinal)).ToArray();
        using var file = new MemoryStream();
        await using (var csv = new CsvWriting(file, ["External id", "Name", "Description"]))
        {
            for (var i = 0; i < strings.Length; i++) csv.Row([$"{i}", $"Row {i}", strings[i]]);
        }

        var import = await acme.Do(await Make.Import(acme, file.ToArray()), CustomerImport.JobKind);
        Assert.Equal((strings.Length, 0), (import.NewCount, import.RefusedCount));
        var stored = await acme.Use(db => db.Customers.ToDictionaryAsync(c => c.ExternalId!, c => c.Description));
        for (var i = 0; i < strings.Length; i++)
        {
            // white space alone says nothing
            Assert.Equal(string.IsNullOrWhiteSpace(strings[i]) ? null : strings[i], stored[$"{i}"]);
        }
    }

    [Theory]
    [InlineData(MatchRule.ExternalId)]
    [InlineData(MatchRule.Email)]
    [InlineData(MatchRule.Phone)]
    [InlineData(MatchRule.Name)]
    public async Task Run_SameFileTwice_ChangesNothingTheSecondTime(MatchRule rule)
    {
        var acme = await Make.Tenant(fixture.Host);
        const string File = "External id,Name,Email,Phone,Organisation,Tags,City\n1,Ann Lee,ann@example.org,+49 170 1234567,Acme,a;b,Bonn\n2,Bob Ray,bob@example.org,+49 170 1234568,Acme,b,Köln\n";
        var first = await acme.Do(await Make.Import(acme, File, s => s with { Match = rule }), CustomerImport.JobKind);
        Assert.Equal(2, first.NewCount);
        Assert.Equal(3, await acme.Use(db => db.Customers.CountAsync()));
        var second = await acme.Do(await Make.Import(acme, File, s => s with { Match = rule }), CustomerImport.JobKind);
        Assert.Equal((0, 0, 2, 0), (second.NewCount, second.ChangedCount, second.SameCount, second.RefusedCount));
        Assert.Equal(3, await acme.Use(db => db.Customers.CountAsync()));
        Assert.Equal(["a", "b", "b"], await acme.Use(db => db.CustomerTags.Select(t => t.Tag!.Name).OrderBy(n => n).ToListAsync()));
    }

    [Fact]
    public async Task Revert_TagThatCameIn_GoesAndChangesTheCustomer()
    {
        var acme = await Make.Tenant(fixture.Host);
        await Make.Customer(acme, "Ann", c => c with { ExternalId = "1" });
        var import = await acme.Do(await Make.Import(acme, "External id,Name,Tags\n1,Ann,new\n"), CustomerImport.JobKind);
        Assert.Equal(1, await acme.Use(db => db.CustomerTags.CountAsync()));
        await acme.Use(db => db.Customers.ExecuteUpdateAsync(set => set.SetProperty(c => c.ChangedAt, (DateTime?)null)));
        await acme.Do(import.Id, ImportRevert.JobKind);
        Assert.Equal(0, await acme.Use(db => db.CustomerTags.CountAsync()));
        Assert.NotNull((await acme.Use(db => db.Customers.SingleAsync())).ChangedAt);
    }

    [Theory]
    [InlineData("\u200c")]
    [InlineData("\u0640")]
    [InlineData("\u0001")]
    public async Task Run_NameOfWhichNothingIsFolded_ComesInLikeAnyOther(string name)
    {
        var acme = await Make.Tenant(fixture.Host);
        var import = await acme.Do(await Make.Import(acme, $"Name,Email,City\n{name},a@example.org,Bonn\nBo,bo@example.org,Ulm\n"), CustomerImport.JobKind);

        Assert.Equal((ImportState.Done, 2), (import.State, import.NewCount));
        var stored = await acme.Use(db => db.Customers.AsNoTracking().SingleAsync(c => c.City == "Bonn"));
        Assert.Equal((name, ""), (stored.Name, stored.NameNormal));
    }

    [Fact]
    public async Task Run_DuplicateInFile_SecondRowUpdatesTheFirst()
    {
        var acme = await Make.Tenant(fixture.Host);
        var import = await acme.Do(await Make.Import(acme, "Name,Email,City\nAnn,ann@example.org,Bonn\nAnn Lee,ANN@example.org,\n"), CustomerImport.JobKind);
        Assert.Equal((1, 1), (import.NewCount, import.ChangedCount));
        var ann = await acme.Use(db => db.Customers.SingleAsync());
        Assert.Equal(("Ann Lee", "Bonn"), (ann.Name, ann.City));
    }

    [Theory]
    [InlineData(OnMatch.Update, "Berlin", "new@example.org")]
    [InlineData(OnMatch.Fill, "Bonn", "new@example.org")]
    [InlineData(OnMatch.Keep, "Bonn", null)]
    public async Task Run_Match_DoesWhatWasChosen(OnMatch on, string city, string? email)
    {
        var acme = await Make.Tenant(fixture.Host);
        await Make.Customer(acme, "Ann", d => d with { ExternalId = "7", City = "Bonn" });
        await acme.Do(await Make.Import(acme, "id,Name,City,Email\n7,Ann,Berlin,new@example.org\n", s => s with { OnMatch = on }), CustomerImport.JobKind);
        var ann = await acme.Use(db => db.Customers.SingleAsync());
        Assert.Equal((city, email), (ann.City, ann.Email));
    }

    [Fact]
    public async Task Run_BadRows_AreRefusedWithTheReasonAndComeBackWhenMended()
    {
        var acme = await Make.Tenant(fixture.Host);
        var file = "id,Name,Email,Stage,Owner,Phone\n1,Good,,lead,,call me maybe\n2,,,,,\n3,Bad mail,not a mail,,,\n4,Bad stage,,sleeping,,\n5,Nobody's,,,nobody@example.org,\n6,"
            + new string('x', 201) + ",,,,\n7,Two,a,b,c,d,e\n";
        var id = await Make.Import(acme, file);
        var import = await acme.Do(id, CustomerImport.JobKind);
        Assert.Equal((1, 6), (import.NewCount, import.RefusedCount));
        Assert.Equal("call me maybe", await acme.Use(db => db.Customers.Select(c => c.Phone).SingleAsync()));

        using var refused = new MemoryStream();
        await acme.Use(async db =>
        {
            await RefusedRows.Write(db, import, refused, new Microsoft.Extensions.Localization.StringLocalizer<CustomerImportTests>(new NoTexts()), CrmWeb.Domain.Customers.CustomFields.CustomFieldSet.None, default);
            return 0;
        });
        var table = new ImportTable(new MemoryStream(refused.ToArray()), ImportFormat.Detect(new MemoryStream(refused.ToArray())));
        var rows = table.Rows().Select(row => row.Values).ToList();
        Assert.Equal([.. ImportSettings.Of(import).Columns, RefusedRows.ReasonColumn], table.Columns);
        Assert.Equal(["2", "3", "4", "5", "6", "7"], rows.Select(row => row[0]));
        Assert.Equal("E-mail: is no e-mail address", rows[1][^1]);
        Assert.All(rows, row => Assert.NotEmpty(row[^1]));
    }

    [Fact]
    public async Task T8_Run_ForeignOwnerAndExternalId_TouchNothingOfTheOtherTenant()
    {
        var (acme, other) = (await Make.Tenant(fixture.Host), await Make.Tenant(fixture.Host));
        var theirs = await Make.Customer(other, "Theirs", d => d with { ExternalId = "9", Email = "x@example.org" });
        var import = await acme.Do(await Make.Import(acme, "id,Name,Email\n9,Ours,x@example.org\n"), CustomerImport.JobKind);
        Assert.Equal(1, import.NewCount);
        Assert.Equal("Theirs", await other.Use(db => db.Customers.Where(c => c.Id == theirs).Select(c => c.Name).SingleAsync()));

        var bad = await acme.Do(await Make.Import(acme, "id,Name\n10,Bait\n", s => s with { Defaults = s.Defaults with { OwnerId = other.Admin.Id } }), CustomerImport.JobKind);
        Assert.Equal((ImportState.Running, 0), (bad.State, bad.NewCount));
        Assert.Equal(1, await acme.Use(db => db.Customers.CountAsync()));
    }

    [Fact]
    public async Task T7_Run_ByMemberWhoSeesTheirOwn_MatchesOnlyThose()
    {
        var acme = await Make.Tenant(fixture.Host);
        await Make.Customer(acme, "Hidden", d => d with { Email = "h@example.org", ExternalId = "h" });
        var manager = await Make.Member(acme, Role.Manager);
        await acme.Use(async db =>
        {
            db.RoleVisibilities.Add(new RoleVisibility(Role.Manager, Visibility.Own));
            return await db.SaveChangesAsync();
        });
        acme.Admin = manager;
        var import = await acme.Do(await Make.Import(acme, "Name,Email\nSeen,h@example.org\n"), CustomerImport.JobKind);
        Assert.Equal((1, 0), (import.NewCount, import.ChangedCount));
        var taken = await acme.Do(await Make.Import(acme, "id,Name\nh,Seen\n"), CustomerImport.JobKind);
        Assert.Equal(1, taken.RefusedCount);
        Assert.Equal("Hidden", await acme.Use(db => db.Customers.Where(c => c.ExternalId == "h").Select(c => c.Name).SingleAsync()));
    }

    private sealed class NoTexts : Microsoft.Extensions.Localization.IStringLocalizerFactory
    {
        private sealed class Same : Microsoft.Extensions.Localization.IStringLocalizer
        {
            public Microsoft.Extensions.Localization.LocalizedString this[string name] => new(name, name);

            public Microsoft.Extensions.Localization.LocalizedString this[string name, params object[] arguments] => new(name, string.Format(null, name, arguments));

            public IEnumerable<Microsoft.Extensions.Localization.LocalizedString> GetAllStrings(bool includeParentCultures) => [];
        }

        public Microsoft.Extensions.Localization.IStringLocalizer Create(Type resourceSource) => new Same();

        public Microsoft.Extensions.Localization.IStringLocalizer Create(string baseName, string location) => new Same();
    }
}
