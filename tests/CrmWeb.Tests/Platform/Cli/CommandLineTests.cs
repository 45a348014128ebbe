using CrmWeb.Tests.Support;
using CrmWeb.Web.Platform.Cli;

namespace CrmWeb.Tests.Platform.Cli;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--dry-run", "FILE", "--tenant", "acme")]
    [InlineData("FILE", "--tenant", "acme", "--dry-run")]
    [InlineData("--tenant", "acme", "--dry-run", "FILE")]
    public void Flag_AnyPlace_SwallowsNoWord(params string[] words)
    {
        var options = new Options(words, ["dry-run"]);
        Assert.Equal(("FILE", "acme", true), (options.Word(0, "FILE"), options.Need("tenant"), options.Has("dry-run")));
        options.NothingElse();
    }

    [Fact]
    public async Task FreshMachine_EmbeddedDatabase_IsMadeByTheCommand()
    {
        var host = await CrmHost.Shared();
        var file = Path.Combine(Directory.CreateTempSubdirectory("crm-fresh-").FullName, "data", "crm.db");

        var made = await ChildProgram.Run(host, Embedded(file), "tenant", "create", "--name", "First", "--slug", "first", "--admin", "first@example.org");

        Assert.Equal((0, ""), (made.Code, made.Error));
        Assert.True(File.Exists(file));
        Assert.Equal((0, ""), await CodeAndError(ChildProgram.Run(host, Embedded(file), "load", "--tenant", "first", "--customers", "3")));
        Assert.Equal((0, ""), await CodeAndError(ChildProgram.Run(host, Embedded(file), "migrate")));
    }

    [Fact]
    public async Task UnexpectedFailure_SaysSoInOneLineAndEndsWithOne()
    {
        var host = await CrmHost.Shared();
        var noFolder = Path.Combine(Directory.CreateTempSubdirectory("crm-fresh-").FullName, "a-file");
        await File.WriteAllTextAsync(noFolder, "");
        var ended = await ChildProgram.Run(host, Embedded(Path.Combine(noFolder, "crm.db")), "migrate");
        Assert.Equal(1, ended.Code);
        Assert.StartsWith("migrate failed: ", ended.Error, StringComparison.Ordinal);
        Assert.Single(ended.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static async Task<(int Code, string Error)> CodeAndError(Task<Ended> run) => (await run) is var ended ? (ended.Code, ended.Error) : default;

    private static Dictionary<string, string> Embedded(string file) => new(StringComparer.Ordinal) { ["Database__Provider"] = "Sqlite", ["ConnectionStrings__Crm"] = $"Data Source={file}" };
}
