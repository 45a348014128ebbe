using System.Runtime.InteropServices;

namespace CrmWeb.Domain.Customers.Dates;

/// <summary>The order in which day, month and year are written.</summary>
public enum DateOrder
{
    /// <summary>Only what can be read in one way is read: a four-digit year in front, or a month by its name with a four-digit year.</summary>
    Unambiguous,

    /// <summary>2024-12-31; with two digits 24-12-31.</summary>
    YearMonthDay,

    /// <summary>31.12.2024.</summary>
    DayMonthYear,

    /// <summary>12/31/2024.</summary>
    MonthDayYear,
}

/// <summary>What a column of dates says about the order they are written in.</summary>
/// <param name="Order">The only order that reads them, or null.</param>
/// <param name="IsAmbiguous">Several orders read them, with different dates: a person must say which.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DateOrderGuess(DateOrder? Order, bool IsAmbiguous)
{
    /// <summary>No order reads them all, or there is no date among them.</summary>
    public static DateOrderGuess None => default;

    /// <inheritdoc cref="IsAmbiguous" />
    public static DateOrderGuess Ambiguous => new(null, IsAmbiguous: true);
}

/// <summary>Finding the order of dates from examples.</summary>
public static class DateOrderDetection
{
    private static readonly DateOrder[] Orders = [DateOrder.YearMonthDay, DateOrder.DayMonthYear, DateOrder.MonthDayYear];

    extension(DateOrder)
    {
        /// <summary>
        /// The single order that reads all dates among the samples. Empty samples and texts that are a date in no order are passed over.
        /// Dates that need no order (ISO 8601) decide nothing; when there are no others the answer is <see cref="DateOrder.Unambiguous"/>,
        /// so that a later 03-04-05 is refused instead of guessed. Even 03/03/2024 is ambiguous: the row after the samples may be 03/04/2024.
        /// </summary>
        public static DateOrderGuess Detect(IEnumerable<string?> samples)
        {
            var possible = Orders.ToList();
            var (some, open) = (false, false);
            foreach (var sample in samples)
            {
                if (TypedDate.TryParse(sample, DateOrder.Unambiguous, out _))
                {
                    some = true;
                    continue;
                }

                var reading = Orders.Where(order => TypedDate.TryParse(sample, order, out _)).ToList();
                if (reading.Count == 0) continue;
                some = open = true;
                possible.RemoveAll(order => !reading.Contains(order));
            }

            if (!some) return DateOrderGuess.None;
            if (!open) return new(DateOrder.Unambiguous, IsAmbiguous: false);
            return possible.Count switch { 0 => DateOrderGuess.None, 1 => new(possible[0], IsAmbiguous: false), _ => DateOrderGuess.Ambiguous };
        }
    }
}
