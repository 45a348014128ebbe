using CrmWeb.Data;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Customers;

/// <summary>The command as a shell calls it.</summary>
public sealed class ExportVerbTests
{
    [Fact]
    public async Task Export_ToOutputAndToFile_IsTheSameWholeFile()
    {
        var acme = await Make.Tenant();
        for (var i = 0; i < 3; i++) await Make.Customer(acme, $"Customer {i}", d => d with { Description = "=two\nlines, علی" });
        await Make.Customer(await Make.Tenant(), "MARK-B");
        var mail = await Mail(acme.Admin);
        var said = await ChildProgram.Run(acme.Host, "export", "customers", "--tenant", acme.Slug, "--as", mail);
        Assert.Equal((0, ""), (said.Code, said.Error));
        Assert.StartsWith("externalId,kind,name,", said.Output.TrimStart('\ufeff'), StringComparison.Ordinal);
        Assert.Contains("\"'=two\nlines, علی\"", said.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("MARK-B", said.Output, StringComparison.Ordinal);

        var path = Path.Combine(acme.Host.Folder, $"export{Make.Number()}.csv");
        var written = await ChildProgram.Run(acme.Host, "export", "customers", "--tenant", acme.Slug, "--as", mail, "--out", path);
        Assert.Equal((0, $"3 customers in {path}"), (written.Code, written.LastLine));
        Assert.Equal(said.Output.TrimStart('\ufeff'), (await File.ReadAllTextAsync(path)).TrimStart('\ufeff'));
        Assert.False(File.Exists(path + ".part"));
    }

    [Fact]
    public async Task Export_MemberWhoSeesTheirOwn_HasOnlyThose()
    {
        var acme = await Make.Tenant();
        var manager = await Make.Member(acme, Role.Manager);
        await acme.Use(db =>
        {
            db.RoleVisibilities.Add(new RoleVisibility(Role.Manager, Visibility.Own));
            return db.SaveChangesAsync();
        });
        await Make.Customer(acme, "Theirs", d => d with { OwnerId = manager.Id });
        await Make.Customer(acme, "Hidden");
        var ended = await ChildProgram.Run(acme.Host, "export", "customers", "--tenant", acme.Slug, "--as", await Mail(manager));
        Assert.Equal(0, ended.Code);
        Assert.Contains("Theirs", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Hidden", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_OfAView_HasItsCustomersAndColumns()
    {
        var acme = await Make.Tenant();
        await Make.Customer(acme, "Ann", d => d with { City = "Bonn" });
        await Make.Customer(acme, "Bob", d => d with { City = "Berlin" });
        await Make.View(await Make.Member(acme, Role.Manager), "city=Berlin", "In Bonn");
        await Make.View(acme.Admin, "city=Bonn&columns=name,city", "In Bonn");
        var said = await ChildProgram.Run(acme.Host, "export", "customers", "--tenant", acme.Slug, "--as", await Mail(acme.Admin), "--view", "in bonn");
        var lines = said.Output.TrimStart('\ufeff').Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((0, 2), (said.Code, lines.Length));
        Assert.StartsWith("name,city,kind,externalId", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("Ann,Bonn,", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "--colour is not known here", "--colour", "red")]
    [InlineData(1, "There is no view 'Mine'", "--view", "Mine")]
    [InlineData(1, "cannot be written", "--out", "no/such/folder/file.csv")]
    public async Task Export_Wrong_SaysSoInOneLine(int code, string error, params string[] more)
    {
        var acme = await Make.Tenant();
        AssertRefused(code, error, await ChildProgram.Run(acme.Host, ["export", "customers", "--tenant", acme.Slug, "--as", await Mail(acme.Admin), .. more]));
    }

    [Fact]
    public async Task Export_MemberWithoutTheRightOrOfAnotherTenant_IsRefused()
    {
        var acme = await Make.Tenant();
        await Make.Customer(acme, "MARK-A");
        var (rep, stranger) = (await Mail(await Make.Member(acme, Role.Sales)), await Mail((await Make.Tenant()).Admin));
        AssertRefused(1, "customers.export", await ChildProgram.Run(acme.Host, "export", "customers", "--tenant", acme.Slug, "--as", rep));
        AssertRefused(1, "is no member", await ChildProgram.Run(acme.Host, "export", "customers", "--tenant", acme.Slug, "--as", stranger));
        AssertRefused(2, "--as is missing", await ChildProgram.Run(acme.Host, "export", "customers", "--tenant", acme.Slug));
    }

    private static void AssertRefused(int code, string error, Ended ended)
    {
        Assert.Equal((code, ""), (ended.Code, ended.Output));
        Assert.Contains(error, ended.Error, StringComparison.Ordinal);
        Assert.Single(ended.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static Task<string> Mail(TestMember member) => member.Tenant.Host.Scope(services =>
        services.GetRequiredService<CrmDb>().Users.Where(u => u.Id == member.UserId).Select(u => u.Email!).SingleAsync());
}
