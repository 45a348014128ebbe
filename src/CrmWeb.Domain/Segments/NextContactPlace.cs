using System.Linq.Expressions;
using CrmWeb.Domain.Customers;

namespace CrmWeb.Domain.Segments;

/// <summary>The day on which the next contact with a customer is due, by the cadence that counts for it; nothing where none does.</summary>
/// <param name="rhythm">Of the tenant.</param>
internal sealed class NextContactPlace(ContactRhythm rhythm) : RulePlace
{
    private static readonly Expression<Func<Customer, bool>> Nobody = c => false;
    private static readonly ColumnPlace<Customer, DateTime?> Since = new(ContactRhythm.Since, new InstantMatch());

    // being due on a day is having been heard of so many days before it: the columns stay bare
    public override Expression Compile(Expression row, RuleAsk ask, bool isNot)
    {
        var due = rhythm.Cuts().Select(cut => ask.Operator == RuleOperator.Filled
            ? cut.Who.On(row)
            : Expression.AndAlso(cut.Who.On(row), Since.Compile(row, Before(ask, cut.Days), isNot: false))).ToList();
        var any = due.Count == 0 ? Nobody.On(row) : due.Aggregate(Expression.OrElse);
        return isNot ? Expression.Not(any) : any;
    }

    public override bool Evaluate(object row, RuleAsk ask) => DaysFor(row) is { } days && (ask.Operator == RuleOperator.Filled || Since.Evaluate(row, Before(ask, days)));

    public override IEnumerable<RuleValue> Read(object row, RuleMoment at) =>
        DaysFor(row) is { } days ? Since.Read(row, at).OfType<RuleValue.Day>().Select(last => new RuleValue.Day(ContactRhythm.DueAfter(days, last.Date))) : [];

    private int? DaysFor(object row) => row is Customer c ? rhythm.DaysFor(c.Stage, c.EffectiveTierId) : null;

    private static RuleAsk Before(RuleAsk ask, int days) =>
        ask with { Values = [.. ask.Values.Select(value => new RuleValue.Day(RuleDays.Move(RuleDays.Of(value, ask.At.Today), -days)))] };
}
