using System.Linq.Expressions;
using CrmWeb.Domain.Customers;

namespace CrmWeb.Domain.Segments;

/// <summary>The day on which the next contact with a customer is due, by the cadence that counts for it; nothing where none does.</summary>
/// <param name="cadences">Of the tenant.</param>
internal sealed class NextContactPlace(IReadOnlyList<ContactCadence> cadences) : RulePlace
{
    private static readonly Expression<Func<Customer, bool>> Nobody = c => false;
    private static readonly ColumnPlace<Customer, DateTime?> Since = new(ContactCadence.Since, new InstantMatch());

    private readonly Lazy<List<(Func<Customer, bool> CountsFor, ContactCadence Cadence)>> read = new(() => [.. cadences.Select(cadence => (cadence.CountsFor().Compile(), cadence))]);

    // being due on a day is having been heard of so many days before it: the columns stay bare
    public override Expression Compile(Expression row, RuleAsk ask, bool isNot)
    {
        var due = cadences.Select(cadence => ask.Operator == RuleOperator.Filled
            ? cadence.CountsFor().On(row)
            : Expression.AndAlso(cadence.CountsFor().On(row), Since.Compile(row, Before(ask, cadence), isNot: false))).ToList();
        var any = due.Count == 0 ? Nobody.On(row) : due.Aggregate(Expression.OrElse);
        return isNot ? Expression.Not(any) : any;
    }

    public override bool Evaluate(object row, RuleAsk ask) =>
        Counting(row) is { } cadence && (ask.Operator == RuleOperator.Filled || Since.Evaluate(row, Before(ask, cadence)));

    public override IEnumerable<RuleValue> Read(object row, RuleMoment at) =>
        Counting(row) is { } cadence ? Since.Read(row, at).OfType<RuleValue.Day>().Select(last => new RuleValue.Day(cadence.DueAfter(last.Date))) : [];

    private ContactCadence? Counting(object row) => read.Value.Find(one => one.CountsFor((Customer)row)).Cadence;

    private static RuleAsk Before(RuleAsk ask, ContactCadence cadence) =>
        ask with { Values = [.. ask.Values.Select(value => new RuleValue.Day(RuleDays.Move(RuleDays.Of(value, ask.At.Today), -cadence.Days)))] };
}
