using System.Linq.Expressions;

namespace CrmWeb.Domain.Customers;

/// <summary>
/// Which cadence counts for whom, said here alone: that of the service tier that counts for the customer, where the tier has one; else that of its stage; else
/// none (decision 0025). A contact is due a number of days after the last one, or after the creation where there was none.
/// </summary>
/// <param name="OfStages">Days, by stage.</param>
/// <param name="OfTiers">Days, by the id of the tier.</param>
public sealed record ContactRhythm(IReadOnlyDictionary<LifecycleStage, int> OfStages, IReadOnlyDictionary<long, int> OfTiers)
{
    public static readonly ContactRhythm None = new(new Dictionary<LifecycleStage, int>(), new Dictionary<long, int>());

    /// <summary>Since when a contact is waited for: since the last one, or the creation where there was none.</summary>
    public static Expression<Func<Customer, DateTime?>> Since { get; } = c => c.LastInteractionAt ?? (DateTime?)c.CreatedAt;

    public bool IsEmpty => OfStages.Count == 0 && OfTiers.Count == 0;

    /// <param name="tierId">The tier that counts, <see cref="Customer.EffectiveTierId"/>.</param>
    /// <returns>Null where nothing is said.</returns>
    public int? DaysFor(LifecycleStage stage, long? tierId) =>
        tierId is { } tier && OfTiers.TryGetValue(tier, out var days) ? days : OfStages.TryGetValue(stage, out days) ? days : null;

    /// <summary>The first day that is too late for the last contact: whoever heard from us on an earlier day is due on <paramref name="today"/>.</summary>
    public static DateOnly DueBefore(int days, DateOnly today) => today.AddDays(1 - days);

    /// <summary>The first day on which somebody who last heard from us on <paramref name="day"/> is due.</summary>
    public static DateOnly DueAfter(int days, DateOnly day) => day.AddDays(days);

    /// <summary>The customers by the cadence that counts for them: each is in one cut, or in none where nothing is said.</summary>
    public IEnumerable<RhythmCut> Cuts()
    {
        var own = OfTiers.Keys.ToList();
        foreach (var (id, days) in OfTiers)
        {
            var tier = id;
            yield return new(null, tier, days, c => c.EffectiveTierId == tier);
        }

        foreach (var (of, days) in OfStages)
        {
            var stage = of;
            yield return new(stage, null, days, own.Count == 0 ? c => c.Stage == stage : c => c.Stage == stage && (c.EffectiveTierId == null || !own.Contains(c.EffectiveTierId.Value)));
        }
    }
}

/// <summary>Customers who should hear from us equally often.</summary>
/// <param name="Stage">Null where a tier says it.</param>
/// <param name="TierId">Null where a stage says it.</param>
public sealed record RhythmCut(LifecycleStage? Stage, long? TierId, int Days, Expression<Func<Customer, bool>> Who);
