using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Cohorts;

/// <summary>Customers by the month of their first order, and who of them bought in the months after.</summary>
/// <param name="First">The first day of the first month.</param>
/// <param name="Count">How many months of first orders, and how many after each.</param>
/// <param name="Choices">Months to begin with, the latest first.</param>
public sealed record CohortPage(DateOnly First, int Count, IReadOnlyList<Cohort> Cohorts, IReadOnlyList<DateOnly> Choices, DateOnly Now)
{
    /// <summary>What the customers may be cut by, and are.</summary>
    public IReadOnlyList<FilterField> Fields { get; init; } = [];

    public IReadOnlyList<Filter> Filters { get; init; } = [];

    /// <summary>How many months one may look at.</summary>
    public static readonly IReadOnlyList<int> Lengths = [6, 12, 24];

    /// <summary>As the address has it.</summary>
    [Display(Name = "First month")] public string From => First.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>Likewise.</summary>
    [Display(Name = "How many months")] public int? Months => Count;

    private const int Usual = 12;
    private const int MostChoices = 360;

    public static async Task<CohortPage> Read(CrmDb db, CurrentMember me, string? from, int? months, IReadOnlyList<Filter> filters, CancellationToken stop)
    {
        var now = TenantDay.MonthOf(TenantDay.Today(me));
        var count = months is { } asked && Lengths.Contains(asked) ? asked : Usual;
        var earliest = await db.Orders.OrderBy(o => o.PlacedAt).Select(o => (DateTime?)o.PlacedAt).FirstOrDefaultAsync(stop);
        var begun = earliest is { } at ? TenantDay.MonthOf(DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(at, TenantDay.Zone(me)))) : now;
        var span = Math.Clamp(((now.Year - begun.Year) * 12) + now.Month - begun.Month + 1, 1, MostChoices);
        IReadOnlyList<DateOnly> choices = [.. Enumerable.Range(0, span).Select(back => now.AddMonths(-back))];
        var first = DateOnly.TryParseExact(from, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var typed) && choices.Contains(typed) ? typed : choices[Math.Min(count, span) - 1];
        return new(first, count, earliest is null ? [] : await db.Cohorts(first, count, count, TenantDay.Zone(me), stop, orders => filters.Aggregate(orders, (left, filter) => left.Narrow(filter, o => o.Customer!, db, me))), choices, now) { Filters = filters };
    }

    /// <summary>Cohorts that somebody is in.</summary>
    public IEnumerable<Cohort> Begun => Cohorts.Where(cohort => cohort.Month <= Now);

    /// <summary>How many bought in a month after; null while it did not begin.</summary>
    public int? Bought(Cohort cohort, int after) => cohort.Month.AddMonths(after) > Now ? null : cohort.Bought[after - 1];

    /// <summary>Of all cohorts that came so far; null when none did.</summary>
    public (int Bought, int Customers)? All(int after)
    {
        var reached = Begun.Where(cohort => Bought(cohort, after) is not null).ToList();
        var customers = reached.Sum(cohort => cohort.Customers);
        return customers == 0 ? null : (reached.Sum(cohort => cohort.Bought[after - 1]), customers);
    }

    /// <summary>How deep a cell is painted, 0 to 5.</summary>
    public static int Depth(int bought, int customers) => bought == 0 || customers == 0 ? 0 : Math.Clamp((int)Math.Ceiling(bought * 10m / customers), 1, 5);
}
