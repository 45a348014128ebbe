using System.Linq.Expressions;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Segments;

/// <summary>
/// Numbers in what their column counts in, 1 for pieces, 100 for cents. Between two whole numbers there is none: more than 10.5 is 11 and more, and
/// nothing is 10.5.
/// </summary>
/// <param name="unit">Of one, for the tenant's currency.</param>
internal class NumberMatch(Func<RuleMoment, decimal> unit) : RuleMatch<long?>
{
    public static readonly NumberMatch Pieces = new(_ => 1);
    public static readonly NumberMatch Money = new(at => Currency.Unit(at.Currency));
    public static readonly NumberMatch Scaled = new(_ => TypedNumber.Scale);

    public override Expression<Func<long?, bool>> Database(RuleAsk ask)
    {
        var ranges = Ranges(ask).ToList();
        var (low, high) = ranges[0];
        List<long?> exact = [.. ranges.Where(range => range.Low == range.High).Select(range => (long?)range.Low)];
        return ask.Operator switch
        {
            RuleOperator.Is when low == high && ranges.Count == 1 => x => x == low,
            RuleOperator.Is => x => exact.Contains(x),
            RuleOperator.Less => x => x < low,
            RuleOperator.AtMost => x => x <= high,
            RuleOperator.More => x => x > high,
            RuleOperator.AtLeast => x => x >= low,
            _ => throw Cannot(ask),
        };
    }

    public override bool Memory(long? seen, RuleAsk ask) => Ranges(ask).Any(range => ask.Operator switch
    {
        RuleOperator.Is => seen >= range.Low && seen <= range.High,
        RuleOperator.Less => seen < range.Low,
        RuleOperator.AtMost => seen <= range.High,
        RuleOperator.More => seen > range.High,
        RuleOperator.AtLeast => seen >= range.Low,
        _ => throw Cannot(ask),
    });

    public override RuleValue Show(long? seen, RuleMoment at) => new RuleValue.Number(seen!.Value / unit(at));

    /// <summary>Of an average, which lies anywhere.</summary>
    public Expression<Func<double?, bool>> OfAverage(RuleAsk ask)
    {
        var sought = ask.Of<RuleValue.Number>().Select(value => (double?)(value.Amount * unit(ask.At))).ToList();
        var one = sought[0];
        return ask.Operator switch
        {
            RuleOperator.Is => x => sought.Contains(x),
            RuleOperator.Less => x => x < one,
            RuleOperator.AtMost => x => x <= one,
            RuleOperator.More => x => x > one,
            RuleOperator.AtLeast => x => x >= one,
            _ => throw Cannot(ask),
        };
    }

    public bool OfAverage(double seen, RuleAsk ask) => ask.Of<RuleValue.Number>().Select(value => (double)(value.Amount * unit(ask.At))).Any(sought => ask.Operator switch
    {
        RuleOperator.Is => seen.Equals(sought),
        RuleOperator.Less => seen < sought,
        RuleOperator.AtMost => seen <= sought,
        RuleOperator.More => seen > sought,
        RuleOperator.AtLeast => seen >= sought,
        _ => throw Cannot(ask),
    });

    public RuleValue ShowAverage(double seen, RuleMoment at) => new RuleValue.Number(decimal.Round((decimal)seen / unit(at), TypedNumber.Decimals));

    private IEnumerable<(long Low, long High)> Ranges(RuleAsk ask) => ask.Of<RuleValue.Number>().Select(value =>
    {
        var sought = value.Amount * unit(ask.At);
        return (Kept(decimal.Ceiling(sought)), Kept(decimal.Floor(sought)));
    });

    private static long Kept(decimal number) => decimal.ToInt64(Math.Clamp(number, long.MinValue, long.MaxValue));
}

/// <summary>Instants, asked for by days: a day is from its first moment to the first of the next, where the tenant is.</summary>
internal sealed class InstantMatch : RuleMatch<DateTime?>
{
    public override Expression<Func<DateTime?, bool>> Database(RuleAsk ask)
    {
        var days = Days(ask).ToList();
        var (start, end) = days[0];
        return ask.Operator switch
        {
            RuleOperator.Is => AnyOf(days.Select(day => During(day.Start, day.End))),
            RuleOperator.Less => x => x < start,
            RuleOperator.AtMost => x => x < end,
            RuleOperator.More => x => x >= end,
            RuleOperator.AtLeast => x => x >= start,
            _ => throw Cannot(ask),
        };
    }

    public override bool Memory(DateTime? seen, RuleAsk ask) => Days(ask).Any(day => ask.Operator switch
    {
        RuleOperator.Is => seen >= day.Start && seen < day.End,
        RuleOperator.Less => seen < day.Start,
        RuleOperator.AtMost => seen < day.End,
        RuleOperator.More => seen >= day.End,
        RuleOperator.AtLeast => seen >= day.Start,
        _ => throw Cannot(ask),
    });

    public override RuleValue Show(DateTime? seen, RuleMoment at) => new RuleValue.Day(RuleDays.DayOf(seen!.Value, at));

    private static Expression<Func<DateTime?, bool>> During(DateTime start, DateTime end) => x => x >= start && x < end;

    private static IEnumerable<(DateTime Start, DateTime End)> Days(RuleAsk ask) =>
        ask.Values.Select(value => RuleDays.Of(value, ask.At.Today)).Select(day => (ask.At.StartOf(day), ask.At.StartOf(RuleDays.Move(day, 1))));
}

internal sealed class DayMatch : RuleMatch<DateOnly?>
{
    public override Expression<Func<DateOnly?, bool>> Database(RuleAsk ask)
    {
        List<DateOnly?> days = [.. ask.Values.Select(value => (DateOnly?)RuleDays.Of(value, ask.At.Today))];
        var day = days[0];
        return ask.Operator switch
        {
            RuleOperator.Is when days.Count == 1 => x => x == day,
            RuleOperator.Is => x => days.Contains(x),
            RuleOperator.Less => x => x < day,
            RuleOperator.AtMost => x => x <= day,
            RuleOperator.More => x => x > day,
            RuleOperator.AtLeast => x => x >= day,
            _ => throw Cannot(ask),
        };
    }

    public override bool Memory(DateOnly? seen, RuleAsk ask) => ask.Values.Select(value => RuleDays.Of(value, ask.At.Today)).Any(day => ask.Operator switch
    {
        RuleOperator.Is => seen == day,
        RuleOperator.Less => seen < day,
        RuleOperator.AtMost => seen <= day,
        RuleOperator.More => seen > day,
        RuleOperator.AtLeast => seen >= day,
        _ => throw Cannot(ask),
    });

    public override RuleValue Show(DateOnly? seen, RuleMoment at) => new RuleValue.Day(seen!.Value);
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
