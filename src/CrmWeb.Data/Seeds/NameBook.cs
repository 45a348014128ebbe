namespace CrmWeb.Data.Seeds;

/// <summary>How people, places and firms of a country are called. Each list stands with the common first.</summary>
internal sealed record NamePage(string Country, string Language, IReadOnlyDictionary<string, string[]> Lists)
{
    public string[] this[string list] => Lists[list];

    public string[] WomenSurnames => Lists.GetValueOrDefault("sf") ?? Lists["s"];

    public string[] Any(params string[] among) => [.. among.SelectMany(list => Lists[list])];
}

/// <summary>The names that made-up customers bear, read from the resource beside this file.</summary>
internal static class NameBook
{
    private static readonly Lazy<IReadOnlyDictionary<string, NamePage>> Book = new(Read);

    public static IReadOnlyDictionary<string, NamePage> Pages => Book.Value;

    private static Dictionary<string, NamePage> Read()
    {
        var pages = new Dictionary<string, NamePage>(StringComparer.Ordinal);
        Dictionary<string, string[]> lists = [];
        using var reader = new StreamReader(typeof(NameBook).Assembly.GetManifestResourceStream("CrmWeb.Data.Seeds.names.txt")!);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            var words = line.Split(' ', 2);
            if (words[0] == "=")
            {
                var head = words[1].Split(' ');
                lists = new Dictionary<string, string[]>(StringComparer.Ordinal);
                pages[head[0]] = new NamePage(head[0], head[2], lists);
            }
            else
            {
                lists[words[0]] = words[1].Split('|');
            }
        }

        return pages;
    }
}
