using System.Globalization;

namespace CrmWeb.Web.Features.Segments.Building;

/// <summary>
/// A part of a rule as the form of the builder posts it: a group (with <see cref="Join"/>) or a condition. What is half filled in is kept as it is;
/// <see cref="RuleParts"/> makes a rule of it, or says where it is none.
/// </summary>
public sealed class RulePart
{
    public const string All = "all";
    public const string Any = "any";
    public const string None = "none";
    public const string NotAll = "not-all";

    /// <summary>What a condition asks for where it is no field: tags, segments, or the rows of a collection after the colon.</summary>
    public const string Tags = "has:tag";
    public const string Segments = "in:segment";
    public const string Rows = "rows:";

    /// <summary>How deep parts may stand in parts: the binder of forms takes no more.</summary>
    public const int MostDepth = 14;

    /// <summary>How the parts of a group belong together; null for a condition.</summary>
    public string? Join { get; set; }

    public string? What { get; set; }

    /// <summary>Of rows: <c>count</c>, or a function with its field: <c>sum:total</c>.</summary>
    public string? Measure { get; set; }

    /// <summary>As rules write it; with <c>not </c> before it where the opposite is meant.</summary>
    public string? Operator { get; set; }

    public List<string> Values { get; set; } = [];

    /// <summary>
    /// Of a date: <c>on</c>, <c>today</c>, or how far from today: <c>d-</c>, <c>w-</c>, <c>m-</c>, <c>y-</c> back, with a plus ahead. Of one that recurs: in what, as rules write
    /// it; <c>next d</c> and its like take a number.
    /// </summary>
    public string? Unit { get; set; }

    /// <summary>Of a group; of rows one group, which says which rows are meant.</summary>
    public List<RulePart> Parts { get; set; } = [];

    public bool IsGroup => Join is not null;

    /// <summary>Nothing is chosen in it yet.</summary>
    public bool IsBlank => string.IsNullOrEmpty(What) && Parts.TrueForAll(part => part.IsBlank);

    public string? Collection => What?.StartsWith(Rows, StringComparison.Ordinal) == true ? What[Rows.Length..] : null;

    public static RulePart Group(string join = All, params IEnumerable<RulePart> parts) => new() { Join = join, Parts = [.. parts] };

    public static RulePart Empty() => new();

    /// <summary>Leaves out what a form names and does not have.</summary>
    public void Tidy()
    {
        Parts.RemoveAll(part => part is null);
        Parts.ForEach(part => part.Tidy());
    }

    /// <summary>The same with its values in one order, which says nothing.</summary>
    public RulePart Sorted() => new()
    {
        Join = Join,
        What = What,
        Measure = Measure,
        Operator = Operator,
        Unit = Unit,
        Values = [.. Values.SelectMany(value => (value ?? "").Split('\n')).Select(value => value.Trim()).Order(StringComparer.Ordinal)],
        Parts = Parts.ConvertAll(part => part.Sorted()),
    };

    /// <summary>The part at a path such as <c>0.2</c>, the root at an empty one; null when there is none.</summary>
    public RulePart? At(string path)
    {
        var part = this;
        foreach (var step in Steps(path))
        {
            if (step < 0 || step >= part.Parts.Count) return null;
            part = part.Parts[step];
        }

        return part;
    }

    /// <summary>Whether so many days, weeks or months are meant.</summary>
    public static bool TakesNumber(string unit) => unit is [_, '-' or '+'] or ['n' or 'l', _, _, _, ' ', _];

    public static IReadOnlyList<int> Steps(string path) =>
        path.Length == 0 ? [] : [.. path.Split('.').Select(step => int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : -1)];

    public static string Under(string path, int at) => path.Length == 0 ? at.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{path}.{at}");

    /// <summary>The path of the part around it, and its place there.</summary>
    public static (string Around, int Place) Split(string path)
    {
        var dot = path.LastIndexOf('.');
        var last = path[(dot + 1)..];
        return (dot < 0 ? "" : path[..dot], int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : -1);
    }

    /// <summary>What its inputs are called, so that the form is read into the same tree.</summary>
    public static string NameOf(string path) =>
        "Rule" + string.Concat(Steps(path).Select(step => string.Create(CultureInfo.InvariantCulture, $".Parts[{step}]")));

    public static string IdOf(string path) => path.Length == 0 ? "rule-part" : "rule-part-" + path.Replace('.', '-');
}
