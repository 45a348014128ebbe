using System.Globalization;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Web.Features.Shared;

/// <summary>What one save changed: one instant, one member, one way.</summary>
public sealed record ChangeGroup(DateTime At, long? MemberId, Via Via, long? CauseId, IReadOnlyList<Change> Changes)
{
    /// <summary>Of changes newest first; within a save they stand in the order they were written.</summary>
    public static IReadOnlyList<ChangeGroup> Of(IEnumerable<Change> changes)
    {
        var groups = new List<ChangeGroup>();
        foreach (var save in changes.GroupBy(c => (c.At, c.MemberId, c.Via, c.CauseId)))
            groups.Add(new(save.Key.At, save.Key.MemberId, save.Key.Via, save.Key.CauseId, [.. save.OrderBy(c => c.Id)]));
        return groups;
    }
}

/// <summary>Where a page of changes ends: the instant and the number of the last one seen.</summary>
public readonly record struct ChangeCursor(DateTime At, long Id)
{
    /// <summary>Before every change there can be.</summary>
    public static readonly ChangeCursor Newest = new(new DateTime(9999, 12, 31, 0, 0, 0, DateTimeKind.Utc), long.MaxValue);

    public static ChangeCursor Of(Change change) => new(change.At, change.Id);

    public static ChangeCursor? Read(string? text) =>
        text?.Split('-') is [var ticks, var id]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTime.MaxValue.Ticks
            && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            ? new(new DateTime(at, DateTimeKind.Utc), row)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.Ticks}-{Id}");
}
