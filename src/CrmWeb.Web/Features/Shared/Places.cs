namespace CrmWeb.Web.Features.Shared;

/// <summary>The order of a few records among their like, as people want it.</summary>
public static class Places
{
    /// <summary>Moves one up or down among its like, and numbers them anew.</summary>
    public static void Move<T>(List<T> all, T one, int by, Action<T, int> put)
    {
        var place = all.IndexOf(one);
        if (place < 0) return;
        all.RemoveAt(place);
        all.Insert(Math.Clamp(place + by, 0, all.Count), one);
        for (var i = 0; i < all.Count; i++) put(all[i], i + 1);
    }

    /// <summary>Puts them in the order of the ids; those that are not named come after them, in the order they have.</summary>
    public static void Put<T>(IReadOnlyList<T> all, IReadOnlyList<long> ids, Func<T, long> id, Action<T, int> put)
    {
        var wanted = ids.Distinct().Select((value, i) => (value, i)).ToDictionary(x => x.value, x => x.i);
        var ordered = all.OrderBy(one => wanted.GetValueOrDefault(id(one), int.MaxValue)).ToList();
        for (var i = 0; i < ordered.Count; i++) put(ordered[i], i + 1);
    }
}
