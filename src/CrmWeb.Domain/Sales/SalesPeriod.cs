namespace CrmWeb.Domain.Sales;

/// <summary>The days that a report is about, and those that they are compared with.</summary>
/// <param name="Until">The first day that is not part of it.</param>
/// <param name="Months">How far back what it is compared with lies; 0: as many days as it has.</param>
public sealed record SalesPeriod(DateOnly From, DateOnly Until, int Months = 0)
{
    public const string Usual = "12-months";

    /// <summary>The periods that have a name.</summary>
    public static readonly IReadOnlyList<string> Names = ["month", "last-month", "quarter", "last-quarter", "year", "last-year", Usual];

    public DateOnly Last => Until.AddDays(-1);

    /// <summary>As long a time before: of a month that is not over, the same days of the month before. Null where the calendar ends.</summary>
    public SalesPeriod? Before
    {
        get
        {
            var days = Until.DayNumber - From.DayNumber;
            if (Months == 0) return From.DayNumber < days ? null : new(From.AddDays(-days), From);
            return From < DateOnly.MinValue.AddMonths(Months) ? null : this with { From = From.AddMonths(-Months), Until = Until.AddMonths(-Months) };
        }
    }

    /// <summary>A period by its name, as far as it has come by a day; the usual one for a name that is none.</summary>
    public static SalesPeriod Named(string? name, DateOnly today)
    {
        var (month, year) = (new DateOnly(today.Year, today.Month, 1), new DateOnly(today.Year, 1, 1));
        var quarter = month.AddMonths(-((today.Month - 1) % 3));
        var tomorrow = today.AddDays(1);
        return name switch
        {
            "month" => new(month, tomorrow, 1),
            "last-month" => new(month.AddMonths(-1), month, 1),
            "quarter" => new(quarter, tomorrow, 3),
            "last-quarter" => new(quarter.AddMonths(-3), quarter, 3),
            "year" => new(year, tomorrow, 12),
            "last-year" => new(year.AddYears(-1), year, 12),
            _ => new(tomorrow.AddMonths(-12), tomorrow, 12),
        };
    }
}
