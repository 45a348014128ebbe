using CrmWeb.Domain.Customers.Duplicates;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Imports;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Imports;

/// <summary>Rows that are new by their key, and likely stand for somebody who is there.</summary>
public sealed class ImportDuplicatesTests(ImportHost fixture) : IClassFixture<ImportHost>
{
    private const string File = "External id,Name,Email,City\n1,Ann Lee,ann@lee.example,Bonn\n2,Somebody Else,other@else.example,Ulm\n3,Bob Ray,,Kiel\n";

    [Theory]
    [InlineData(OnDuplicate.Make, 3, 0, 0)]
    [InlineData(OnDuplicate.Skip, 1, 0, 2)]
    [InlineData(OnDuplicate.Update, 1, 2, 0)]
    public async Task Run_RowsLikeSomebodyWhoIsThere_AreToldAndTreatedAsChosen(OnDuplicate chosen, int made, int changed, int same)
    {
        var acme = await Make.Tenant(fixture.Host);
        var ann = await Make.Customer(acme, "Ann Lee", d => d with { Email = "ann@lee.example" });
        var bob = await Make.Customer(acme, "Bob Ray");
        var id = await Make.Import(acme, File, s => s with { Match = MatchRule.ExternalId, OnDuplicate = chosen });

        var check = await acme.Do(id, ImportCheck.JobKind);
        Assert.Equal((made, changed, same, 2), (check.NewCount, check.ChangedCount, check.SameCount, check.LikelyCount));
        Assert.Empty(await acme.Use(db => db.DuplicatePairs.ToListAsync()));
        var page = await (await acme.Admin.Browser()).Get($"/imports/{id}");
        Assert.Contains(page.Texts(".crm-stat"), text => text.StartsWith("Likely there already", StringComparison.Ordinal) && text.EndsWith('2'));
        if (chosen != OnDuplicate.Update) Assert.NotNull(page.Find($"a[href$='/customers/{ann}']"));

        var run = await acme.Do(id, CustomerImport.JobKind);
        Assert.Equal((made, changed, same, 2), (run.NewCount, run.ChangedCount, run.SameCount, run.LikelyCount));
        Assert.Equal(2 + made, await acme.Use(db => db.Customers.CountAsync()));
        Assert.Equal(chosen == OnDuplicate.Update ? "Bonn" : null, (await acme.CustomerOf(ann)).City);
        Assert.Equal(chosen == OnDuplicate.Update ? "3" : null, (await acme.CustomerOf(bob)).ExternalId);
        var pairs = await acme.Use(db => db.DuplicatePairs.OrderBy(p => p.FirstId).ToListAsync());
        Assert.Equal(chosen == OnDuplicate.Make ? [ann, bob] : [], pairs.Select(p => p.FirstId));
        Assert.All(pairs, p => Assert.Equal(DuplicateState.Open, p.State));
        Assert.Contains((await (await acme.Admin.Browser()).Get($"/imports/{id}")).Texts(".crm-stat"), text => text.StartsWith("Likely there already", StringComparison.Ordinal));

        // taken back, everything is as before
        Assert.Equal(ImportState.Reverted, (await acme.Do(id, ImportRevert.JobKind)).State);
        Assert.Equal((2, (string?)null), (await acme.Use(db => db.Customers.CountAsync()), (await acme.CustomerOf(ann)).City));
        Assert.Empty(await acme.Use(db => db.DuplicatePairs.ToListAsync()));
    }

    [Fact]
    public async Task Run_OnlyAnAddressIsShared_ChangesNobodyAndWaitsInTheQueue()
    {
        var acme = await Make.Tenant(fixture.Host);
        var office = await Make.Customer(acme, "Front Office", d => d with { Email = "info@lee.example" });
        var ann = await Make.Customer(acme, "Ann Lee", d => d with { Email = "ann@lee.example" });
        var id = await Make.Import(acme, "External id,Name,Email,City\n1,Jane Miller,info@lee.example,Bonn\n2,Ann Lee,ann@lee.example,Ulm\n", s => s with { Match = MatchRule.ExternalId, OnDuplicate = OnDuplicate.Update });
        var check = await acme.Do(id, ImportCheck.JobKind);
        Assert.Equal((1, 1, 2), (check.NewCount, check.ChangedCount, check.LikelyCount));
        var page = await (await acme.Admin.Browser()).Get($"/imports/{id}");
        Assert.Contains("Those of a like name are taken for the customers who are there; the others come in as new customers", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Find($"a[href$='/customers/{office}']"));

        var run = await acme.Do(id, CustomerImport.JobKind);
        Assert.Equal((1, 1, 2), (run.NewCount, run.ChangedCount, run.LikelyCount));
        var kept = await acme.CustomerOf(office);
        Assert.Equal(("Front Office", (string?)null, (string?)null), (kept.Name, kept.City, kept.ExternalId));
        Assert.Equal("Ulm", (await acme.CustomerOf(ann)).City);
        Assert.Equal(office, Assert.Single(await acme.Use(db => db.DuplicatePairs.ToListAsync())).FirstId);
    }

    [Fact]
    public async Task Run_LikeOneOfAnotherExternalId_MakesANewCustomerEvenWhereThoseAreUpdated()
    {
        var acme = await Make.Tenant(fixture.Host);
        var ann = await Make.Customer(acme, "Ann Lee", d => d with { Email = "ann@lee.example", ExternalId = "77" });
        var id = await Make.Import(acme, File, s => s with { Match = MatchRule.ExternalId, OnDuplicate = OnDuplicate.Update });
        var run = await acme.Do(id, CustomerImport.JobKind);
        Assert.Equal((3, 0, 1), (run.NewCount, run.ChangedCount, run.LikelyCount));
        Assert.Equal("77", (await acme.CustomerOf(ann)).ExternalId);
    }

    [Fact]
    public async Task Run_RowsAlikeWithinTheFile_OrFoundByTheirKey_AreNoDuplicatesOfSomebodyThere()
    {
        var acme = await Make.Tenant(fixture.Host);
        await Make.Customer(acme, "Ann Lee", d => d with { Email = "ann@lee.example", ExternalId = "1" });
        var id = await Make.Import(acme, "External id,Name,Email\n1,Ann Lee,ann@lee.example\n2,Cia Moe,cia@moe.example\n3,Cia Moe,cia@moe.example\n", s => s with { Match = MatchRule.ExternalId });
        var run = await acme.Do(id, CustomerImport.JobKind);
        Assert.Equal((2, 0), (run.NewCount, run.LikelyCount));
    }

    [Fact]
    public async Task T9_Run_LikeACustomerOfAnotherTenantOrHidden_IsNotTold()
    {
        var (acme, other) = (await Make.Tenant(fixture.Host), await Make.Tenant(fixture.Host));
        await Make.Customer(acme, "Zed First");
        await Make.Customer(other, "Ann Lee", d => d with { Email = "ann@lee.example" });
        var id = await Make.Import(acme, File, s => s with { Match = MatchRule.ExternalId });
        Assert.Equal(0, (await acme.Do(id, CustomerImport.JobKind)).LikelyCount);
    }
}
