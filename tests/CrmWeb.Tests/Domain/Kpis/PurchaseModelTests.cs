using CrmWeb.Domain.Kpis;
using CrmWeb.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Domain.Kpis;

/// <summary>The models of buying and spending against what was published of them, and against customers that are made by them.</summary>
public sealed class PurchaseModelTests
{
    private static readonly PurchaseModel Published = new(.243, 4.414, .793, 2.426, PurchaseUnit.Week);

    [Fact]
    public void Published_CustomerOfThePaper_IsExpectedAndAliveAsThere()
    {
        var customer = new PurchaseHistory(2, 213, 272);
        Assert.Equal(1.226, Published.Expected(customer, 39 * 7), 0.001);
        Assert.Equal(.7266, Published.Alive(customer), 0.0005);
    }

    [Fact]
    public void Cdnow_Calibration_FindsThePublishedParameters()
    {
        var buyers = Cdnow.Buyers().ToList();
        var fit = new PurchaseFit(buyers.GroupBy(b => b.History).ToDictionary(same => same.Key, same => same.Count()), PurchaseUnit.Week);
        var (model, likelihood) = fit.Best(default)!.Value;
        Assert.Equal((2_357, 946), (fit.Customers, fit.RepeatBuyers));
        Assert.Equal((.243, 4.41, .793, 2.43, -9582.4), (Math.Round(model.R, 3), Math.Round(model.Alpha, 2), Math.Round(model.A, 3), Math.Round(model.B, 2), Math.Round(likelihood, 1)));
        var spends = new SpendFit(buyers.Select(b => (b.History.Repeats, b.Mean)));
        var spend = spends.Best(default)!;
        Assert.Equal((946, 6.25, 3.74, 15.44, 35.17), (spends.Customers, Math.Round(spend.P, 2), Math.Round(spend.Q, 2), Math.Round(spend.V, 2), Math.Round(spend.Mean!.Value, 2)));
    }

    [Fact]
    public void Cdnow_DaysOrWeeks_SayTheSameOfACustomer()
    {
        var buyers = Cdnow.Buyers().ToList();
        var histories = buyers.GroupBy(b => b.History).ToDictionary(same => same.Key, same => same.Count());
        var models = new[] { PurchaseUnit.Day, PurchaseUnit.Week }.Select(unit => new PurchaseFit(histories, unit).Best(default)!.Value.Model).ToList();
        var customer = new PurchaseHistory(2, 213, 272);
        Assert.Equal(models[0].Expected(customer, 273), models[1].Expected(customer, 273), 0.002);
        Assert.Equal(models[0].Alpha / 7, models[1].Alpha, 0.02);
    }

    [Fact]
    public void Model_AnyHistory_SaysWhatCanBe() => Prop.ForAll(Models.ToArbitrary(), Histories.ToArbitrary(), (model, history) =>
    {
        var (alive, soon, later) = (model.Alive(history), model.Expected(history, 30), model.Expected(history, 365));
        Assert.InRange(alive, 0, 1);
        Assert.True(double.IsFinite(later) && soon >= 0 && later >= soon - 1e-9, $"{soon} then {later}");
        // the longer nobody heard of them, the likelier they left
        Assert.True(model.Alive(history with { Age = history.Age + 100 }) <= alive + 1e-12);
        // nobody buys on more days than a rate that never ends makes
        Assert.True(later <= (model.R + history.Repeats) / (model.Alpha + ((double)history.Age / model.Unit.Days())) * 365 / model.Unit.Days() + 1e-6);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Shares_OfAllNumbers_AreTheWhole() => Prop.ForAll(Models.ToArbitrary(), Gen.Choose(1, 400).ToArbitrary(), (model, days) =>
    {
        var shares = Enumerable.Range(0, 400).Select(times => model.Share(times, days)).ToList();
        Assert.All(shares, share => Assert.InRange(share, 0, 1 + 1e-9));
        Assert.InRange(shares.Sum(), 0, 1 + 1e-6);
        // and their mean is what is expected of somebody new
        if (shares.Sum() > 1 - 1e-6) Assert.Equal(model.Expected(new(0, 0, 0), days), shares.Select((share, times) => share * times).Sum(), 0.01 * (1 + model.Expected(new(0, 0, 0), days)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Fit_CustomersMadeByAModel_FindsTheModel()
    {
        var random = new Random(7);
        var truth = new PurchaseModel(1.2, 8, 1.5, 4, PurchaseUnit.Week);
        var histories = Enumerable.Range(0, 20_000).Select(_ => Make(truth, random)).GroupBy(h => h).ToDictionary(same => same.Key, same => same.Count());
        var found = new PurchaseFit(histories, PurchaseUnit.Week).Best(default)!.Value;
        var fit = new PurchaseFit(histories, PurchaseUnit.Week);
        Assert.True(found.LogLikelihood >= fit.LogLikelihood(truth), "the truth is likelier than what was found");
        Assert.InRange(found.Model.R, 1.0, 1.4);
        Assert.InRange(found.Model.Alpha, 6.5, 9.5);
        // a and b are known less well than what they mean
        Assert.InRange(found.Model.A / (found.Model.A + found.Model.B), 0.22, 0.32);
    }

    [Fact]
    public void Fit_TooFew_SaysNothing()
    {
        Assert.Null(new PurchaseFit([new(new(2, 100, 200), 99)], PurchaseUnit.Week).Best(default));
        Assert.Null(new PurchaseFit([new(new(0, 0, 200), 5_000)], PurchaseUnit.Week).Best(default));
        Assert.Null(new PurchaseFit([], PurchaseUnit.Day).Best(default));
        Assert.Null(new SpendFit([]).Best(default));
        Assert.Null(new SpendFit(Enumerable.Repeat((0, 12.0), 500)).Best(default));
    }

    [Fact]
    public void Fit_AllAlike_StaysAtTheEdge_AndExpectsWhatTheyDid()
    {
        // everybody buys on every tenth day, and nobody leaves
        var model = new PurchaseFit([new(new(20, 200, 200), 5_000)], PurchaseUnit.Day).Best(default)!.Value.Model;
        Assert.InRange(model.Alive(new(20, 200, 200)), 0.97, 1);
        Assert.InRange(model.Expected(new(20, 200, 200), 100), 9.5, 10.5);
        var spend = new SpendFit(Enumerable.Repeat((4, 12.0), 500)).Best(default)!;
        Assert.InRange(spend.Expected(4, 12)!.Value, 11.9, 12.1);
    }

    private static Gen<PurchaseModel> Models =>
        from r in Wide
        from alpha in Gen.Choose(20, 50_000)
        from a in Wide
        from b in Wide
        from unit in Gen.Elements(PurchaseUnit.Day, PurchaseUnit.Week)
        select new PurchaseModel(r / 100.0, alpha / 100.0, a / 100.0, b / 100.0, unit);

    // from a tenth to a thousand, each size as often
    private static Gen<double> Wide => Gen.Choose(-10, 30).Select(tenths => 100 * Math.Pow(10, tenths / 10.0));

    private static Gen<PurchaseHistory> Histories =>
        from age in Gen.Choose(1, 2_000)
        from repeats in Gen.Choose(0, 60)
        from last in Gen.Choose(1, age)
        select repeats == 0 ? new PurchaseHistory(0, 0, age) : new PurchaseHistory(Math.Min(repeats, last), last, age);

    /// <summary>One customer of a year or less, in days; purchases that fall on one day count as one.</summary>
    private static PurchaseHistory Make(PurchaseModel model, Random random)
    {
        var age = random.Next(140, 365);
        var (rate, leaves) = (Gamma(model.R, random) / model.Alpha / 7, Beta(model.A, model.B, random));
        var (at, repeats, last) = (0.0, 0, 0);
        // fewer than a purchase in three days, so that a day holds one of them
        rate = Math.Min(rate, 0.3);
        while (true)
        {
            at -= Math.Log(1 - random.NextDouble()) / rate;
            if (at > age) return new(repeats, last, age);
            var day = (int)Math.Max(1, Math.Round(at));
            if (day > last) (repeats, last) = (repeats + 1, Math.Min(day, age));
            if (random.NextDouble() < leaves) return new(repeats, last, age);
        }
    }

    private static double Gamma(double shape, Random random) => MathNet.Numerics.Distributions.Gamma.Sample(random, shape, 1);

    private static double Beta(double a, double b, Random random) => MathNet.Numerics.Distributions.Beta.Sample(random, a, b);
}
