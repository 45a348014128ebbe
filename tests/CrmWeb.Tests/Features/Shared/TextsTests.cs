using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Tests.Features.Shared;

public sealed partial class TextsTests
{
    private const int Patience = 2000;
    private static readonly string Web = Path.Combine(Root(), "src", "CrmWeb.Web");
    private readonly Texts _texts = new(typeof(Texts).Assembly);

    [Fact]
    public void EveryText_HasPersian()
    {
        var said = Said();
        var translated = Translations().SelectMany(file => file.Keys).ToHashSet(StringComparer.Ordinal);

        var missing = said.Except(translated).Order(StringComparer.Ordinal).ToArray();
        var unused = translated.Except(said).Order(StringComparer.Ordinal).ToArray();

        Assert.True(missing.Length == 0, "No Persian for:\n" + string.Join('\n', missing));
        Assert.True(unused.Length == 0, "Persian that nobody asks for:\n" + string.Join('\n', unused));
    }

    [Fact]
    public void EveryKey_StandsInOneFile()
    {
        var twice = from file in Translations()
                    from key in file.Keys
                    group file.Name by key into places
                    where places.Count() > 1
                    select $"{places.Key}: {string.Join(", ", places)}";
        Assert.Empty(twice);
    }

    [Fact]
    public void EveryTranslation_KeepsThePlaceholders()
    {
        var wrong = from file in Translations()
                    from key in file.Keys
                    let persian = file.Texts[key]
                    where !Placeholder().Matches(key).Select(hole => hole.Value).Distinct().Order(StringComparer.Ordinal)
                        .SequenceEqual(Placeholder().Matches(persian).Select(hole => hole.Value).Distinct().Order(StringComparer.Ordinal))
                    select key;
        Assert.Empty(wrong);
    }

    [Fact]
    public void Text_InPersian_IsTranslated() => In("fa", () => Assert.Equal("ذخیره", _texts["Save"].Value));

    [Fact]
    public void Text_InEnglish_IsItsKey() => In("en", () => Assert.Equal("Save", _texts["Save"].Value));

    [Fact]
    public void Text_WithArguments_IsFilled() => In("fa", () => Assert.Equal("انتخاب Ava", ((IStringLocalizer)_texts)["Select {0}", "Ava"].Value));

    private static void In(string language, Action check)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = Cultures.Of(language);
        try
        {
            check();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static HashSet<string> Said()
    {
        var said = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Sources("*.cs").Concat(Sources("*.cshtml")))
        {
            var text = File.ReadAllText(file);
            foreach (Match use in Localised().Matches(text)) said.Add(Regex.Unescape(use.Groups["key"].Value));
            foreach (Match attribute in Annotation().Matches(text))
            {
                foreach (Match named in AnnotationText().Matches(attribute.Value)) said.Add(Regex.Unescape(named.Groups["key"].Value));
            }
        }

        return said;
    }

    private static IReadOnlyList<(string Name, IReadOnlyList<string> Keys, Dictionary<string, string> Texts)> Translations() =>
        [.. Sources("*.fa.resx").Select(file =>
        {
            var entries = XDocument.Load(file).Root!.Elements("data").Select(entry => (Key: entry.Attribute("name")!.Value, Text: entry.Element("value")!.Value)).ToArray();
            return (Path.GetFileName(file), (IReadOnlyList<string>)[.. entries.Select(entry => entry.Key)],
                entries.DistinctBy(entry => entry.Key).ToDictionary(entry => entry.Key, entry => entry.Text, StringComparer.Ordinal));
        })];

    private static IEnumerable<string> Sources(string pattern) =>
        Directory.EnumerateFiles(Web, pattern, SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Web, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "node_modules"));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CrmWeb.sln"))) folder = folder.Parent ?? throw new InvalidOperationException("No solution above the tests.");
        return folder.FullName;
    }

    [GeneratedRegex("""\b(?:L|localizer|texts)\["(?<key>(?:[^"\\]|\\.)*)"[\],]""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Localised();

    [GeneratedRegex("""\[(?:Display|Required|StringLength|MaxLength|MinLength|Range|Compare|EmailAddress|RegularExpression)\([^\]]*\)\]""", RegexOptions.None, Patience)]
    private static partial Regex Annotation();

    [GeneratedRegex("""\b(?:Name|Description|Prompt|ErrorMessage)\s*=\s*"(?<key>(?:[^"\\]|\\.)*)""", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex AnnotationText();

    [GeneratedRegex(@"\{\d[^}]*\}", RegexOptions.None, Patience)]
    private static partial Regex Placeholder();
}
