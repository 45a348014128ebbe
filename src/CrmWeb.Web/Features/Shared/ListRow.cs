using Microsoft.AspNetCore.Html;

namespace CrmWeb.Web.Features.Shared;

/// <summary>A row of a long list as plain values: one cell for each shown column, the first of which names the record.</summary>
/// <param name="Href">Where the name leads, complete; null for a row that leads nowhere.</param>
public sealed record ListRow(string? Href, IReadOnlyList<Cell> Cells)
{
    public bool Muted { get; init; }

    /// <summary>The value that the row's box posts, where rows can be chosen.</summary>
    public long? Id { get; init; }

    /// <summary>What can be done with the row, where the list has room for it.</summary>
    public IHtmlContent? Actions { get; init; }
}

/// <summary>What stands in a cell: a text, a record's name with its initials, a badge, or an instant.</summary>
public readonly record struct Cell
{
    public string? Text { get; private init; }

    /// <summary>Phones, mail and page addresses read from the left.</summary>
    public bool IsLtr { get; private init; }

    public bool IsName { get; private init; }

    public bool IsOrganisation { get; private init; }

    public Badge? Badge { get; private init; }

    public DateTime? At { get; private init; }

    public bool IsEmpty => string.IsNullOrWhiteSpace(Text) && Badge is null && At is null;

    public static Cell Of(string? text, bool ltr = false) => new() { Text = text, IsLtr = ltr };

    public static Cell Of(Badge badge) => new() { Badge = badge };

    public static Cell Of(DateTime? at) => new() { At = at };

    public static Cell Name(string name, bool organisation) => new() { Text = name, IsName = true, IsOrganisation = organisation };
}
