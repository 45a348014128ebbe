using System.Globalization;
using CrmWeb.Domain.Customers.CustomFields;
using Pairs = System.Collections.Generic.IReadOnlyList<System.Collections.Generic.KeyValuePair<string, string>>;

namespace CrmWeb.Domain.Customers.Quality;

/// <summary>What each number about the data counts, as the parameters of the list that shows its records. The count asks the same.</summary>
public static class QualityAsk
{
    private const string Organisation = "organisation";

    /// <summary>The fields that every tenant has and that are counted, in the order of the page.</summary>
    public static IReadOnlyList<string> Fields { get; } =
    [
        "name", "email", "phone", "website", "street", "postalCode", "city", "region", "country", "industry", "language", "channel", "source", "externalId",
        Organisation, "owner", "team", "contact", "description",
    ];

    /// <summary>Those that only a person has.</summary>
    public static bool IsOfPersons(string field) => field == Organisation;

    public static bool MayBeInvalid(string field, CustomFieldSet custom) =>
        CustomerFilterFields.With(custom).FirstOrDefault(f => f.Key == field)?.Further.Contains(CustomerFilterOperators.Invalid, StringComparer.Ordinal) == true;

    public static Pairs Filled(string field) => Of(field, CustomerFilterOperators.Filled);

    public static Pairs Empty(string field) => Of(field, CustomerFilterOperators.Empty);

    public static Pairs Invalid(string field) => [Pair(field + CustomerFilter.OperatorSuffix, CustomerFilterOperators.Invalid)];

    /// <summary>A value that nobody set for longer than what is fresh.</summary>
    public static Pairs Stale(string field) => [Pair(CustomerFilterFields.Aged, field)];

    public static Pairs NotSince(string field, int days) =>
        [Pair(field, days.ToString(CultureInfo.InvariantCulture)), Pair(field + CustomerFilter.OperatorSuffix, CustomerFilterOperators.NotLastDays)];

    public static Pairs Having(params IReadOnlyList<QualityGap> gaps) => [.. gaps.Select(gap => Pair(CustomerFilterFields.Quality, Word(gap)))];

    public static Pairs HavingNone(params IReadOnlyList<QualityGap> gaps) => [.. Having(gaps), Pair(CustomerFilterFields.Quality + CustomerFilter.OperatorSuffix, CustomerFilterOperators.None)];

    public static Pairs Sound { get; } = HavingNone(QualityGap.Incomplete, QualityGap.Invalid, QualityGap.Stale);

    public static Pairs Passing { get; } = HavingNone(Enum.GetValues<QualityGap>());

    public static string Word(QualityGap gap) => gap.ToString().ToLowerInvariant();

    private static Pairs Of(string field, string op) =>
        IsOfPersons(field) ? [Pair("kind", "person"), Pair(field + CustomerFilter.OperatorSuffix, op)] : [Pair(field + CustomerFilter.OperatorSuffix, op)];

    private static KeyValuePair<string, string> Pair(string key, string value) => new(key, value);
}
