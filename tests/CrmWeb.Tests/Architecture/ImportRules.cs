using System.Text.RegularExpressions;
using CrmWeb.Tests.Support;

namespace CrmWeb.Tests.Architecture;

/// <summary>Who may import whom, read off the using lines and the qualified names. ARCHITECTURE.md says why.</summary>
public sealed partial class ImportRules
{
    /// <summary>Inside Domain the arrows run one way: a noun may use itself and what stands before it.</summary>
    private static readonly string[][] DomainOrder =
        [["Tenants"], ["Customers"], ["Sales", "Service", "Feedback"], ["Segments"], ["Messages", "Kpis"], ["Journeys"], ["Strategy"]];

    [Fact]
    public void Domain_ImportsNoFramework() => AssertNone(
        from file in Sources("src/CrmWeb.Domain")
        from name in Imports(file.Text)
        where name.StartsWith("Microsoft.", StringComparison.Ordinal) || name.StartsWith("CrmWeb.Data", StringComparison.Ordinal)
            || name.StartsWith("CrmWeb.Web", StringComparison.Ordinal) || name.StartsWith("System.IO", StringComparison.Ordinal)
        select $"{file.Path} imports {name}");

    [Fact]
    public void Domain_ArrowsRunOneWay() => AssertNone(
        from file in Sources("src/CrmWeb.Domain")
        let own = Rank(file.Path.Split('/')[2])
        from name in Imports(file.Text)
        where name.StartsWith("CrmWeb.Domain.", StringComparison.Ordinal)
        let noun = name.Split('.')[2]
        where Rank(noun) > own || (Rank(noun) == own && noun != file.Path.Split('/')[2])
        select $"{file.Path} imports {name}");

    [Fact]
    public void Data_ImportsNoPage() => AssertNone(
        from file in Sources("src/CrmWeb.Data")
        from name in Imports(file.Text)
        where name.StartsWith("CrmWeb.Web", StringComparison.Ordinal)
        select $"{file.Path} imports {name}");

    [Fact]
    public void Feature_ImportsNoOtherFeature() => AssertNone(
        from file in Sources("src/CrmWeb.Web/Features")
        let own = file.Path.Split('/')[3]
        from name in Imports(file.Text)
        where name.StartsWith("CrmWeb.Web.Features.", StringComparison.Ordinal)
        let feature = name.Split('.')[3]
        where feature != own && feature != "Shared"
        select $"{file.Path} imports {name}");

    [Fact]
    public void Platform_ImportsNoFeature() => AssertNone(
        from file in Sources("src/CrmWeb.Web/Platform")
        from name in Imports(file.Text)
        where name.StartsWith("CrmWeb.Web.Features.", StringComparison.Ordinal)
        select $"{file.Path} imports {name}");

    [Fact]
    public void ProviderNamespaces_StayInProvidersAndMigrations() => AssertNone(
        from file in Sources("src")
        where !file.Path.StartsWith("src/CrmWeb.Data/Providers/", StringComparison.Ordinal) && !file.Path.StartsWith("src/CrmWeb.Data/Migrations/", StringComparison.Ordinal)
        from name in Imports(file.Text)
        where name.StartsWith("Microsoft.Data.", StringComparison.Ordinal) || name.StartsWith("Npgsql", StringComparison.Ordinal)
        select $"{file.Path} imports {name}");

    /// <summary>T4: raw SQL, and lifting the tenant's or the visibility filter, happen in Data only.</summary>
    [Fact]
    public void T4_RawSqlAndLiftedLocks_StayInData() => AssertNone(
        from file in Sources("src/CrmWeb.Web").Concat(Sources("src/CrmWeb.Domain"))
        from found in ForbiddenCalls().Matches(file.Text)
        select $"{file.Path}: {found.Value}");

    [Fact]
    public void Data_LiftsFiltersByName() => AssertNone(
        from file in Sources("src")
        where file.Text.Contains("IgnoreQueryFilters()", StringComparison.Ordinal)
        select $"{file.Path} lifts every filter at once");

    [Fact]
    public void Files_AreShortAndNamedForWhatTheyDo() => AssertNone(
        from file in Sources("src").Concat(Repository.Files("src", "*.cshtml"))
        where !file.Path.Contains("/Migrations/", StringComparison.Ordinal)
        let lines = file.Text.Count(c => c == '\n')
        where lines > 250 || VagueName().IsMatch(file.Path)
        select $"{file.Path}: {lines} lines");

    private static IEnumerable<(string Path, string Text)> Sources(string folder) => Repository.Files(folder, "*.cs");

    private static IEnumerable<string> Imports(string text) => UsingLine().Matches(text).Select(match => match.Groups["name"].Value);

    private static int Rank(string noun) => Array.FindIndex(DomainOrder, level => level.Contains(noun, StringComparer.Ordinal)) is var rank and >= 0
        ? rank
        : throw new InvalidOperationException($"{noun} has no place in the order of the Domain's nouns.");

    private static void AssertNone(IEnumerable<string> offences) => Assert.Empty(offences.Distinct(StringComparer.Ordinal));

    [GeneratedRegex(@"^(?:global )?using (?:static )?(?:\w+ = )?(?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex UsingLine();

    [GeneratedRegex(@"\b(?:FromSql\w*|SqlQuery\w*|ExecuteSql\w*|GetDbConnection|TenantScoping\.(?:TenantFilter|VisibilityFilter)|IgnoreQueryFilters\(\))", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex ForbiddenCalls();

    [GeneratedRegex(@"(?:Service|Manager|Helper|Utils?|Repository)\.cs$", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex VagueName();
}
