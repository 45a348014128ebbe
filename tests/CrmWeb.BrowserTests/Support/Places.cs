namespace CrmWeb.BrowserTests.Support;

/// <summary>Where things are, seen from the test's build output.</summary>
internal static class Places
{
    public static string Root { get; } = FindRoot();

    public static string WebProject { get; } = Path.Combine(Root, "src", "CrmWeb.Web");

    /// <summary>The program's own build output, of the same configuration as the tests (bin/Debug/net10.0).</summary>
    public static string WebAssembly
    {
        get
        {
            var ours = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(WebProject, "bin", ours.Parent!.Name, ours.Name, "CrmWeb.Web.dll");
        }
    }

    public static string Artifacts(string folder) => Directory.CreateDirectory(Path.Combine(Root, "artifacts", folder)).FullName;

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CrmWeb.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The browser tests run from inside the repository: CrmWeb.sln is in no folder above.");
    }
}
