using System.Collections.Frozen;

namespace CrmWeb.Domain.Customers.Dates;

/// <summary>Months by name: English, Persian names of the Gregorian months, and the months of the Jalali calendar.</summary>
internal static class MonthNames
{
    private static readonly string[] Gregorian =
    [
        "jan january ژانویه ژانویهٔ", "feb february فوریه", "mar march مارس", "apr april آوریل", "may مه می", "jun june ژوئن", "jul july ژوئیه جولای ژوییه",
        "aug august اوت آگوست", "sep sept september سپتامبر", "oct october اکتبر", "nov november نوامبر", "dec december دسامبر",
    ];

    private static readonly string[] Jalali =
    [
        "فروردین farvardin", "اردیبهشت ordibehesht", "خرداد khordad", "تیر tir", "مرداد امرداد mordad", "شهریور shahrivar", "مهر mehr", "آبان aban",
        "آذر azar", "دی dey", "بهمن bahman", "اسفند esfand",
    ];

    private static readonly FrozenDictionary<string, (int Month, bool Jalali)> ByName =
        Entries(Gregorian, jalali: false).Concat(Entries(Jalali, jalali: true)).DistinctBy(e => e.Key).ToFrozenDictionary();

    /// <summary>The number of the month, 1 to 12, and its calendar, for a name in the form of <see cref="SearchText.Fold"/>.</summary>
    public static bool TryFind(string folded, out (int Month, bool Jalali) month) => ByName.TryGetValue(folded, out month);

    private static IEnumerable<KeyValuePair<string, (int, bool)>> Entries(string[] names, bool jalali) =>
        names.SelectMany((line, i) => line.Split(' ').Select(name => KeyValuePair.Create(SearchText.Fold(name), (i + 1, jalali))));
}
