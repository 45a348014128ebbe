using System.Web;
using CrmWeb.Data;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Platform.Cli;

public class TenantCommandTests
{
    [Fact]
    public async Task Create_Valid_MakesTenantAndAdminAndPrintsALinkThatTheProgramReads()
    {
        var host = await CrmHost.Shared();
        var (slug, mail) = ($"made-{Make.Number()}", $"founder{Make.Number()}@example.org");

        var ended = await ChildProgram.Run(host, "tenant", "create", "--name", "Made & Sons", "--slug", slug, "--admin", mail);

        Assert.Equal((0, ""), (ended.Code, ended.Error));
        var link = new Uri(ended.LastLine);
        Assert.Equal("http://localhost:5080", link.GetLeftPart(UriPartial.Authority));
        await host.Scope(async services =>
        {
            // made by another process: the keys are shared through the database
            var read = await services.GetRequiredService<MailLinks>().Read(HttpUtility.ParseQueryString(link.Query)["token"], link.AbsolutePath);
            Assert.Equal(mail, read?.User.Email);
            Assert.Null(read?.User.PasswordHash);
            var tenant = await services.GetRequiredService<CrmDb>().Tenants.SingleAsync(t => t.Slug == slug);
            Assert.Equal("Made & Sons", tenant.Name);
            var pass = await services.GetRequiredService<CrmDb>().PassOf(slug, read!.Value.User.Id, default);
            Assert.Equal(Role.Admin, pass?.Roles);
            return 0;
        });
    }

    [Fact]
    public async Task Create_KnownLogin_GetsASecondMembership()
    {
        var tenant = await Make.Tenant();
        var mail = await tenant.Use(db => db.Users.Where(u => u.Id == tenant.Admin.UserId).Select(u => u.Email!).SingleAsync());
        var slug = $"second-{Make.Number()}";

        Assert.Equal(0, (await ChildProgram.Run(tenant.Host, "tenant", "create", "--name", "Second", "--slug", slug, "--admin", mail)).Code);

        var tenants = await tenant.Host.Scope(s => s.GetRequiredService<CrmDb>().TenantsOf(tenant.Admin.UserId, default));
        Assert.Equal([slug, tenant.Slug], tenants.Select(t => t.Slug).Order());
    }

    [Theory]
    [InlineData(2, "--name is missing", "--slug", "ab", "--admin", "a@example.org")]
    [InlineData(2, "--slug has", "--name", "A", "--slug", "A B", "--admin", "a@example.org")]
    [InlineData(2, "no mail address", "--name", "A", "--slug", "ab-cd", "--admin", "nobody")]
    [InlineData(2, "--admin needs a value", "--name", "A", "--slug", "ab-cd", "--admin")]
    public async Task Create_WrongUsage_SaysSoInOneLine(int code, string says, params string[] words)
    {
        var ended = await ChildProgram.Run(await CrmHost.Shared(), ["tenant", "create", .. words]);
        Assert.Equal((code, ""), (ended.Code, ended.Output));
        Assert.Contains(says, ended.Error, StringComparison.Ordinal);
        Assert.Single(ended.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Create_SlugTaken_IsRefusedAndNothingIsMade()
    {
        var tenant = await Make.Tenant();
        var mail = $"late{Make.Number()}@example.org";
        var ended = await ChildProgram.Run(tenant.Host, "tenant", "create", "--name", "Again", "--slug", tenant.Slug, "--admin", mail);
        Assert.Equal(1, ended.Code);
        Assert.Contains("already", ended.Error, StringComparison.Ordinal);
        Assert.False(await tenant.Use(db => db.Users.AnyAsync(u => u.Email == mail)));
    }
}
