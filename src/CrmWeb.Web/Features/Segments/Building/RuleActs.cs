using CrmWeb.Domain.Segments;

namespace CrmWeb.Web.Features.Segments.Building;

/// <summary>What the buttons of the tree do: an act and the path of the part, such as <c>up:0.1</c>. Unknown ones do nothing.</summary>
public static class RuleActs
{
    private const int MostParts = 100;
    private const int MostDepth = SegmentRule.MostDepth;

    /// <summary>Does it, and answers the path of the part that is worked on next; null where the act is none of these.</summary>
    public static string? Do(RulePart root, string? act)
    {
        if (act?.Split(':', 2) is not [var what, var path]) return null;
        if (root.At(path) is not { } part) return null;
        if (what is "add" or "group") return Add(root, part, path, what == "group");
        if (what is "what") return What(part, path);
        if (what is "shape") return path;
        if (path.Length == 0) return null;
        var (around, place) = RulePart.Split(path);
        var parts = root.At(around)!.Parts;
        return what switch
        {
            "remove" => Remove(root, parts, around, place),
            "up" => Move(root, path, parts, around, place, -1),
            "down" => Move(root, path, parts, around, place, 1),
            "wrap" => Wrap(root, parts, part, path, place),
            "unwrap" => Unwrap(root, parts, part, path, around, place),
            _ => null,
        };
    }

    private static string Add(RulePart root, RulePart part, string path, bool group)
    {
        // of a condition: beside it; of rows: among what says which rows
        if (part.Collection is not null && part.Parts.Count == 0) part.Parts.Add(RulePart.Group());
        var into = part.IsGroup ? path : part.Collection is not null ? RulePart.Under(path, 0) : RulePart.Split(path).Around;
        var its = root.At(into)!;
        if (Count(root) >= MostParts || RulePart.Steps(into).Count >= MostDepth) return path;
        its.Parts.Add(group ? RulePart.Group(its.Join == RulePart.Any ? RulePart.All : RulePart.Any, RulePart.Empty()) : RulePart.Empty());
        var added = RulePart.Under(into, its.Parts.Count - 1);
        return group ? RulePart.Under(added, 0) : added;
    }

    private static string What(RulePart part, string path)
    {
        (part.Operator, part.Measure, part.Unit, part.Values, part.Parts) = (null, null, null, [], []);
        if (part.Collection is not null) part.Parts.Add(RulePart.Group());
        return path;
    }

    private static string Remove(RulePart root, List<RulePart> parts, string around, int place)
    {
        parts.RemoveAt(place);
        if (parts.Count > 0) return RulePart.Under(around, Math.Min(place, parts.Count - 1));
        // a group without a part asks for nothing, but rows may be any
        var (outer, at) = RulePart.Split(around);
        if (around.Length == 0 || root.At(outer)!.Collection is not null) return around;
        return Remove(root, root.At(outer)!.Parts, outer, at);
    }

    /// <summary>Past its neighbour; into a group and out of one where there is none.</summary>
    private static string Move(RulePart root, string path, List<RulePart> parts, string around, int place, int by)
    {
        var part = parts[place];
        var to = place + by;
        if (to >= 0 && to < parts.Count)
        {
            if (parts[to] is { IsGroup: true } group && RulePart.Steps(around).Count + 2 + Depth(part) < MostDepth)
            {
                parts.RemoveAt(place);
                var at = by < 0 ? group.Parts.Count : 0;
                group.Parts.Insert(at, part);
                return RulePart.Under(RulePart.Under(around, by < 0 ? to : to - 1), at);
            }

            (parts[place], parts[to]) = (parts[to], parts[place]);
            return RulePart.Under(around, to);
        }

        var (outer, where) = RulePart.Split(around);
        // what says which rows are meant speaks of other fields: nothing leaves it
        if (around.Length == 0 || !root.At(around)!.IsGroup || root.At(outer) is not { IsGroup: true } outside) return path;
        parts.RemoveAt(place);
        var next = by < 0 ? where : where + 1;
        outside.Parts.Insert(next, part);
        if (parts.Count == 0)
        {
            outside.Parts.RemoveAt(by < 0 ? where + 1 : where);
            if (by > 0) next--;
        }

        return RulePart.Under(outer, next);
    }

    private static string Wrap(RulePart root, List<RulePart> parts, RulePart part, string path, int place)
    {
        if (RulePart.Steps(path).Count + Depth(part) >= MostDepth || Count(root) >= MostParts) return path;
        parts[place] = RulePart.Group(RulePart.Any, part);
        return RulePart.Under(path, 0);
    }

    private static string Unwrap(RulePart root, List<RulePart> parts, RulePart part, string path, string around, int place)
    {
        if (!part.IsGroup || !root.At(around)!.IsGroup) return path;
        if (part.Parts.Count == 0) return Remove(root, parts, around, place);
        parts.RemoveAt(place);
        parts.InsertRange(place, part.Parts);
        return RulePart.Under(around, place);
    }

    private static int Count(RulePart part) => 1 + part.Parts.Sum(Count);

    private static int Depth(RulePart part) => part.Parts.Count == 0 ? 0 : 1 + part.Parts.Max(Depth);
}
