using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using FsCheck;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Domain.Sales;

public sealed class DreamSectorTests
{
    private static readonly DreamMeasure[] Measures = Enum.GetValues<DreamMeasure>();

    [Fact]
    public void Score_AnyCriteria_IsFromNoneToAll_WhateverTheirOrder() => Prop.ForAll(Sectors(), Values(), (sector, values) =>
    {
        var score = sector.Score(of => values[(int)of]);
        var turned = (sector with { Criteria = [.. sector.Criteria.Reverse()] }).Score(of => values[(int)of]);
        return score.Score is null or (>= 0 and <= 1_000) && score.Score == turned.Score && score.Score is null == sector.Criteria.All(one => one.Weight == 0 || values[(int)one.Measure] is null);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Score_OneMeasureBetter_IsNeverLower() => Prop.ForAll(Sectors(), Values(), Gen.Choose(0, Measures.Length - 1).ToArbitrary(), (sector, values, at) =>
    {
        if (values[at] is not { } value) return true;
        var better = values.ToArray();
        better[at] = value + (sector.Criteria.Where(one => (int)one.Measure == at).Select(one => Math.Sign(one.Full - one.None)).FirstOrDefault() * 3.5m);
        return sector.Score(of => better[(int)of]).Score >= sector.Score(of => values[(int)of]).Score || sector.Score(of => values[(int)of]).Score is null;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void IsIn_SameScoreAgain_StaysWhereItIs() => Prop.ForAll(Sectors(), Gen.Choose(-1, 1_000).ToArbitrary(), (sector, drawn) =>
    {
        int? score = drawn < 0 ? null : drawn;
        return new[] { true, false }.All(was => sector.IsIn(score, was) is var now && sector.IsIn(score, now) == now);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Written_ReadsTheSame_AndFits() => Prop.ForAll(Sectors(), Values(), (sector, values) =>
    {
        var (written, reasons) = (sector.Write(), DreamReason.Write(sector.Score(of => values[(int)of]).Reasons));
        var read = DreamSector.Read(written)!;
        return (read.Enter, read.Leave) == (sector.Enter, sector.Leave) && read.Criteria.SequenceEqual(sector.Criteria) && written.Length <= Tenant.DreamSectorLength
            && reasons.Length <= ProductStanding.ReasonsLength && DreamReason.Write(DreamReason.Read(reasons)) == reasons && DreamReason.Read(reasons).Count == sector.Criteria.Count;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Points_BetweenTheValues_AreTheShare_EitherWay()
    {
        Assert.Equal(0.25m, new DreamCriterion(DreamMeasure.Margin, 1, 20, 60).Points(30));
        Assert.Equal(0.75m, new DreamCriterion(DreamMeasure.Returned, 1, 20, 0).Points(5));
        Assert.Equal((0m, 1m), (new DreamCriterion(DreamMeasure.Returned, 1, 20, 0).Points(40), new DreamCriterion(DreamMeasure.Margin, 1, 20, 60).Points(90)));
        Assert.Null(new DreamCriterion(DreamMeasure.Margin, 1, 20, 60).Points(null));
        Assert.Null(DreamSector.Read(null));
    }

    [Fact]
    public void Proposed_IsInOrder() => Assert.True(DreamSector.Proposed(1) is { Leave: var leave, Enter: var enter, Criteria: var all } && leave <= enter && all.All(one => one.None != one.Full && one.Weight > 0));

    private static Arbitrary<DreamSector> Sectors() =>
        (from weights in Gen.Choose(0, DreamCriterion.MostWeight).ArrayOf(Measures.Length)
         from none in Gen.Choose(-1_000_000, 1_000_000).ArrayOf(Measures.Length)
         from apart in Gen.Choose(-50_000, 50_000).Where(n => n != 0).ArrayOf(Measures.Length)
         from enter in Gen.Choose(1, 100)
         from leave in Gen.Choose(0, enter)
         select new DreamSector([.. Measures.Select(measure => new DreamCriterion(measure, weights[(int)measure], none[(int)measure] / 100m, (none[(int)measure] + apart[(int)measure]) / 100m))], enter, leave)).ToArbitrary();

    private static Arbitrary<decimal?[]> Values() => Gen.Choose(-1_200_000, 1_200_000).Select(n => n % 5 == 0 ? (decimal?)null : n / 100m).ArrayOf(Measures.Length).ToArbitrary();
}
