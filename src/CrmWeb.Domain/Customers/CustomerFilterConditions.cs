using System.Globalization;
using System.Linq.Expressions;

namespace CrmWeb.Domain.Customers;

/// <summary>
/// What each operator asks of a column. Values stand in closures, so that they become parameters and one plan serves every value. The
/// comparisons run in the database: what .NET would do with culture and case has no say here.
/// </summary>
internal static class CustomerFilterConditions
{
    // The highest code point: every text with the prefix sorts before the prefix and this.
    internal const string Last = "\U0010FFFF";

#pragma warning disable CA1304, CA1307, CA1309, CA1310, CA1311, CA1862, MA0001, MA0002, MA0006, MA0011, MA0021, MA0074, RCS1155 // translated to SQL, where overloads with a culture or comparison do not exist

    public static Expression<Func<Customer, bool>> OfText(Expression<Func<Customer, string?>> of, string op, IReadOnlyList<string> values)
    {
        var typed = values.Count > 0 ? values[0] : "";
        return op switch
        {
            CustomerFilterOperators.Empty => On<string?>(of, x => x == null),
            CustomerFilterOperators.Filled => On<string?>(of, x => x != null),
            CustomerFilterOperators.IsNot => Not(And(On<string?>(of, x => x != null), On(of, Typed(CustomerFilterOperators.Is, typed)))),
            _ => On(of, Typed(op, typed)),
        };
    }

    /// <summary>Of a text that is there and stands as it was typed: without regard to case.</summary>
    internal static Expression<Func<string?, bool>> Typed(string op, string typed)
    {
        var lower = typed.ToLowerInvariant();
        return op switch
        {
            CustomerFilterOperators.Is => x => x == typed || x!.ToLower() == lower,
            CustomerFilterOperators.Starts => x => x!.StartsWith(typed) || x.ToLower().StartsWith(lower),
            _ => x => x!.Contains(typed) || x.ToLower().Contains(lower),
        };
    }

    /// <summary>Of a column in the form of <see cref="SearchText.Fold"/>: every way of writing matches, and a prefix is a range of its index.</summary>
    public static Expression<Func<Customer, bool>> OfFolded(Expression<Func<Customer, string?>> of, string op, IReadOnlyList<string> values) =>
        On(of, Folded(op, SearchText.Fold(values.Count > 0 ? values[0] : "")));

    public static Expression<Func<Customer, bool>> OfEmail(string op, IReadOnlyList<string> values)
    {
        var typed = values.Count > 0 ? values[0] : "";
        var normal = EmailAddress.TryNormalise(typed, out var address) ? address : SearchText.Fold(typed);
        return OfContact(c => c.EmailNormal, c => c.Email, ContactPointKind.Email, op, normal, values);
    }

    public static Expression<Func<Customer, bool>> OfPhone(string op, IReadOnlyList<string> values, string? country)
    {
        var typed = values.Count > 0 ? values[0] : "";
        return OfContact(c => c.PhoneNormal, c => c.Phone, ContactPointKind.Phone, op, CustomerSearchTerms.PhoneDigits(typed, op, country), values);
    }

    /// <summary>Whether whoever asks follows the customer: they said so, or own it and follow what they own.</summary>
    public static Expression<Func<Customer, bool>> OfFollowed(bool isOn, CustomerFilterContext who)
    {
        var (me, follows) = (who.MemberId, who.Follows);
        Expression<Func<Customer, bool>> followed = c => follows.Any(f => f.CustomerId == c.Id && f.MemberId == me && f.IsOn)
            || (c.OwnerId == me && c.Owner!.FollowsOwned && !follows.Any(f => f.CustomerId == c.Id && f.MemberId == me));
        return isOn ? followed : Not(followed);
    }

    public static Expression<Func<Customer, bool>> OfCountry(string op, IReadOnlyList<string> values)
    {
        var typed = values.Count > 0 ? values[0] : "";
        if (!Countries.TryFind(typed, out var code)) return OfText(c => c.Country, op, values);
        return op switch
        {
            CustomerFilterOperators.IsNot => Not(Or(c => c.Country == code, OfText(c => c.Country, CustomerFilterOperators.Is, values))),
            _ => Or(c => c.Country == code, OfText(c => c.Country, op, values)),
        };
    }

    public static Expression<Func<Customer, bool>> OfChoice<T>(Expression<Func<Customer, T?>> of, string op, List<T?> chosen) where T : struct, Enum => op switch
    {
        CustomerFilterOperators.Empty => On(of, x => x == null),
        CustomerFilterOperators.Filled => On(of, x => x != null),
        CustomerFilterOperators.None => Not(On(of, x => x != null && chosen.Contains(x))),
        _ => On(of, x => chosen.Contains(x)),
    };

    public static Expression<Func<Customer, bool>> OfReference(Expression<Func<Customer, long?>> of, string op, IReadOnlyList<string> values, CustomerFilterContext who)
    {
        var ids = Ids(values, who);
        return op switch
        {
            CustomerFilterOperators.Empty => On(of, x => x == null),
            CustomerFilterOperators.Filled => On(of, x => x != null),
            CustomerFilterOperators.None => Not(On(of, x => x != null && ids.Contains(x))),
            _ => On(of, x => ids.Contains(x)),
        };
    }

    public static Expression<Func<Customer, bool>> OfTags(string op, IReadOnlyList<string> values, CustomerFilterContext who)
    {
        var ids = Ids(values, who);
        return op switch
        {
            CustomerFilterOperators.Empty => c => !c.Tags.Any(),
            CustomerFilterOperators.Filled => c => c.Tags.Any(),
            CustomerFilterOperators.None => c => !c.Tags.Any(t => ids.Contains(t.TagId)),
            _ => c => c.Tags.Any(t => ids.Contains(t.TagId)),
        };
    }

    public static Expression<Func<Customer, bool>> OfSegments(string op, IReadOnlyList<string> values, CustomerFilterContext who)
    {
        var members = who.InSegments([.. Ids(values, who).OfType<long>()]);
        return op is CustomerFilterOperators.Empty or CustomerFilterOperators.None ? c => !members.Contains(c.Id) : c => members.Contains(c.Id);
    }

    public static Expression<Func<Customer, bool>> OfDate(Expression<Func<Customer, DateTime?>> of, string op, IReadOnlyList<string> values, CustomerFilterContext who)
    {
        if (op == CustomerFilterOperators.Empty) return On(of, x => x == null);
        if (op == CustomerFilterOperators.Filled) return On(of, x => x != null);
        if (op == CustomerFilterOperators.NotLastDays)
        {
            var since = who.StartOf(Move(who.Today, -int.Parse(values[0], CultureInfo.InvariantCulture)));
            return On(of, x => x == null || x < since);
        }

        var (first, last) = Days(op, values, who.Today);
        var start = first is { } f ? who.StartOf(f) : DateTime.MinValue;
        var end = last is { } l ? who.StartOf(Move(l, 1)) : DateTime.MaxValue;
        return (first, last) switch
        {
            (null, _) => On(of, x => x < end),
            (_, null) => On(of, x => x >= start),
            _ => On(of, x => x >= start && x < end),
        };
    }

    /// <param name="currency">Of amounts, which are kept in its minor units; null for plain numbers.</param>
    public static Expression<Func<Customer, bool>> OfNumber(Expression<Func<Customer, long?>> of, string op, IReadOnlyList<string> values, string? currency)
    {
        if (op == CustomerFilterOperators.Empty) return On(of, x => x == null);
        if (op == CustomerFilterOperators.Filled) return On(of, x => x != null);
        var (low, high) = NumberBounds.Of(op, [.. values.Select(value => decimal.Parse(value, CultureInfo.InvariantCulture))], currency is null ? 1 : Tenants.Currency.Unit(currency));
        return op switch
        {
            CustomerFilterOperators.AtLeast => On(of, x => x >= low),
            CustomerFilterOperators.AtMost => On(of, x => x <= high),
            _ => On(of, x => x >= low && x <= high),
        };
    }

    /// <summary>Of a folded text, empty where there is none.</summary>
    internal static Expression<Func<string?, bool>> Folded(string op, string value)
    {
        var end = value + Last;
        return op switch
        {
            CustomerFilterOperators.Empty => x => x == null || x == "",
            CustomerFilterOperators.Filled => x => x != null && x != "",
            CustomerFilterOperators.Is => x => x == value,
            CustomerFilterOperators.IsNot => x => x != value,
            CustomerFilterOperators.Starts => x => string.Compare(x, value) >= 0 && string.Compare(x, end) < 0,
            _ => x => x!.Contains(value),
        };
    }

#pragma warning restore CA1304, CA1307, CA1309, CA1310, CA1311, CA1862, MA0001, MA0002, MA0006, MA0011, MA0021, MA0074, RCS1155

    /// <summary>The test asked of a column of the customer.</summary>
    internal static Expression<Func<Customer, bool>> On<T>(Expression<Func<Customer, T>> of, Expression<Func<T, bool>> test) =>
        Expression.Lambda<Func<Customer, bool>>(new Replace(test.Parameters[0], of.Body).Visit(test.Body), of.Parameters);

    internal static Expression<Func<Customer, bool>> Or(Expression<Func<Customer, bool>> a, Expression<Func<Customer, bool>> b) =>
        Expression.Lambda<Func<Customer, bool>>(Expression.OrElse(a.Body, new Replace(b.Parameters[0], a.Parameters[0]).Visit(b.Body)), a.Parameters);

    internal static Expression<Func<Customer, bool>> And(Expression<Func<Customer, bool>> a, Expression<Func<Customer, bool>> b) =>
        Expression.Lambda<Func<Customer, bool>>(Expression.AndAlso(a.Body, new Replace(b.Parameters[0], a.Parameters[0]).Visit(b.Body)), a.Parameters);

    internal static Expression<Func<Customer, bool>> Not(Expression<Func<Customer, bool>> of) => Expression.Lambda<Func<Customer, bool>>(Expression.Not(of.Body), of.Parameters);

    // An address or number that could not be normalised is found as typed; further ones count like the first.
    private static Expression<Func<Customer, bool>> OfContact(
        Expression<Func<Customer, string?>> normal, Expression<Func<Customer, string?>> typed, ContactPointKind kind, string op, string value, IReadOnlyList<string> values)
    {
        if (op is CustomerFilterOperators.Empty or CustomerFilterOperators.Filled) return OfText(typed, op, values);
        if (op == CustomerFilterOperators.IsNot) return Not(OfContact(normal, typed, kind, CustomerFilterOperators.Is, value, values));

        var asTyped = OfText(typed, op, values);
        if (value.Length == 0) return asTyped;

        var test = Folded(op, value);
        Expression<Func<ContactPoint, bool>> ofKind = p => p.Kind == kind;
        Expression<Func<ContactPoint, string?>> itsNormal = p => p.Normal;
        var matches = new Replace(test.Parameters[0], new Replace(itsNormal.Parameters[0], ofKind.Parameters[0]).Visit(itsNormal.Body)).Visit(test.Body);
        var isOne = Expression.Lambda<Func<ContactPoint, bool>>(Expression.AndAlso(ofKind.Body, matches), ofKind.Parameters);
        return Or(Or(On(normal, test), asTyped), c => c.ContactPoints.AsQueryable().Any(isOne));
    }

    internal static List<long?> Ids(IReadOnlyList<string> values, CustomerFilterContext who) =>
        [.. values.Select(value => value == CustomerFilterFields.Me ? who.MemberId : (long?)long.Parse(value, CultureInfo.InvariantCulture))];

    internal static (DateOnly? First, DateOnly? Last) Days(string op, IReadOnlyList<string> values, DateOnly today)
    {
        if (op == CustomerFilterOperators.LastDays) return (Move(today, -int.Parse(values[0], CultureInfo.InvariantCulture)), today);
        if (op == CustomerFilterOperators.NextDays) return (today, Move(today, int.Parse(values[0], CultureInfo.InvariantCulture)));

        DateOnly[] days = [.. values.Select(value => DateOnly.ParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture)).Order()];
        return op switch
        {
            CustomerFilterOperators.After => (Move(days[0], 1), null),
            CustomerFilterOperators.Before => (null, Move(days[0], -1)),
            _ => (days[0], days[^1]),
        };
    }

    // a saved filter may hold any day, and the calendar ends somewhere
    private static DateOnly Move(DateOnly day, int by) =>
        DateOnly.FromDayNumber((int)Math.Clamp((long)day.DayNumber + by, DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber));

    private sealed class Replace(ParameterExpression from, Expression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
