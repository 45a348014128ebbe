namespace CrmWeb.Tests.Support;

/// <summary>The files of the project itself, for tests that read the source.</summary>
public static class Repository
{
    public static string Root { get; } = FindUp("CrmWeb.sln");

    /// <summary>Own source files below a folder, without what the build made.</summary>
    public static IEnumerable<(string Path, string Text)> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "wwwroot" or "App_Data"))
            .Select(path => (path, File.ReadAllText(Path.Combine(Root, path))));

    private static string FindUp(string file)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, file))) return folder.FullName;
        throw new InvalidOperationException($"{file} is in no folder above the tests.");
    }
}
