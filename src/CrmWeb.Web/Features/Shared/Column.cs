namespace CrmWeb.Web.Features.Shared;

public enum ColumnKind
{
    Text,
    Number,
    Date,
}

/// <summary>A column of a list. The first column names the row and cannot be hidden.</summary>
/// <param name="Key">The word in the address: <c>?sort=-name&amp;columns=name,stage</c>.</param>
public sealed record Column(string Key, string Title, bool Sortable = false, ColumnKind Kind = ColumnKind.Text, bool Shown = true)
{
    /// <summary>Its cells can be edited in place, where the list says how (<c>crm-list edit</c>).</summary>
    public bool Editable { get; init; }
}

/// <summary>The columns of a list in the order they stand, and what it is sorted by: <c>name</c> ascending, <c>-name</c> descending.</summary>
public sealed record Columns(IReadOnlyList<Column> All, string? Sort = null)
{
    public const string Parameter = "columns";
    public const string SortParameter = "sort";

    public IEnumerable<Column> Shown => All.Where(IsShown);

    public Column? Find(string key) => All.FirstOrDefault(column => column.Key == key);

    public bool IsShown(Column column) => column.Shown || column == All[0];

    /// <summary>The same columns with those shown that the address asks for; words it does not know are passed over.</summary>
    public Columns Choose(IEnumerable<string?> asked)
    {
        var keys = asked.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)).ToHashSet(StringComparer.Ordinal);
        return keys.Count == 0 ? this : this with { All = [.. All.Select(column => column with { Shown = keys.Contains(column.Key) })] };
    }
}
