using System.Globalization;

namespace CrmWeb.Domain.Sales;

/// <summary>What a product is judged by, over twelve months. The words of it are stored: never rename one.</summary>
public enum DreamMeasure
{
    /// <summary>Of the revenue, in hundredths.</summary>
    Margin = 0,

    /// <summary>Major units of the tenant's currency.</summary>
    Revenue = 1,

    /// <summary>Of the revenue against the twelve months before, in hundredths.</summary>
    Growth = 2,

    /// <summary>Customers.</summary>
    Buyers = 3,

    /// <summary>Buyers who bought it in two orders or more, in hundredths of the buyers.</summary>
    Again = 4,

    /// <summary>Orders that came back, in hundredths of all orders of it.</summary>
    Returned = 5,

    Pieces = 6,
}

/// <summary>A measure, how much it weighs, and the values between which it counts from nothing to all: the other way round for what should be small.</summary>
public sealed record DreamCriterion(DreamMeasure Measure, int Weight, decimal None, decimal Full)
{
    public const int MostWeight = 100;

    /// <summary>Absolute; of both ends.</summary>
    public const decimal MostValue = 1_000_000_000_000;

    public const int MostDecimals = 4;

    /// <summary>From 0 to 1, to six decimals; null while the value is not known.</summary>
    public decimal? Points(decimal? value) => value is { } known ? decimal.Round(Math.Clamp((known - None) / (Full - None), 0, 1), 6) : null;
}

/// <summary>Why a product has its score: a value, the points for it (0 to 1), and what they weigh.</summary>
public sealed record DreamReason(DreamMeasure Measure, int Weight, decimal? Value, decimal? Points)
{
    /// <summary>As it is kept: <c>Margin*3=42.5:0.75</c>, one after the other; without a value nothing stands behind the sign.</summary>
    public static string Write(IEnumerable<DreamReason> reasons) => string.Join("; ", reasons.Select(r => string.Create(
        CultureInfo.InvariantCulture, $"{r.Measure}*{r.Weight}={(r.Value is { } value ? $"{decimal.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture)}:{r.Points!.Value.ToString("0.######", CultureInfo.InvariantCulture)}" : "")}")));

    public static IReadOnlyList<DreamReason> Read(string text)
    {
        var reasons = new List<DreamReason>();
        foreach (var part in text.Split("; ", StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('*', '=', ':') is not [var word, var weight, .. var rest] || !Enum.TryParse<DreamMeasure>(word, out var measure)) continue;
            reasons.Add(rest is [var value, var points] ? new(measure, Whole(weight), Number(value), Number(points)) : new(measure, Whole(weight), null, null));
        }

        return reasons;
    }

    private static int Whole(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}

/// <summary>How a product did.</summary>
/// <param name="Score">Thousandths, from 0 to 1,000; null while nothing is known that it could be judged by.</param>
public sealed record DreamScore(int? Score, IReadOnlyList<DreamReason> Reasons);

/// <summary>
/// The criteria by which a product belongs to the best ones. The score is the weighted mean of the points of the measures that are known. A product enters
/// at one score and leaves below another, lower one, so that it does not go in and out with every order.
/// </summary>
/// <param name="Enter">In hundredths.</param>
/// <param name="Leave">In hundredths, at most <paramref name="Enter"/>.</param>
public sealed record DreamSector(IReadOnlyList<DreamCriterion> Criteria, int Enter, int Leave)
{
    /// <summary>To begin with: what earns well, is sold much and grows, to many who come again and send little back.</summary>
    public static DreamSector Proposed(decimal revenue) => new(
    [
        new(DreamMeasure.Margin, 3, 20, 60), new(DreamMeasure.Revenue, 2, 0, revenue), new(DreamMeasure.Growth, 2, -10, 30), new(DreamMeasure.Buyers, 1, 0, 50), new(DreamMeasure.Again, 1, 0, 40),
        new(DreamMeasure.Returned, 1, 10, 0),
    ], 60, 50);

    public DreamScore Score(Func<DreamMeasure, decimal?> measured)
    {
        var reasons = Criteria.Select(one => new DreamReason(one.Measure, one.Weight, measured(one.Measure), one.Points(measured(one.Measure)))).ToList();
        var known = reasons.Where(reason => reason.Points is not null).ToList();
        var weight = known.Sum(reason => reason.Weight);
        int? score = weight == 0 ? null : (int)decimal.Round(known.Sum(reason => reason.Points!.Value * reason.Weight) * 1_000 / weight, MidpointRounding.AwayFromZero);
        return new(score, reasons);
    }

    /// <param name="was">Whether it was in until now.</param>
    public bool IsIn(int? score, bool was) => score >= (was ? Leave : Enter) * 10;

    /// <summary>As it is kept: <c>60/50; Margin*3@20..60; …</c></summary>
    public string Write() => string.Create(CultureInfo.InvariantCulture, $"{Enter}/{Leave}; ") + string.Join("; ", Criteria.Select(c => string.Create(
        CultureInfo.InvariantCulture, $"{c.Measure}*{c.Weight}@{c.None:0.####}..{c.Full:0.####}")));

    /// <summary>Null for nothing.</summary>
    public static DreamSector? Read(string? text)
    {
        if (text?.Split("; ") is not [var bounds, .. var rest] || bounds.Split('/') is not [var enter, var leave]) return null;
        var criteria = new List<DreamCriterion>();
        foreach (var part in rest)
        {
            if (part.Split('*', '@') is not [var word, var weight, var ends] || ends.Split("..") is not [var none, var full] || !Enum.TryParse<DreamMeasure>(word, out var measure)) continue;
            criteria.Add(new(measure, int.Parse(weight, CultureInfo.InvariantCulture), decimal.Parse(none, CultureInfo.InvariantCulture), decimal.Parse(full, CultureInfo.InvariantCulture)));
        }

        return new(criteria, int.Parse(enter, CultureInfo.InvariantCulture), int.Parse(leave, CultureInfo.InvariantCulture));
    }
}
