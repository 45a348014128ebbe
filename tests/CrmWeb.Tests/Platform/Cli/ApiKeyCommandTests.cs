using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Platform.Cli;

public sealed class ApiKeyCommandTests
{
    [Fact]
    public async Task Create_PrintsOnlyTheKey_AndItWorks()
    {
        var acme = await Make.Tenant();
        var ended = await ChildProgram.Run(acme.Host, "api-key", "create", "--tenant", acme.Slug, "--as", await Mail(acme.Admin), "--name", "Script");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.Equal(ended.LastLine, ended.Output.Trim());
        (await new ApiProgram(acme.Host, ended.LastLine).Get("/imports")).Assert200();
    }

    [Fact]
    public async Task Create_ForWhomMayNot_IsRefused()
    {
        var acme = await Make.Tenant();
        var viewer = await Make.Member(acme, Role.Viewer);
        Task<Ended> Run(string mail, params string[] more) => ChildProgram.Run(acme.Host, ["api-key", "create", "--tenant", acme.Slug, "--as", mail, "--name", "Script", .. more]);
        Assert.Equal((1, ""), Of(await Run("nobody@example.org")));
        Assert.Equal((1, ""), Of(await Run(await Mail(viewer), "--scopes", "customers.edit")));
        Assert.Equal((2, ""), Of(await Run(await Mail(viewer), "--scopes", "everything")));
        Assert.Equal(0, await acme.Use(db => db.ApiKeys.CountAsync()));

        static (int, string) Of(Ended ended) => (ended.Code, ended.Output);
    }

    private static Task<string> Mail(TestMember member) => member.Tenant.Use(db => db.Users.Where(u => u.Id == member.UserId).Select(u => u.Email!).SingleAsync());
}
