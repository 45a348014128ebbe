using System.Globalization;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Quality;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Web.Features.Customers.Quality;

/// <summary>The part of the data that the page looks at: filters of the list by what the numbers are kept by, read from the same address.</summary>
public sealed record QualityCut(CustomerFilter Filter)
{
    private static readonly string[] Keys = ["owner", "team", CustomerFilterFields.Origin, "stage", "kind"];

    public IReadOnlyList<KeyValuePair<string, string>> Pairs { get; } = [.. Filter.ToPairs()];

    /// <summary>Nothing is asked of the kind that fields of persons could contradict.</summary>
    public bool HasPersons => Filter.Conditions.All(condition => condition.Field.Key != "kind" || (condition.Operator == CustomerFilterOperators.Any && condition.Values is ["person"]));

    /// <summary>How full a field is by which the data is cut says nothing.</summary>
    public bool IsBy(string field) => Filter.Conditions.Any(condition => condition.Field.Key == field);

    /// <summary>The parameters that may cut.</summary>
    public static IEnumerable<string> Parameters => Keys.SelectMany(key => new[] { key, key + CustomerFilter.OperatorSuffix });

    public static bool IsOfCut(string key) => Keys.Contains(key, StringComparer.Ordinal);

    public static QualityCut Read(IQueryCollection query) => Read(query, out _);

    /// <param name="ignored">Parameters of a cut that say nothing that can be asked.</param>
    public static QualityCut Read(IQueryCollection query, out IReadOnlyList<string> ignored)
    {
        var pairs = from parameter in query
                    where IsOfCut(parameter.Key.EndsWith(CustomerFilter.OperatorSuffix, StringComparison.Ordinal) ? parameter.Key[..^CustomerFilter.OperatorSuffix.Length] : parameter.Key)
                    from value in parameter.Value
                    select KeyValuePair.Create(parameter.Key, value ?? "");
        return new(CustomerFilter.Parse(pairs, [], CustomFieldSet.None, out ignored));
    }

    public IQueryable<QualityCount> Of(IQueryable<QualityCount> rows, long me) => Filter.Conditions.Aggregate(rows, (left, condition) => Narrow(left, condition, me));

    private static IQueryable<QualityCount> Narrow(IQueryable<QualityCount> rows, CustomerCondition condition, long me)
    {
        var (empty, filled, none) = (condition.Operator == CustomerFilterOperators.Empty, condition.Operator == CustomerFilterOperators.Filled, condition.Operator == CustomerFilterOperators.None);
        switch (condition.Field.Key)
        {
            case "owner":
                long?[] owners = [.. Ids(condition, me)];
                return empty || filled ? rows.Where(q => (q.OwnerId == null) == empty) : rows.Where(q => (q.OwnerId != null && owners.Contains(q.OwnerId)) != none);
            case "team":
                long?[] teams = [.. Ids(condition, me)];
                return empty || filled ? rows.Where(q => (q.TeamId == null) == empty) : rows.Where(q => (q.TeamId != null && teams.Contains(q.TeamId)) != none);
            case "stage":
                LifecycleStage[] stages = [.. Words<LifecycleStage>(condition)];
                return empty ? rows.Where(q => false) : filled ? rows : rows.Where(q => stages.Contains(q.Stage) != none);
            case "kind":
                CustomerKind[] kinds = [.. Words<CustomerKind>(condition)];
                return empty ? rows.Where(q => false) : filled ? rows : rows.Where(q => kinds.Contains(q.Kind) != none);
            default:
                Via?[] ways = [.. Words<Via>(condition).Select(way => (Via?)way)];
                return empty || filled ? rows.Where(q => (q.Origin == null) == empty) : rows.Where(q => (q.Origin != null && ways.Contains(q.Origin)) != none);
        }
    }

    private static IEnumerable<long?> Ids(CustomerCondition condition, long me) =>
        condition.Values.Select(value => value == CustomerFilterFields.Me ? me : (long?)long.Parse(value, CultureInfo.InvariantCulture));

    private static IEnumerable<T> Words<T>(CustomerCondition condition) where T : struct, Enum => condition.Values.Select(value => Enum.Parse<T>(value, ignoreCase: true));
}
