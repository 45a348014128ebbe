namespace CrmWeb.Web.Features.Shared;

/// <summary>A count that stopped counting at a limit, because counting everything costs more than anybody gains by it.</summary>
public sealed record CappedCount(long Value, bool Capped);

/// <summary>
/// Paging by key. <paramref name="Before"/> and <paramref name="After"/> are cursors that the list made; null means that there is nothing on that side.
/// </summary>
/// <param name="Shown">Rows on this page.</param>
/// <param name="Total">All rows that match, capped; null when it was not counted.</param>
public sealed record Pager(string? Before, string? After, int Shown, CappedCount? Total = null);
