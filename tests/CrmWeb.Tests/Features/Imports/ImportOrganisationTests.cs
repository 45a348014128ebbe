using System.Text;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Imports;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Imports;

/// <summary>Organisations that rows name and organisations that are rows: each is one customer, wherever it stands in the file.</summary>
public sealed class ImportOrganisationTests(ImportHost fixture) : IClassFixture<ImportHost>
{
    // more than a batch
    private const int Many = 2100;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_OrganisationsAmongPersons_AreOneEach(bool makeOrganisations)
    {
        var acme = await Make.Tenant(fixture.Host);
        var late = makeOrganisations ? "d,person,Dee,Late\n" : "";
        var file = "id,Kind,Name,Organisation\na,person,Ann,Acme\nA,organisation,Acme,\nb,person,Bob,ACME\nB,organisation,Borg,Acme\nc,person,Cy,Borg\n" + late + Filler()
            + "L,organisation,Late,\ne,person,Eve,Acme\nf,person,Fay,Late\n";
        var id = await Make.Import(acme, file, s => s with { MakeOrganisations = makeOrganisations });
        var rows = Many + 8 + (makeOrganisations ? 1 : 0);
        Assert.Equal((rows, 0, 0), Counts(await acme.Do(id, ImportCheck.JobKind)));
        Assert.Equal((rows, 0, 0), Counts(await acme.Do(id, CustomerImport.JobKind)));

        var organisations = await acme.Use(db => db.Customers.Where(c => c.Kind == CustomerKind.Organisation).ToDictionaryAsync(c => c.Id, c => c.ExternalId));
        Assert.Equal(["A", "B", "L"], organisations.Values.Order());
        var persons = await acme.Use(db => db.Customers.Where(c => c.OrganisationId != null).ToDictionaryAsync(c => c.ExternalId!, c => c.OrganisationId!.Value));
        Assert.Equal(["B-A", "a-A", "b-A", "c-B", .. makeOrganisations ? new[] { "d-L" } : [], "e-A", "f-L"], persons.Select(p => $"{p.Key}-{organisations[p.Value]}").Order(StringComparer.Ordinal));

        var again = await acme.Do(await Make.Import(acme, file, s => s with { MakeOrganisations = makeOrganisations }), CustomerImport.JobKind);
        Assert.Equal((0, rows), (again.NewCount, again.SameCount));
        await acme.Do(id, ImportRevert.JobKind);
        Assert.Equal(0, await acme.Use(db => db.Customers.CountAsync()));
    }

    [Fact]
    public async Task Run_OrganisationsInARing_ComeIn()
    {
        var acme = await Make.Tenant(fixture.Host);
        var import = await acme.Do(await Make.Import(acme, "id,Kind,Name,Organisation\nA,organisation,Acme,Borg\nB,organisation,Borg,Acme\n"), CustomerImport.JobKind);
        Assert.Equal((ImportState.Done, 2), (import.State, import.NewCount));
        Assert.Equal(2, await acme.Use(db => db.Customers.CountAsync()));
    }

    [Theory]
    [InlineData(Visibility.Own)]
    [InlineData(Visibility.Team)]
    public async Task T7_Run_ByMemberWhoDoesNotSeeAll_FindsItsOwnOrganisationsAgain(Visibility sees)
    {
        var acme = await Make.Tenant(fixture.Host);
        acme.Admin = await Make.Member(acme, Role.Manager);
        await acme.Use(async db =>
        {
            db.RoleVisibilities.Add(new RoleVisibility(Role.Manager, sees));
            return await db.SaveChangesAsync();
        });
        var file = "id,Name,Organisation\na,Ann,Acme\n" + Filler(kind: false) + "b,Bob,Acme\n";
        await acme.Do(await Make.Import(acme, file), CustomerImport.JobKind);
        Assert.Equal(1, await acme.Use(db => db.Customers.CountAsync(c => c.Name == "Acme")));
        Assert.Equal([acme.Admin.Id], await acme.Use(db => db.Customers.Select(c => c.OwnerId!.Value).Distinct().ToListAsync()));

        var again = await acme.Do(await Make.Import(acme, file), CustomerImport.JobKind);
        Assert.Equal((0, 0, 0), Counts(again));
        Assert.Equal(Many + 3, await acme.Use(db => db.Customers.CountAsync()));
    }

    [Fact]
    public async Task Run_NewAndMovedCustomers_LeaveEvents()
    {
        var acme = await Make.Tenant(fixture.Host);
        await Make.Customer(acme, "Ann", d => d with { ExternalId = "1" });
        var id = await Make.Import(acme, "id,Name,Stage,Organisation\n1,Ann,loyal,\n2,Bob,lead,Acme\n");
        await acme.Do(id, CustomerImport.JobKind);
        Assert.Equal(["Acme created", "Ann stage-changed-to-loyal", "Bob created"], await Events(acme));
        await acme.Do(id, ImportRevert.JobKind);
        Assert.Equal(["Ann stage-changed-to-lead", "Ann stage-changed-to-loyal"], await Events(acme));
    }

    private static Task<List<string>> Events(TestTenant tenant) =>
        tenant.Use(async db => (await db.CustomerEvents.Select(e => e.Customer!.Name + " " + e.Kind).ToListAsync()).Order(StringComparer.Ordinal).ToList());

    private static (long, long, long) Counts(Import import) => (import.NewCount, import.ChangedCount, import.RefusedCount);

    private static string Filler(bool kind = true)
    {
        var file = new StringBuilder();
        for (var i = 0; i < Many; i++) file.Append(System.Globalization.CultureInfo.InvariantCulture, $"x{i},{(kind ? "person," : "")}Name {i},\n");
        return file.ToString();
    }
}
