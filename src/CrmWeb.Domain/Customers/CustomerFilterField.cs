using System.Linq.Expressions;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Duplicates;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers;

public enum CustomerFieldKind
{
    Text,
    Choice,
    Date,
    Reference,
    YesNo,
    Number,
}

/// <summary>What a filter must know of whoever asks.</summary>
/// <param name="Today">The calendar day where the member is.</param>
/// <param name="StartOf">The UTC instant at which a calendar day begins where the member is.</param>
/// <param name="MemberId">Whom the value "me" means.</param>
/// <param name="PhoneCountry">Country that numbers without a country code are read in; null makes no guess.</param>
/// <param name="Currency">Of amounts that name none.</param>
/// <param name="Indexed">Ids of the customers whose search text (true: the one of the plain fields) has a pattern; null where there is no index to ask.</param>
public sealed record CustomerFilterContext(
    DateOnly Today, Func<DateOnly, DateTime> StartOf, long MemberId, string? PhoneCountry, string Currency = "EUR", Func<SearchPattern, bool, IQueryable<long>>? Indexed = null)
{
    /// <summary>Today where the tenant is, and the instant at which a day begins there; null: as where the member is.</summary>
    public (DateOnly Today, Func<DateOnly, DateTime> StartOf)? Tenant { get; init; }

    /// <summary>With the days of the tenant: what its sums count must be found by the same days.</summary>
    internal CustomerFilterContext ByTenantDays => Tenant is var (today, start) ? this with { Today = today, StartOf = start } : this;

    /// <summary>What members said about following, where it is asked for.</summary>
    public IQueryable<Follow> Follows { get; init; } = Enumerable.Empty<Follow>().AsQueryable();

    /// <summary>The ids of the customers that are in one of these segments, or in any where none is named; where segments are asked for.</summary>
    public Func<IReadOnlyList<long>, IQueryable<long>> InSegments { get; init; } = _ => Enumerable.Empty<long>().AsQueryable();

    /// <summary>The values of custom fields, where custom fields are asked for.</summary>
    public IQueryable<CustomValue> CustomValues { get; init; } = Enumerable.Empty<CustomValue>().AsQueryable();

    /// <summary>The history, where it is asked when a value was set.</summary>
    public IQueryable<Change> Changes { get; init; } = Enumerable.Empty<Change>().AsQueryable();

    /// <summary>The pairs of duplicates, where they are asked for.</summary>
    public IQueryable<DuplicatePair> DuplicatePairs { get; init; } = Enumerable.Empty<DuplicatePair>().AsQueryable();
}

/// <summary>One field that customers can be filtered by. The fields that exist are <see cref="CustomerFilterFields"/>; nothing else reaches a query.</summary>
public sealed class CustomerFilterField
{
    private readonly Func<string, IReadOnlyList<string>, CustomerFilterContext, Expression<Func<Customer, bool>>> compile;
    private readonly Func<string, string?> read;

    internal CustomerFilterField(
        string key, CustomerFieldKind kind, Func<string, string?> read,
        Func<string, IReadOnlyList<string>, CustomerFilterContext, Expression<Func<Customer, bool>>> compile, IReadOnlyList<string>? choices = null)
    {
        (Key, Kind, this.read, this.compile) = (key, kind, read, compile);
        Choices = choices ?? [];
    }

    /// <summary>The word in the address.</summary>
    public string Key { get; }

    public CustomerFieldKind Kind { get; }

    /// <summary>The custom field that it stands for; null for the fields that every tenant has.</summary>
    public CustomField? Custom { get; init; }

    /// <summary>The values of a choice, in their order; empty for other kinds.</summary>
    public IReadOnlyList<string> Choices { get; }

    public IReadOnlyList<string> Operators => field ??= [.. CustomerFilterOperators.Of(Kind), .. Further];

    /// <summary>What can be asked of it besides what can be asked of its kind.</summary>
    public IReadOnlyList<string> Further { get; init; } = [];

    /// <summary>When its value cannot be right; null where that cannot be told.</summary>
    internal Func<CustomerFilterContext, Expression<Func<Customer, bool>>>? Invalid
    {
        get;
        init
        {
            field = value;
            if (value is not null) Further = [.. Further, CustomerFilterOperators.Invalid];
        }
    }

    /// <summary>The condition with its values in their one form, or null when the operator or a value is not of this field.</summary>
    public CustomerCondition? Read(string @operator, IEnumerable<string> typed)
    {
        if (!Operators.Contains(@operator, StringComparer.Ordinal)) return null;
        if (!CustomerFilterOperators.TakesValue(@operator)) return new(this, @operator, []);

        var days = CustomerFilterOperators.CountsDays(@operator);
        string?[] values = [.. typed.Select(value => days ? CustomerFilterOperators.Days(value) : read(value))];
        var needed = @operator == CustomerFilterOperators.Between ? 2 : 1;
        var manyAllowed = Kind is CustomerFieldKind.Choice or CustomerFieldKind.Reference;
        if (values.Length < needed || (!manyAllowed && values.Length > needed) || values.Length > CustomerFilterOperators.MaxValues || values.Contains(null)) return null;
        // from a day to the same day are two values
        return new(this, @operator, manyAllowed ? [.. values.OfType<string>().Distinct(StringComparer.Ordinal)] : [.. values.OfType<string>()]);
    }

    internal Expression<Func<Customer, bool>> Compile(CustomerCondition condition, CustomerFilterContext context) =>
        condition.Operator == CustomerFilterOperators.Invalid ? Invalid!(context) : compile(condition.Operator, condition.Values, context);

    /// <summary>What the search text of everybody meant by a condition on the inside of a text has, and whether that of the plain fields; null when there is no saying.</summary>
    internal (SearchPattern? Pattern, bool IsMore) Indexed(CustomerCondition condition, CustomerFilterContext context)
    {
        // values of custom fields have an index of their own
        if (Kind != CustomerFieldKind.Text || Key == "country" || Key.StartsWith(CustomField.Prefix, StringComparison.Ordinal) || condition.Operator is not (CustomerFilterOperators.Contains or CustomerFilterOperators.Is or CustomerFilterOperators.Starts)) return default;
        var typed = condition.Values[0];
        var folded = SearchText.Fold(typed);
        SearchPattern? pattern = SearchPattern.Letters(folded) >= SearchPattern.MinLetters ? new SearchPattern.Has(folded) : null;
        // in every form in which they are looked for; part of a number that is hardly one could be anything
        if (Key == "email" || (Key == "phone" && CustomerSearchTerms.LooksLikePhone(folded))) pattern = CustomerSearchTerms.Of(typed, context.PhoneCountry)?.Inside;
        else if (Key == "phone") return default;
        return (pattern, Key is not ("name" or "email" or "phone" or "externalId"));
    }
}

/// <summary>A field, an operator of its kind, and values in their one form.</summary>
public sealed record CustomerCondition(CustomerFilterField Field, string Operator, IReadOnlyList<string> Values);
