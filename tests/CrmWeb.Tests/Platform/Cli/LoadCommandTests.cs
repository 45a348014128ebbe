using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Platform.Cli;

public class LoadCommandTests
{
    [Fact]
    public async Task Load_Valid_AppendsExactlyWhatWasAskedWithRightFacts()
    {
        var tenant = await Make.Tenant();
        var other = await Make.Tenant();
        await Make.Customer(tenant, "Here before");

        var ended = await ChildProgram.Run(tenant.Host, "load", "--tenant", tenant.Slug, "--customers", "400", "--interactions", "3000", "--seed", "7");

        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.StartsWith($"400 customers, 3000 interactions and 0 orders in '{tenant.Slug}'", ended.LastLine, StringComparison.Ordinal);
        await tenant.Use(async db =>
        {
            Assert.Equal(401, await db.Customers.CountAsync());
            Assert.Equal(3000, await db.Interactions.CountAsync());
            Assert.Equal(0, await Make.WrongFacts(db));
            Assert.True(await db.CustomerTags.AnyAsync());
            Assert.True(await db.Tasks.AnyAsync());
            Assert.True(await db.Customers.Select(c => c.OwnerId).Distinct().CountAsync() > 5);
            return 0;
        });
        Assert.Equal(0, await other.Use(db => db.Customers.CountAsync()));
    }

    [Fact]
    public async Task Load_SameSeed_WritesTheSameNames()
    {
        var (one, two) = (await Make.Tenant(), await Make.Tenant());
        foreach (var tenant in new[] { one, two })
            Assert.Equal(0, (await ChildProgram.Run(tenant.Host, "load", "--tenant", tenant.Slug, "--customers", "60", "--seed", "5")).Code);

        Assert.Equal(await Names(one), await Names(two));
        static Task<List<string>> Names(TestTenant tenant) => tenant.Use(db => db.Customers.OrderBy(c => c.Id).Select(c => c.Name).ToListAsync());
    }

    [Theory]
    [InlineData(2, "--tenant is missing", "load", "--customers", "5")]
    [InlineData(2, "--customers is missing", "load", "--tenant", "x")]
    [InlineData(2, "'many'", "load", "--tenant", "x", "--customers", "many")]
    [InlineData(2, "--colour", "load", "--tenant", "x", "--customers", "5", "--colour", "red")]
    [InlineData(1, "There is no tenant 'nowhere-at-all'", "load", "--tenant", "nowhere-at-all", "--customers", "5")]
    [InlineData(2, "--again", "demo", "--again")]
    [InlineData(2, "'lode' is not known", "lode")]
    public async Task Wrong_Usage_SaysSoInOneLine(int code, string says, params string[] words)
    {
        var ended = await ChildProgram.Run(await CrmHost.Shared(), words);
        Assert.Equal((code, ""), (ended.Code, ended.Output));
        Assert.Contains(says, ended.Error, StringComparison.Ordinal);
        Assert.Single(ended.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
