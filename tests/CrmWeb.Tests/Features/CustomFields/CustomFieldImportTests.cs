using System.Globalization;
using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Features.Imports;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Imports;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.CustomFields;

/// <summary>Custom fields in files: out of the export, into the import, and back again.</summary>
public sealed class CustomFieldImportTests(ImportHost fixture) : IClassFixture<ImportHost>
{
    private static readonly CustomFieldType[] Types = Enum.GetValues<CustomFieldType>();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task T16_ExportThenImport_EveryCustomValueIsTheSame(int seed)
    {
        var (from, to) = (await Make.Tenant(fixture.Host), await Make.Tenant(fixture.Host));
        var member = await Make.Member(from, Role.Sales, "=Owner, \"the\" first");
        var same = await Make.Member(to, Role.Sales, "Called otherwise", member.UserId);
        foreach (var tenant in (TestTenant[])[from, to]) await MakeAll(tenant);
        await Fill(from, seed, member.Id);

        var file = await (await from.Admin.Browser()).Get("/customers.csv?columns=all");
        var import = await to.Do(await Make.Import(to, await file.Response.Content.ReadAsByteArrayAsync()), CustomerImport.JobKind);
        Assert.Equal([], await to.Use(db => db.ImportRows.Where(r => r.ImportId == import.Id && r.Outcome == RowOutcome.Refused).Select(r => r.Reason + " " + r.Before).Take(3).ToListAsync()));
        Assert.Equal(ImportState.Done, import.State);
        Assert.Equal(await Said(from, member.Id), await Said(to, same.Id));

        // and what it wrote itself changes nothing
        var own = await (await to.Admin.Browser()).Get("/customers.csv?columns=all");
        var again = await to.Do(await Make.Import(to, await own.Response.Content.ReadAsByteArrayAsync()), CustomerImport.JobKind);
        Assert.Equal((0L, 0L, 0L), (again.NewCount, again.ChangedCount, again.RefusedCount));
    }

    [Fact]
    public async Task Import_ColumnsCalledLikeFields_AreGuessedByKeyAndLabel()
    {
        var acme = await Make.Tenant(fixture.Host);
        await Make.Field(acme, CustomFieldType.Text, "Favourite roast");
        await Make.Field(acme, CustomFieldType.Number, "Kilos");
        var import = await acme.ImportOf(await Make.Import(acme, "id,Name,FAVOURITE ROAST,custom.kilos\n1,Ann,Dark,3\n"));
        Assert.Equal(["externalId", "name", "custom.favourite_roast", "custom.kilos"], ImportSettings.Of(import).Fields);
        var page = await (await acme.Admin.Browser()).Get($"/imports/{import.Id}/columns");
        Assert.Contains("Favourite roast", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_WrongValues_RefuseTheRowWithTheReason()
    {
        var acme = await Make.Tenant(fixture.Host);
        await Make.Field(acme, CustomFieldType.Number, "Kilos");
        await Make.Field(acme, CustomFieldType.Choice, "Roast", null, "Dark");
        await Make.Field(acme, CustomFieldType.Text, "Plate", d => d with { Unique = true });
        await Make.Field(acme, CustomFieldType.Text, "Needed", d => d with { RequiredAt = StageSet.Customer });
        await Make.Field(acme, CustomFieldType.Customer, "Partner");
        var import = await acme.Do(await Make.Import(acme, """
            id,Name,Kilos,Roast,Plate,Needed,Stage,Partner
            1,Good,2.5,dark,B-1,x,customer,
            2,Bad number,many,dark,B-2,x,lead,
            3,Bad option,1,Pale,B-3,x,lead,
            4,Twin,1,Dark,b-1,x,lead,
            5,Incomplete,1,Dark,B-5,,customer,
            6,Stranger,1,Dark,B-6,x,lead,Nobody
            """), CustomerImport.JobKind);
        Assert.Equal((1L, 5L), (import.NewCount, import.RefusedCount));
        var page = (await (await acme.Admin.Browser()).Get($"/imports/{import.Id}")).Text;
        foreach (var reason in (string[])["Kilos: is no number, or may be read in two ways", "Roast: is none of the options", "Plate: belongs to another customer already", "Needed: must be filled in", "Partner: is not one customer here"])
            Assert.Contains(reason, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_ChangesValues_TheDryRunShowsThemAndTheRevertPutsThemBack()
    {
        var acme = await Make.Tenant(fixture.Host);
        await Make.Field(acme, CustomFieldType.Choices, "Roast", null, "Dark", "Light");
        await Make.Field(acme, CustomFieldType.Date, "Until");
        var fields = await Make.FieldsOf(acme);
        var dark = CustomText.Id(fields.Find("roast")!.OptionNamed("Dark")!.Id);
        await Make.Customer(acme, "Ann", d => (d with { ExternalId = "1", CustomFields = fields }).With("roast", [dark]).With("until", ["2026-01-01"]));
        await Make.Customer(acme, "Bob", d => d with { ExternalId = "2" });
        var before = await CustomerFieldsTests.Values(acme);
        var id = await Make.Import(acme, "id,Roast,custom.until,Name\n1,Light|Dark,2027-05-06,Ann\n2,Light,,Bob\n");
        var check = await acme.Do(id, ImportCheck.JobKind);
        Assert.Equal((0L, 2L, 0L), (check.NewCount, check.ChangedCount, check.RefusedCount));
        var page = (await (await acme.Admin.Browser()).Get($"/imports/{id}")).Text;
        Assert.Contains("Dark, Light", page, StringComparison.Ordinal);
        Assert.Contains("2027-05-06", page, StringComparison.Ordinal);
        Assert.Equal(before, await CustomerFieldsTests.Values(acme));

        await acme.Do(id, CustomerImport.JobKind);
        Assert.Equal(4, (await CustomerFieldsTests.Values(acme)).Count);
        var reverted = await acme.Do(id, ImportRevert.JobKind);
        Assert.Equal(ImportState.Reverted, reverted.State);
        Assert.Equal(before, await CustomerFieldsTests.Values(acme));
    }

    [Fact]
    public async Task Import_NewCustomers_HaveDefaultsAndGoWithTheRevert()
    {
        var acme = await Make.Tenant(fixture.Host);
        await Make.Field(acme, CustomFieldType.Text, "Kind of", d => d with { Default = "usual" });
        var id = await Make.Import(acme, "id,Name,Company\n1,Ann,Acme\n2,Bob,Acme\n");
        await acme.Do(id, CustomerImport.JobKind);
        Assert.Equal(3, await acme.Use(db => db.CustomValues.CountAsync(v => v.Text == "usual")));
        await acme.Do(id, ImportRevert.JobKind);
        Assert.Equal((0, 0), (await acme.Use(db => db.Customers.CountAsync()), await acme.Use(db => db.CustomValues.CountAsync())));
    }

    [Fact]
    public async Task Export_OrderedByTheField_HoldsEverybodyBeyondOneChunk()
    {
        var acme = await Make.Tenant(fixture.Host);
        await Make.Field(acme, CustomFieldType.Number, "Kilos");
        var fields = await Make.FieldsOf(acme);
        await acme.Use(db =>
        {
            db.Customers.AddRange(Enumerable.Range(0, 2300).Select(i => new Customer(
                (new CustomerDetails { Name = $"C{i}", CustomFields = fields }).With("kilos", i % 10 == 0 ? [] : [$"{i % 50}"]), fixture.Host.Clock.Now)));
            return db.SaveChangesAsync();
        });
        var csv = (await (await acme.Admin.Browser()).Get("/customers.csv?columns=name,custom.kilos&sort=-custom.kilos")).Body;
        var lines = csv.TrimEnd().Split('\n').Skip(1).Select(line => line.Split(',')[0]).ToList();
        Assert.Equal((2300, 2300), (lines.Count, lines.Distinct(StringComparer.Ordinal).Count()));
    }

    [Fact]
    public async Task T10_FilesWithAHiddenField_AreNotForWhoMayNotSeeIt()
    {
        var acme = await Make.Tenant(fixture.Host);
        await Make.Field(acme, CustomFieldType.Text, "Hiddenlabel", d => d with { VisibleTo = Role.Sales });
        var manager = await Make.Member(acme, Role.Manager);
        var browser = await manager.Browser();
        var ofAdmin = await Make.Import(acme, "id,Name,Hiddenlabel\n1,Ann,MARK-secret\n");
        await acme.Do(ofAdmin, ImportCheck.JobKind);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/imports/{ofAdmin}")).Status);
        Assert.DoesNotContain("file", (await browser.Get("/imports")).Texts("tr.crm-list-row"));
        await acme.Do(ofAdmin, CustomerImport.JobKind);
        var csv = (await browser.Get("/customers.csv?columns=all")).Body;
        Assert.Contains("Ann", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("MARK-secret", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("hiddenlabel", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("MARK-secret", (await browser.Get("/customers.csv?columns=name,custom.hiddenlabel")).Body, StringComparison.Ordinal);

        // the same header again: the mapping that is remembered does not bring the field in
        var own = await acme.Use(async db =>
        {
            var files = (ImportFiles)fixture.Host.Services.GetService(typeof(ImportFiles))!;
            var bytes = "id,Name,Hiddenlabel\n1,Ann,overwritten\n"u8.ToArray();
            var stored = (await files.Save(db.Current, new MemoryStream(bytes), default))!;
            var import = new Import("own.csv", stored.Key, stored.Size, manager.Id, fixture.Host.Clock.Now) { Settings = ImportSource.Detect(new MemoryStream(bytes)).ToJson() };
            db.Imports.Add(import);
            await db.SaveChangesAsync();
            return import.Id;
        });
        var page = await browser.Get($"/imports/{own}/columns");
        Assert.DoesNotContain("custom.hiddenlabel", page.Body, StringComparison.Ordinal);
        var posted = page.Untouched("/columns").Where(f => f.Key != "Form.Fields[2]").Append(new("Form.Fields[2]", "custom.hiddenlabel"));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/imports/{own}/columns", posted)).Status);
        Assert.Equal(ImportField.Ignore, ImportSettings.Of(await acme.ImportOf(own)).Fields[2]);
    }

    private static async Task MakeAll(TestTenant tenant)
    {
        foreach (var type in Types) await Make.Field(tenant, type, $"{type}", null, type.HasOptions() ? ["One", "=Two", "Three; or four", "Five, six", "هفت"] : []);
        await Make.Customer(tenant, "Partner", d => d with { ExternalId = "=partner" });
    }

    private static async Task Fill(TestTenant tenant, int seed, long member)
    {
        var fields = await Make.FieldsOf(tenant);
        var partner = await tenant.Use(db => db.Customers.Select(c => c.Id).SingleAsync());
        var typed = CrmWeb.Tests.Domain.Customers.CustomFields.CustomTextTests.Typed.Sample(10, new Rnd((ulong)seed), 400).ToLookup(one => one.Type, one => one.Typed);
        var chance = new Random(seed);
        for (var i = 0; i < 60; i++)
        {
            var details = new CustomerDetails { Name = $"Customer {i}", ExternalId = $"#{i}", CustomFields = fields };
            foreach (var field in fields.All.Where(_ => chance.Next(3) > 0))
            {
                string[] values = field.Type switch
                {
                    CustomFieldType.Choice => [CustomText.Id(field.Options[chance.Next(5)].Id)],
                    CustomFieldType.Choices => [.. field.Options.Where(_ => chance.Next(2) == 0).Select(option => CustomText.Id(option.Id))],
                    CustomFieldType.Member => [CustomText.Id(member)],
                    CustomFieldType.Customer => [CustomText.Id(partner)],
                    _ => [.. typed[field.Type].Skip(chance.Next(5) + i % 10).Where(Storable).Select(text => CustomText.Read(field, text, "EUR", out _)).OfType<string>().Take(1)],
                };
                details = details.With(field.Key, fields.Ordered(field, values));
            }

            await Make.Customer(tenant, details.Name, _ => details);
        }
    }

    private static bool Storable(string text) => !text.EnumerateRunes().Any(rune => rune.Value is 0 or 0xFFFD);

    /// <summary>What every customer has, with ids of the tenant as names.</summary>
    private static Task<List<string>> Said(TestTenant tenant, long member) => tenant.Use(async db =>
    {
        var rows = await db.CustomValues.Include(v => v.Field).Include(v => v.Option).Include(v => v.Reference).Include(v => v.Customer).AsNoTracking().ToListAsync();
        return rows.ConvertAll(v => string.Create(CultureInfo.InvariantCulture,
            $"{v.Customer!.ExternalId} {v.Field!.Key}: {v.Option?.Name ?? v.Reference?.ExternalId ?? (v.MemberId == member ? "member" : v.Read(v.Field.Type))}")).Order(StringComparer.Ordinal).ToList();
    });
}
