using CrmWeb.Data;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Shared.Csv;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Imports;

/// <summary>The command as a shell calls it.</summary>
public sealed class ImportVerbTests(ImportHost fixture) : IClassFixture<ImportHost>
{
    private const string People = "id,Name,Email,Created\n1,Ann,ann@example.org,03-04-05\n2,Bob,not a mail,04-05-06\n";

    [Fact]
    public async Task Import_DryRunThenRunThenAgain_CountsAndCodes()
    {
        var (acme, mail, path) = await Prepare(People);
        var errors = Path.Combine(fixture.Host.Folder, "errors.csv");
        var dry = await Run("import", "customers", path, "--tenant", acme.Slug, "--as", mail, "--match", "email", "--dates", "dmy", "--dry-run");
        Assert.Equal((1, "new 1, changed 0, same 0, refused 1"), (dry.Code, dry.LastLine));
        Assert.Empty(await acme.Use(db => db.Customers.ToListAsync()));
        Assert.Empty(await acme.Use(db => db.Imports.ToListAsync()));

        var run = await Run("import", "customers", path, "--tenant", acme.Slug, "--as", mail, "--dates", "dmy", "--errors", errors);
        Assert.Equal((1, "new 1, changed 0, same 0, refused 1"), (run.Code, run.LastLine));
        Assert.Contains("E-mail: is no e-mail address", await File.ReadAllTextAsync(errors), StringComparison.Ordinal);

        var map = Path.Combine(fixture.Host.Folder, $"map{Make.Number()}.txt");
        await File.WriteAllTextAsync(map, "id=externalId\nName=name\n");
        var again = await Run("import", "customers", path, "--tenant", acme.Slug, "--as", mail, "--map", map);
        Assert.Equal((0, "new 1, changed 0, same 1, refused 0"), (again.Code, again.LastLine));
    }

    [Fact]
    public async Task Import_RowsLikeSomebodyThere_SaysTheirNumberBeforeTheLastLine()
    {
        var (acme, mail, path) = await Prepare("Name,Email\nAnn Lee,ann@lee.example\nBob,bob@example.org\n");
        await Make.Customer(acme, "Ann Lee");
        var run = await Run("import", "customers", path, "--tenant", acme.Slug, "--as", mail, "--match", "email", "--on-duplicate", "skip");
        Assert.Equal((0, "new 1, changed 0, same 1, refused 0"), (run.Code, run.LastLine));
        Assert.Contains("likely duplicates 1", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_RefusedRowOfAnExport_MendedComesBackToItsCustomer()
    {
        var (acme, mail, path) = await Prepare("");
        var ann = await acme.CustomerOf(await Make.Customer(acme, "Ann"));
        var errors = Path.Combine(fixture.Host.Folder, $"errors{Make.Number()}.csv");
        await File.WriteAllTextAsync(path, $"Name,Email,{CsvFormulas.MarkColumn}\nAnn B.,no mail,{RowKey.Of(ann.Id, ann.CreatedAt)}\n");
        Assert.Equal("new 0, changed 0, same 0, refused 1", (await Run("import", "customers", path, "--tenant", acme.Slug, "--as", mail, "--match", "email", "--errors", errors)).LastLine);

        await File.WriteAllTextAsync(errors, (await File.ReadAllTextAsync(errors)).Replace("no mail", "ann@example.org", StringComparison.Ordinal));
        Assert.Equal("new 0, changed 1, same 0, refused 0", (await Run("import", "customers", errors, "--tenant", acme.Slug, "--as", mail, "--match", "email")).LastLine);
        Assert.Equal("Ann B.", (await acme.CustomerOf(ann.Id)).Name);
    }

    [Theory]
    [InlineData(2, "--on-duplicate is one of", "--on-duplicate", "ask")]
    [InlineData(2, "--match is one of", "--match", "shoe-size")]
    [InlineData(2, "--sheet is not known here", "--sheet", "2")]
    [InlineData(1, "Give --dates dmy, mdy or ymd.")]
    [InlineData(1, "There is no file", "--map", "nowhere.txt")]
    public async Task Import_Wrong_SaysSoInOneLine(int code, string error, params string[] more)
    {
        var (acme, mail, path) = await Prepare(People);
        var ended = await Run(["import", "customers", path, "--tenant", acme.Slug, "--as", mail, .. more]);
        Assert.Equal(code, ended.Code);
        Assert.Contains(error, ended.Error, StringComparison.Ordinal);
        Assert.Single(ended.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Import_MemberWithoutTheRightOrOfAnotherTenant_IsRefused()
    {
        var (acme, _, path) = await Prepare(People);
        var rep = await Mail(await Make.Member(acme, Role.Sales));
        var stranger = await Mail((await Make.Tenant(fixture.Host)).Admin);
        Assert.Equal(1, (await Run("import", "customers", path, "--tenant", acme.Slug, "--as", rep)).Code);
        Assert.Equal(1, (await Run("import", "customers", path, "--tenant", acme.Slug, "--as", stranger)).Code);
        Assert.Empty(await acme.Use(db => db.Customers.ToListAsync()));
    }

    private Task<Ended> Run(params string[] words) => ChildProgram.Run(fixture.Host, words);

    private async Task<(TestTenant Tenant, string Mail, string Path)> Prepare(string content)
    {
        var acme = await Make.Tenant(fixture.Host);
        var path = Path.Combine(fixture.Host.Folder, $"people{Make.Number()}.csv");
        await File.WriteAllTextAsync(path, content);
        return (acme, await Mail(acme.Admin), path);
    }

    private Task<string> Mail(TestMember member) => fixture.Host.Scope(services =>
        services.GetRequiredService<CrmDb>().Users.Where(u => u.Id == member.UserId).Select(u => u.Email!).SingleAsync());
}
