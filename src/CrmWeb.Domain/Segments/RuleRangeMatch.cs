using System.Linq.Expressions;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Segments;

/// <summary>What a value that is compared with means among ordered ones: all from its low end to its high end.</summary>
/// <param name="Low">The first of them.</param>
/// <param name="High">The last of them, or the first behind them.</param>
/// <param name="IsBehind">Whether the high end is the first behind them: of what has no last.</param>
internal readonly record struct RuleRange<T>(T Low, T High, bool IsBehind = false)
{
    public Expression<Func<T, bool>> Database(RuleAsk ask)
    {
        var (compare, bound) = ask.Operator switch
        {
            RuleOperator.Less => (ExpressionType.LessThan, Low),
            RuleOperator.AtMost => (IsBehind ? ExpressionType.LessThan : ExpressionType.LessThanOrEqual, High),
            RuleOperator.More => (IsBehind ? ExpressionType.GreaterThanOrEqual : ExpressionType.GreaterThan, High),
            RuleOperator.AtLeast => (ExpressionType.GreaterThanOrEqual, Low),
            _ => throw new NotSupportedException($"{ask.Operator} is asked of no {typeof(T).Name}."),
        };
        // in a closure, as a compiler would put it there
        Expression<Func<T>> value = () => bound;
        var seen = Expression.Parameter(typeof(T), "x");
        return Expression.Lambda<Func<T, bool>>(Expression.MakeBinary(compare, seen, value.Body), seen);
    }

    public bool Memory(T seen, RuleAsk ask)
    {
        var isBefore = Comparer<T>.Default.Compare(seen, Low) < 0;
        var isAfter = Comparer<T>.Default.Compare(seen, High) >= (IsBehind ? 0 : 1);
        return ask.Operator switch
        {
            RuleOperator.Is => !isBefore && !isAfter,
            RuleOperator.Less => isBefore,
            RuleOperator.AtMost => !isAfter,
            RuleOperator.More => isAfter,
            RuleOperator.AtLeast => !isBefore,
            _ => throw new NotSupportedException($"{ask.Operator} is asked of no {typeof(T).Name}."),
        };
    }
}

/// <summary>What is ordered: each value that is compared with is a range of it.</summary>
internal abstract class RangeMatch<T> : RuleMatch<T>
{
    public override Expression<Func<T, bool>> Database(RuleAsk ask)
    {
        var ranges = Ranges(ask).ToList();
        return ask.Operator == RuleOperator.Is ? Within(ranges) : ranges[0].Database(ask);
    }

    public override bool Memory(T seen, RuleAsk ask) => Ranges(ask).Any(range => range.Memory(seen, ask));

    protected abstract IEnumerable<RuleRange<T>> Ranges(RuleAsk ask);

    /// <summary>Being in one of them.</summary>
    protected abstract Expression<Func<T, bool>> Within(IReadOnlyList<RuleRange<T>> ranges);
}

/// <summary>
/// Numbers in what their column counts in, 1 for pieces, 100 for cents. Between two whole numbers there is none: more than 10.5 is 11 and more, and
/// nothing is 10.5.
/// </summary>
/// <param name="unit">Of one, for the tenant's currency.</param>
internal sealed class NumberMatch(Func<RuleMoment, decimal> unit) : RangeMatch<long?>
{
    public static readonly NumberMatch Pieces = new(_ => 1);
    public static readonly NumberMatch Money = new(at => Currency.Unit(at.Currency));
    public static readonly NumberMatch Scaled = new(_ => TypedNumber.Scale);

    /// <summary>Of averages of such numbers.</summary>
    public AverageMatch Average { get; } = new(unit);

    public override RuleValue Show(long? seen, RuleMoment at) => new RuleValue.Number(seen!.Value / unit(at));

    protected override IEnumerable<RuleRange<long?>> Ranges(RuleAsk ask) => ask.Of<RuleValue.Number>().Select(value =>
    {
        var sought = value.Amount * unit(ask.At);
        return new RuleRange<long?>(Kept(decimal.Ceiling(sought)), Kept(decimal.Floor(sought)));
    });

    protected override Expression<Func<long?, bool>> Within(IReadOnlyList<RuleRange<long?>> ranges)
    {
        List<long?> exact = [.. ranges.Where(range => range.Low == range.High).Select(range => range.Low)];
        if (ranges.Count > 1 || exact.Count == 0) return x => exact.Contains(x);
        var one = exact[0];
        return x => x == one;
    }

    private static long Kept(decimal number) => decimal.ToInt64(Math.Clamp(number, long.MinValue, long.MaxValue));
}

/// <summary>An average, which lies anywhere between numbers.</summary>
internal sealed class AverageMatch(Func<RuleMoment, decimal> unit) : RangeMatch<double?>
{
    public override RuleValue Show(double? seen, RuleMoment at) => new RuleValue.Number(decimal.Round((decimal)seen!.Value / unit(at), TypedNumber.Decimals));

    protected override IEnumerable<RuleRange<double?>> Ranges(RuleAsk ask) => ask.Of<RuleValue.Number>().Select(value => (double?)(value.Amount * unit(ask.At))).Select(sought => new RuleRange<double?>(sought, sought));

    protected override Expression<Func<double?, bool>> Within(IReadOnlyList<RuleRange<double?>> ranges)
    {
        List<double?> sought = [.. ranges.Select(range => range.Low)];
        return x => sought.Contains(x);
    }
}

/// <summary>Instants, asked for by days: a day is from its first moment to the first of the next, where the tenant is.</summary>
internal sealed class InstantMatch : RangeMatch<DateTime?>
{
    // a season is looked for in the years in which there is something to be found
    private const int YearsBack = 80;
    private const int YearsAhead = 5;

    public override Expression<Func<DateTime?, bool>> Database(RuleAsk ask) => ask.Operator == RuleOperator.Recurs ? Recurring(ask.Season, ask.At) : base.Database(ask);

    public override bool Memory(DateTime? seen, RuleAsk ask) => ask.Operator == RuleOperator.Recurs ? ask.Season.Holds(RuleDays.DayOf(seen!.Value, ask.At)) : base.Memory(seen, ask);

    public override RuleValue Show(DateTime? seen, RuleMoment at) => new RuleValue.Day(RuleDays.DayOf(seen!.Value, at));

    protected override IEnumerable<RuleRange<DateTime?>> Ranges(RuleAsk ask) => ask.Values.Select(value => RuleDays.Of(value, ask.At.Today))
        .Select(day => new RuleRange<DateTime?>(ask.At.StartOf(day), ask.At.StartOf(RuleDays.Move(day, 1)), IsBehind: true));

    protected override Expression<Func<DateTime?, bool>> Within(IReadOnlyList<RuleRange<DateTime?>> ranges) => AnyOf(ranges.Select(range => During(range.Low, range.High)));

    private static Expression<Func<DateTime?, bool>> During(DateTime? start, DateTime? end) => x => x >= start && x < end;

    // the days begin where the tenant is, which no engine knows: so each year has two instants of its own
    private static Expression<Func<DateTime?, bool>> Recurring(RuleSeason season, RuleMoment at) => season.IsAlways
        ? x => x != null
        : Halved([.. season.In(at.Today.Year - YearsBack, at.Today.Year + YearsAhead).Select(days => ((DateTime?)at.StartOf(days.First), (DateTime?)at.StartOf(days.Behind)))]);

    /// <summary>Being in one of these, found by halves: a row is compared with a few of them only.</summary>
    private static Expression<Func<DateTime?, bool>> Halved(ReadOnlySpan<(DateTime? Start, DateTime? End)> years)
    {
        if (years is [var (start, end)]) return During(start, end);
        var half = years.Length / 2;
        var middle = years[half].Start;
        Expression<Func<DateTime?, bool>> isEarlier = x => x < middle;
        var seen = isEarlier.Parameters[0];
        return Expression.Lambda<Func<DateTime?, bool>>(Expression.Condition(isEarlier.Body, Halved(years[..half]).On(seen), Halved(years[half..]).On(seen)), seen);
    }
}

internal sealed class DayMatch : RangeMatch<DateOnly?>
{
    public override Expression<Func<DateOnly?, bool>> Database(RuleAsk ask) => ask.Operator == RuleOperator.Recurs ? Recurring(ask.Season) : base.Database(ask);

    public override bool Memory(DateOnly? seen, RuleAsk ask) => ask.Operator == RuleOperator.Recurs ? ask.Season.Holds(seen!.Value) : base.Memory(seen, ask);

    public override RuleValue Show(DateOnly? seen, RuleMoment at) => new RuleValue.Day(seen!.Value);

    protected override IEnumerable<RuleRange<DateOnly?>> Ranges(RuleAsk ask) =>
        ask.Values.Select(value => (DateOnly?)RuleDays.Of(value, ask.At.Today)).Select(day => new RuleRange<DateOnly?>(day, day));

    protected override Expression<Func<DateOnly?, bool>> Within(IReadOnlyList<RuleRange<DateOnly?>> ranges)
    {
        List<DateOnly?> days = [.. ranges.Select(range => range.Low)];
        var one = days[0];
        return days.Count == 1 ? x => x == one : x => days.Contains(x);
    }

    private static Expression<Func<DateOnly?, bool>> Recurring(RuleSeason season)
    {
        var (from, to) = season;
        return from <= to
            ? x => (x!.Value.Month * 100) + x.Value.Day >= from && (x.Value.Month * 100) + x.Value.Day <= to
            : x => (x!.Value.Month * 100) + x.Value.Day >= from || (x.Value.Month * 100) + x.Value.Day <= to;
    }
}

/// <summary>An amount with a currency of its own: a hundred of one currency is not a hundred of another, and neither more nor less.</summary>
internal sealed class AmountMatch : RuleMatch<CustomValue?>
{
    public override Expression<Func<CustomValue?, bool>> Database(RuleAsk ask) => AnyOf(ask.Of<RuleValue.Number>().Select(value =>
    {
        var currency = value.Currency ?? ask.At.Currency;
        Expression<Func<CustomValue?, string?>> named = v => v!.Currency;
        Expression<Func<CustomValue?, long?>> number = v => v!.Number;
        Expression<Func<string?, bool>> same = x => x == currency;
        var row = Expression.Parameter(typeof(CustomValue), "v");
        var test = NumberMatch.Scaled.Database(ask with { Values = [value] });
        return Expression.Lambda<Func<CustomValue?, bool>>(Expression.AndAlso(same.On(named.On(row)), test.On(number.On(row))), row);
    }));

    public override bool Memory(CustomValue? seen, RuleAsk ask) => ask.Of<RuleValue.Number>()
        .Any(value => seen!.Currency == (value.Currency ?? ask.At.Currency) && NumberMatch.Scaled.Memory(seen.Number, ask with { Values = [value] }));

    public override RuleValue Show(CustomValue? seen, RuleMoment at) => new RuleValue.Number((seen!.Number ?? 0) / (decimal)TypedNumber.Scale, seen.Currency);
}

internal static class RuleDays
{
    /// <summary>The calendar day that a value means.</summary>
    public static DateOnly Of(RuleValue value, DateOnly today) => value switch
    {
        RuleValue.Day day => day.Date,
        RuleValue.Today { Unit: RuleUnit.Months } from => Months(today, from.Count),
        RuleValue.Today { Unit: RuleUnit.Years } from => Months(today, from.Count * 12L),
        RuleValue.Today { Unit: RuleUnit.Weeks } from => Move(today, from.Count * 7L),
        RuleValue.Today from => Move(today, from.Count),
        _ => throw new NotSupportedException($"{value} is no day."),
    };

    // the calendar ends somewhere
    public static DateOnly Move(DateOnly day, long by) =>
        DateOnly.FromDayNumber((int)Math.Clamp(day.DayNumber + by, DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber));

    /// <summary>The day on which an instant is where the tenant is.</summary>
    public static DateOnly DayOf(DateTime instant, RuleMoment at)
    {
        var day = DateOnly.FromDateTime(instant);
        return at.StartOf(Move(day, 1)) <= instant ? Move(day, 1) : at.StartOf(day) > instant ? Move(day, -1) : day;
    }

    private static DateOnly Months(DateOnly day, long by)
    {
        var months = (day.Year * 12L) + day.Month - 1 + by;
        return months < 12 ? DateOnly.MinValue : months >= 120_000 ? DateOnly.MaxValue : day.AddMonths((int)by);
    }
}
