using System.Globalization;
using System.Text.RegularExpressions;

namespace CrmWeb.Tests.Architecture;

/// <summary>docker-compose.yml parses, and holds what the product needs to run as several nodes. No container engine is needed.</summary>
public partial class ComposeFileTests
{
    private static readonly string Root = FindRoot();
    private readonly Dictionary<string, string> compose = YamlPaths.Read(File.ReadAllLines(Path.Combine(Root, "docker-compose.yml")));

    [Fact]
    public void Services_AreTheWholeInstallation() =>
        Assert.Equal(["database", "mail", "migrate", "proxy", "web1", "web2"], Children("services").Order(StringComparer.Ordinal));

    [Fact]
    public void Settings_UseOurConfigurationKeys_AndEncrypt()
    {
        Assert.Equal("SqlServer", compose["x-program/environment/Database__Provider"]);
        var connection = new System.Data.Common.DbConnectionStringBuilder { ConnectionString = compose["x-program/environment/ConnectionStrings__Crm"] };
        Assert.Equal("true", connection["Encrypt"]);
        Assert.Equal("database", connection["Server"]);
        Assert.Equal("mail", compose["x-program/environment/Mail__Host"]);
        Assert.Contains("x-program/environment/Site__BaseUrl", compose.Keys);
    }

    [Fact]
    public void Migrate_RunsOnce_BeforeTheNodesStart()
    {
        Assert.Equal("service_healthy", compose["services/migrate/depends_on/database/condition"]);
        Assert.Equal("no", compose["services/migrate/restart"]);
        Assert.Equal("service_completed_successfully", compose["x-web/depends_on/migrate/condition"]);
    }

    [Fact]
    public void Merges_NameAnchorsThatExist()
    {
        var anchors = compose.Values.Where(value => value.StartsWith('&')).Select(value => value[1..]).ToHashSet(StringComparer.Ordinal);
        Assert.All(compose.Where(entry => entry.Key.EndsWith("/<<", StringComparison.Ordinal)), entry => Assert.Contains(entry.Value[1..], anchors));
    }

    [Fact]
    public void NamedVolumes_AreDeclared()
    {
        var used = compose.Where(entry => entry.Key.Contains("/volumes/", StringComparison.Ordinal)).Select(entry => entry.Value.Split(':')[0]).ToList();
        Assert.NotEmpty(used);
        Assert.All(used, source => Assert.True(source.StartsWith("./", StringComparison.Ordinal) ? File.Exists(Path.Combine(Root, source)) : compose.ContainsKey("volumes/" + source), source));
    }

    [Fact]
    public void Proxy_NamesBothNodes()
    {
        var haproxy = File.ReadAllText(Path.Combine(Root, "deploy", "haproxy.cfg"));
        Assert.Contains("server web1 web1:8080", haproxy, StringComparison.Ordinal);
        Assert.Contains("server web2 web2:8080", haproxy, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_ComeFromTheEnvironment_AndTheExampleHasThemAll()
    {
        var example = File.ReadLines(Path.Combine(Root, ".env.example")).Where(line => !line.StartsWith('#')).Select(line => line.Split('=')[0]).ToHashSet(StringComparer.Ordinal);
        var asked = compose.Values.SelectMany(value => Variable().Matches(value)).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(asked.Order(StringComparer.Ordinal), example.Order(StringComparer.Ordinal));
        var secrets = compose.Where(entry => entry.Key.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase));
        Assert.All(secrets, entry => Assert.StartsWith("${", entry.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Images_AreNamedByTag()
    {
        var images = compose.Where(entry => entry.Key.StartsWith("services/", StringComparison.Ordinal) && entry.Key.EndsWith("/image", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(images);
        Assert.All(images, entry => Assert.Matches("^[^:]+:[^:@]+$", entry.Value));
    }

    private IEnumerable<string> Children(string path) =>
        compose.Keys.Where(key => key.StartsWith(path + "/", StringComparison.Ordinal)).Select(key => key.Split('/')[1]).Distinct(StringComparer.Ordinal);

    [GeneratedRegex(@"(?<!\$)\$\{(?<name>\w+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "docker-compose.yml")))
            folder = folder.Parent ?? throw new InvalidOperationException("docker-compose.yml is in no folder above");
        return folder.FullName;
    }

    /// <summary>
    /// The part of YAML that the compose file is written in — block mappings and lists, scalars on one line, anchors — as
    /// paths with values. Anything else is refused, so the file stays inside of it.
    /// </summary>
    private static class YamlPaths
    {
        public static Dictionary<string, string> Read(string[] lines)
        {
            var result = new Dictionary<string, string>(StringComparer.Ordinal);
            var open = new Stack<(int Indent, string Path)>();
            var items = 0;
            for (var number = 0; number < lines.Length; number++)
            {
                var line = lines[number];
                var text = line.TrimStart(' ');
                if (text.Length == 0 || text.StartsWith('#'))
                    continue;

                var indent = line.Length - text.Length;
                if (indent % 2 != 0 || text.Contains('\t', StringComparison.Ordinal))
                    throw Refused(number, "indentation is by two spaces");
                while (open.TryPeek(out var above) && above.Indent >= indent)
                    open.Pop();

                var parent = open.TryPeek(out var owner) ? owner.Path + "/" : "";
                if (indent != (open.TryPeek(out owner) ? owner.Indent + 2 : 0))
                    throw Refused(number, "a level is skipped");
                if (text.StartsWith("- ", StringComparison.Ordinal))
                {
                    result.Add(parent + (items++).ToString(CultureInfo.InvariantCulture), Scalar(text[2..], number));
                    continue;
                }

                var colon = text.IndexOf(':', StringComparison.Ordinal);
                if (colon <= 0 || (colon + 1 < text.Length && text[colon + 1] != ' '))
                    throw Refused(number, "a key with a colon is expected");
                var path = parent + text[..colon];
                if (!result.TryAdd(path, Scalar(text[(colon + 1)..], number)))
                    throw Refused(number, "the key is there twice");
                open.Push((indent, path));
            }

            return result;
        }

        private static string Scalar(string text, int number)
        {
            text = text.Trim();
            if (text.Length == 0 || text.StartsWith('['))
                return text.Length == 0 || text.EndsWith(']') ? text : throw Refused(number, "the list does not end");
            if (text[0] is '"' or '\'')
                return text.Length > 1 && text[^1] == text[0] ? text[1..^1] : throw Refused(number, "the quote does not end");
            if ("|>{%@`!".Contains(text[0], StringComparison.Ordinal) || text.Contains(": ", StringComparison.Ordinal) || text.Contains(" #", StringComparison.Ordinal))
                throw Refused(number, "quote it or write it plainer");
            return text;
        }

        private static FormatException Refused(int number, string why) => new(FormattableString.Invariant($"docker-compose.yml, line {number + 1}: {why}"));
    }
}
