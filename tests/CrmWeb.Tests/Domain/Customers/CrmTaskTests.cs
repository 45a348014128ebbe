using CrmWeb.Domain.Customers;
using FsCheck;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Domain.Customers;

/// <summary>The rhythm of a repeating task: month ends, leap days, and work that was done early or late.</summary>
public sealed class CrmTaskTests
{
    private static readonly DateTime Now = new(2026, 11, 22, 9, 0, 0, DateTimeKind.Utc);

    private static readonly Gen<DateOnly> Days = Gen.Choose(new DateOnly(1996, 1, 1).DayNumber, new DateOnly(2104, 12, 31).DayNumber).Select(DateOnly.FromDayNumber);

    public static Arbitrary<(DateOnly Due, int Late, Repeat Repeat)> Cases => (
        from due in Days
        from late in Gen.Choose(-40, 800)
        from repeat in Gen.Elements(Repeat.Daily, Repeat.Weekly, Repeat.Monthly, Repeat.Yearly)
        select (due, late, repeat)).ToArbitrary();

    [Fact]
    public void R9_NextDue_LiesAfterDueDayAndToday_AndIsTheFirstThatDoes() => Prop.ForAll(Cases, c =>
    {
        var today = c.Due.AddDays(c.Late);
        var next = Next(c.Due, today, c.Repeat);
        var floor = today > c.Due ? today : c.Due;
        var longest = c.Repeat switch { Repeat.Daily => 1, Repeat.Weekly => 7, Repeat.Monthly => 31, _ => 366 };
        return next > floor && next.DayNumber - floor.DayNumber <= longest;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void R9_NextDue_KeepsWeekdayOrDayOfMonth() => Prop.ForAll(Cases, c =>
    {
        var next = Next(c.Due, c.Due.AddDays(c.Late), c.Repeat);
        return c.Repeat switch
        {
            Repeat.Weekly => next.DayOfWeek == c.Due.DayOfWeek,
            Repeat.Monthly => next.Day == Math.Min(c.Due.Day, DateTime.DaysInMonth(next.Year, next.Month)),
            Repeat.Yearly => next.Month == c.Due.Month && next.Day == Math.Min(c.Due.Day, DateTime.DaysInMonth(next.Year, next.Month)),
            _ => true,
        };
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void R9_MonthlyFromThe31st_ComesBackToThe31st()
    {
        var task = Task(new(2027, 1, 31), Repeat.Monthly);
        var days = new List<DateOnly>();
        for (var i = 0; i < 4; i++)
        {
            task = task.Complete(Now, task.DueOn)!;
            days.Add(task.DueOn);
        }

        Assert.Equal([new(2027, 2, 28), new(2027, 3, 31), new(2027, 4, 30), new(2027, 5, 31)], days);
    }

    [Fact]
    public void R9_YearlyFromLeapDay_ComesBackToIt()
    {
        var task = Task(new(2024, 2, 29), Repeat.Yearly);
        var days = new List<DateOnly>();
        for (var i = 0; i < 4; i++)
        {
            task = task.Complete(Now, task.DueOn)!;
            days.Add(task.DueOn);
        }

        Assert.Equal([new(2025, 2, 28), new(2026, 2, 28), new(2027, 2, 28), new(2028, 2, 29)], days);
    }

    [Fact]
    public void Complete_Twice_MakesOneNext()
    {
        var task = Task(new(2026, 11, 22), Repeat.Daily);
        Assert.NotNull(task.Complete(Now, task.DueOn));
        Assert.Null(task.Complete(Now, task.DueOn));
    }

    [Fact]
    public void Change_OfTheDueDay_MovesTheRhythm()
    {
        var task = Task(new(2026, 1, 31), Repeat.Monthly);
        task.Change("Call", new(2026, 2, 15), 1);
        Assert.Equal(new(2026, 3, 15), task.Complete(Now, new(2026, 2, 15))!.DueOn);
    }

    private static DateOnly Next(DateOnly due, DateOnly today, Repeat repeat) => Task(due, repeat).Complete(Now, today)!.DueOn;

    private static CrmTask Task(DateOnly due, Repeat repeat) => new("Call", due, 1, 1, Now) { Repeat = repeat };
}
