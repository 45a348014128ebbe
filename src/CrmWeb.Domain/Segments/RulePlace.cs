using System.Linq.Expressions;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;

namespace CrmWeb.Domain.Segments;

/// <summary>
/// Where values of a field stand: in a column, behind a reference, in rows of their own. A clause is true when one value passes, its negation when
/// none does; so a value that is not there passes nothing, and no clause is ever neither true nor false, whatever the engine makes of null.
/// </summary>
internal abstract class RulePlace
{
    /// <param name="row">Of whatever has the place.</param>
    /// <param name="ask">What a value must be.</param>
    /// <param name="isNot">That no value is so.</param>
    public abstract Expression Compile(Expression row, RuleAsk ask, bool isNot);

    public abstract bool Evaluate(object row, RuleAsk ask);

    /// <summary>The values that stand there.</summary>
    public abstract IEnumerable<RuleValue> Read(object row, RuleMoment at);

    /// <summary>Whether it is one column, which can be summed up.</summary>
    public virtual bool IsColumn => false;

    /// <summary>What a function makes of the values in these rows, compared.</summary>
    public virtual Expression Compile(RuleFunction function, Expression rows, RuleAsk ask, bool isNot) => throw new NotSupportedException($"{function} takes one column.");

    /// <summary>The customers of whose rows the values pass a test together, see <see cref="RuleGroups"/>.</summary>
    public virtual IQueryable<long> Grouped<TOf>(IQueryable<TOf> rows, Expression<Func<TOf, long>> customer, Func<Expression, Expression> test) => throw new NotSupportedException("It takes one column.");

    /// <summary>What a function makes of the values of a group, compared.</summary>
    public virtual Expression CompileGroup(RuleFunction function, Expression group, RuleAsk ask) => throw new NotSupportedException($"{function} takes one column.");

    public virtual (bool IsTrue, RuleValue? Seen) Evaluate(RuleFunction function, IEnumerable<object> rows, RuleAsk ask) => throw new NotSupportedException($"{function} takes one column.");
}

/// <summary>One value, or none.</summary>
internal sealed class ColumnPlace<TRow, T>(Expression<Func<TRow, T>> column, RuleMatch<T> tests) : RulePlace
{
    private readonly Lazy<Func<TRow, T>> read = new(column.Compile);

    public override bool IsColumn => true;

    public override Expression Compile(Expression row, RuleAsk ask, bool isNot) => Passes(column.On(row), tests, ask, isNot);

    private static Expression Passes<TValue>(Expression value, RuleMatch<TValue> tests, RuleAsk ask, bool isNot)
    {
        var none = Expression.Equal(value, Expression.Constant(null, typeof(TValue)));
        if (ask.Operator == RuleOperator.Filled) return isNot ? none : Expression.Not(none);
        var passes = tests.Database(ask).On(value);
        return isNot ? Expression.OrElse(none, Expression.Not(passes)) : passes;
    }

    public override bool Evaluate(object row, RuleAsk ask) => read.Value((TRow)row) is { } seen && Passes(seen, tests, ask);

    public override IEnumerable<RuleValue> Read(object row, RuleMoment at) => read.Value((TRow)row) is { } seen ? [tests.Show(seen, at)] : [];

    public override Expression Compile(RuleFunction function, Expression rows, RuleAsk ask, bool isNot)
    {
        var call = function switch
        {
            RuleFunction.Sum => Expression.Call(typeof(Queryable), nameof(Queryable.Sum), [typeof(TRow)], rows, Expression.Quote(column)),
            RuleFunction.Avg => Expression.Call(typeof(Queryable), nameof(Queryable.Average), [typeof(TRow)], rows, Expression.Quote(column)),
            RuleFunction.Min => Expression.Call(typeof(Queryable), nameof(Queryable.Min), [typeof(TRow), typeof(T)], rows, Expression.Quote(column)),
            _ => Expression.Call(typeof(Queryable), nameof(Queryable.Max), [typeof(TRow), typeof(T)], rows, Expression.Quote(column)),
        };
        return Passes(function, call, ask, isNot);
    }

    private Expression Passes(RuleFunction function, Expression made, RuleAsk ask, bool isNot) =>
        function == RuleFunction.Avg ? Passes(made, Averages, ask, isNot) : Passes(made, tests, ask, isNot);

    public override IQueryable<long> Grouped<TOf>(IQueryable<TOf> rows, Expression<Func<TOf, long>> customer, Func<Expression, Expression> test) =>
        RuleGroups.Ids(rows, customer, (Expression<Func<TOf, T>>)(object)column, test);

    public override Expression CompileGroup(RuleFunction function, Expression group, RuleAsk ask) => Passes(
        function,
        function switch
        {
            RuleFunction.Sum => Expression.Call(typeof(Enumerable), nameof(Enumerable.Sum), null, group),
            RuleFunction.Avg => Expression.Call(typeof(Enumerable), nameof(Enumerable.Average), null, group),
            RuleFunction.Min => Expression.Call(typeof(Enumerable), nameof(Enumerable.Min), [typeof(T)], group),
            _ => Expression.Call(typeof(Enumerable), nameof(Enumerable.Max), [typeof(T)], group),
        },
        ask, isNot: false);

    public override (bool IsTrue, RuleValue? Seen) Evaluate(RuleFunction function, IEnumerable<object> rows, RuleAsk ask)
    {
        List<T> there = [.. rows.Select(row => read.Value((TRow)row)).Where(value => value is not null)];
        return function switch
        {
            RuleFunction.Avg => Judge(there.Cast<long?>().Average(), Averages, ask),
            RuleFunction.Sum => Judge((T)(object)there.Cast<long?>().Sum()!, tests, ask),
            RuleFunction.Min => Judge(there.Min(), tests, ask),
            _ => Judge(there.Max(), tests, ask),
        };
    }

    // fields with numbers alone have averages
    private AverageMatch Averages => ((NumberMatch)(object)tests).Average;

    private static (bool IsTrue, RuleValue? Seen) Judge<TValue>(TValue? made, RuleMatch<TValue> tests, RuleAsk ask) =>
        made is null ? (false, null) : (Passes(made, tests, ask), tests.Show(made, ask.At));

    private static bool Passes<TValue>(TValue seen, RuleMatch<TValue> tests, RuleAsk ask) => ask.Operator == RuleOperator.Filled || tests.Memory(seen, ask);
}

/// <summary>Behind a reference, which may lead nowhere.</summary>
internal sealed class ReferencePlace<TRow, TOther>(Expression<Func<TRow, TOther?>> reference, RulePlace place) : RulePlace
    where TOther : class
{
    private readonly Lazy<Func<TRow, TOther?>> read = new(reference.Compile);

    public override Expression Compile(Expression row, RuleAsk ask, bool isNot) => place.Compile(reference.On(row), ask, isNot);

    public override bool Evaluate(object row, RuleAsk ask) => read.Value((TRow)row) is { } other && place.Evaluate(other, ask);

    public override IEnumerable<RuleValue> Read(object row, RuleMoment at) => read.Value((TRow)row) is { } other ? place.Read(other, at) : [];
}

/// <summary>All rows that belong to others, and how these are told: so they can be gone through once.</summary>
internal sealed record RuleRowsOf<TRow, TItem>(Func<RuleSources, IQueryable<TItem>> Source, Expression<Func<TItem, long>> Owner, Expression<Func<TRow, long>> Id);

/// <summary>In rows of their own.</summary>
internal sealed class RowsPlace<TRow, TItem>(Expression<Func<TRow, IEnumerable<TItem>>> items, RulePlace place, RuleRowsOf<TRow, TItem>? all = null) : RulePlace
    where TItem : class
{
    private readonly Lazy<Func<TRow, IEnumerable<TItem>>> read = new(items.Compile);

    public override Expression Compile(Expression row, RuleAsk ask, bool isNot)
    {
        var item = Expression.Parameter(typeof(TItem), "x");
        var one = Expression.Lambda<Func<TItem, bool>>(place.Compile(item, ask, isNot: false), item);
        var any = all is not null && ask.Sources is { IsLiteral: true, OfFew: false } ? Listed(all, row, one, ask.Sources)
            : Expression.Call(typeof(Enumerable), nameof(Enumerable.Any), [typeof(TItem)], items.On(row), one);
        return isNot ? Expression.Not(any) : any;
    }

    private static Expression Listed(RuleRowsOf<TRow, TItem> all, Expression row, Expression<Func<TItem, bool>> one, RuleSources sources)
    {
        var owners = all.Source(sources).Where(one).Select(all.Owner);
        Expression<Func<long, bool>> among = id => owners.Contains(id);
        return among.On(all.Id.On(row));
    }

    public override bool Evaluate(object row, RuleAsk ask) => read.Value((TRow)row).Any(item => place.Evaluate(item, ask));

    public override IEnumerable<RuleValue> Read(object row, RuleMoment at) => read.Value((TRow)row).SelectMany(item => place.Read(item, at));
}

/// <summary>
/// In the rows of a custom field. They are gone through once, for all customers: asked of each customer, SQLite would go through a range of
/// values again for every one of them.
/// </summary>
internal sealed class CustomPlace(CustomField field, RulePlace place) : RulePlace
{
    private readonly long id = field.Id;

    public override Expression Compile(Expression row, RuleAsk ask, bool isNot)
    {
        var custom = id;
        var rows = ask.Sources.CustomValues.Where(v => v.FieldId == custom);
        if (ask.Operator != RuleOperator.Filled)
        {
            var value = Expression.Parameter(typeof(CustomValue), "v");
            rows = rows.Where(Expression.Lambda<Func<CustomValue, bool>>(place.Compile(value, ask, isNot: false), value));
        }

        var isOne = RuleAmong.Of(rows.Select(v => v.CustomerId), row, ask.Sources with { OfFew = false });
        return isNot ? Expression.Not(isOne) : isOne;
    }

    public override bool Evaluate(object row, RuleAsk ask) => Of(row).Any(value => ask.Operator == RuleOperator.Filled || place.Evaluate(value, ask));

    public override IEnumerable<RuleValue> Read(object row, RuleMoment at) => Of(row).SelectMany(value => place.Read(value, at));

    private IEnumerable<CustomValue> Of(object row) => ((Customer)row).CustomValues.Where(v => v.FieldId == id);
}
