using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Platform.Api;

/// <summary>A page of a list.</summary>
/// <param name="Items">The records, in order.</param>
/// <param name="Next">What <c>after</c> must be to get the next page; null on the last one.</param>
public sealed record ApiList<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>What every list takes.</summary>
public sealed class ApiPage
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;

    /// <summary>Names that are no filter.</summary>
    public static readonly IReadOnlyList<string> Parameters = ["limit", "after", "sort", "lang"];

    /// <summary>How many at most, 1 to 200; 50 unless said.</summary>
    [FromQuery(Name = "limit")] public int? Limit { get; set; }

    /// <summary>The <c>next</c> of the page before.</summary>
    [FromQuery(Name = "after")] public string? After { get; set; }

    /// <summary>What the list is ordered by; a minus in front turns it round.</summary>
    [FromQuery(Name = "sort")] public string? Sort { get; set; }

    internal int Size => Limit ?? DefaultLimit;

    public void Check(ModelStateDictionary errors, IStringLocalizer L)
    {
        if (Limit is < 1 or > MaxLimit) errors.AddModelError("limit", L["Between {0} and {1}.", 1, MaxLimit]);
    }

    /// <summary>A cursor that is an id; null when there is none. What is no id is said.</summary>
    public long? AfterId(ModelStateDictionary errors, IStringLocalizer L)
    {
        if (string.IsNullOrEmpty(After)) return null;
        if (long.TryParse(After, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return id;
        NoSuchPage(errors, L);
        return null;
    }

    public static void NoSuchPage(ModelStateDictionary errors, IStringLocalizer L) => errors.AddModelError("after", L["This is no cursor of this list in this order."]);

    public static void NoSuchSort(ModelStateDictionary errors, IStringLocalizer L, params string[] known) => errors.AddModelError("sort", L["There are: {0}.", string.Join(", ", known)]);

    /// <summary>Parameters that this list does not have are refused: a filter that is misspelt must not answer everything.</summary>
    public static void RefuseOthers(IQueryCollection query, IEnumerable<string> known, ModelStateDictionary errors, IStringLocalizer L)
    {
        foreach (var key in query.Keys.Except(known.Concat(Parameters), StringComparer.Ordinal)) errors.AddModelError(key, L["There is no such parameter."]);
    }

    /// <summary>A page of rows of which one more than asked for was read.</summary>
    public ApiList<T> Page<TRow, T>(List<TRow> rows, Func<TRow, string> cursor, Func<TRow, T> item)
    {
        var next = rows.Count > Size ? cursor(rows[Size - 1]) : null;
        return new([.. rows.Take(Size).Select(item)], next);
    }
}
