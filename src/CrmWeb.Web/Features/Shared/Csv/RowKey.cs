using System.Globalization;

namespace CrmWeb.Web.Features.Shared.Csv;

/// <summary>
/// What an export writes into its mark column: which row of the database a line is, so that an import finds it again though nothing else in the line
/// tells it from others, or all of it was edited. The instant of creation is part of it: the same number in another installation is somebody else.
/// </summary>
public static class RowKey
{
    public static string Of(long id, DateTime createdAt) => string.Create(CultureInfo.InvariantCulture, $"c{id}-{createdAt.Ticks:x}");

    /// <summary>The id that a key speaks of; null when the text is no key. Whoever finds a row by it compares the whole key.</summary>
    public static long? IdOf(string? key) =>
        key is ['c', .. var rest] && rest.IndexOf('-', StringComparison.Ordinal) is var end and > 0
        && long.TryParse(rest.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
