using System.Linq.Expressions;
using CrmWeb.Domain.Customers.CustomFields;

namespace CrmWeb.Domain.Customers;

/// <summary>
/// Which customers a list shows: conditions that must all hold. It is read from the pairs of an address and written back to them; what it does not
/// know it passes over and names, and never hands on to a query.
/// </summary>
public sealed record CustomerFilter(IReadOnlyList<CustomerCondition> Conditions)
{
    public const string OperatorSuffix = ".op";

    /// <summary>The name of the field in a parameter, which may say its operator.</summary>
    public static string Stem(string key) => key.EndsWith(OperatorSuffix, StringComparison.Ordinal) ? key[..^OperatorSuffix.Length] : key;

    public static readonly CustomerFilter None = new([]);

    /// <summary>Archived customers are listed only when they are asked for; the caller must then lift the filter that hides them.</summary>
    public bool AsksForArchived => Conditions.Any(c => c.Field.Key == CustomerFilterFields.Archived && c.Values is ["true"]);

    /// <param name="pairs">Parameters of an address, a key perhaps several times: <c>stage=lead, stage=prospect, stage.op=any</c>.</param>
    /// <param name="known">Keys that mean something else in the same address (sort, columns, …).</param>
    /// <param name="custom">The custom fields that the member sees; others are not known.</param>
    /// <param name="ignored">Keys that no field has, or whose operator or values are none of the field's.</param>
    public static CustomerFilter Parse(IEnumerable<KeyValuePair<string, string>> pairs, IReadOnlyCollection<string> known, CustomFieldSet custom, out IReadOnlyList<string> ignored)
    {
        var fields = CustomerFilterFields.With(custom);
        var given = pairs.Where(pair => pair.Value.Length > 0 && !known.Contains(pair.Key)).ToLookup(pair => pair.Key, pair => pair.Value.Trim(), StringComparer.Ordinal);
        // the list as it is opened all day: no field needs to be looked at
        if (given.Count == 0)
        {
            ignored = [];
            return None;
        }

        var conditions = new List<CustomerCondition>();
        var unknown = given.Select(group => group.Key).Where(key => fields.All(field => field.Key != Stem(key))).ToList();
        foreach (var field in fields)
        {
            var operators = given[field.Key + OperatorSuffix].ToList();
            var values = given[field.Key].Where(value => value.Length > 0).ToList();
            var op = operators.Count > 0 ? operators[^1] : field.Operators[0];
            if (values.Count == 0 && CustomerFilterOperators.TakesValue(op)) continue;
            if (field.Read(op, values) is { } condition) conditions.Add(condition);
            else unknown.Add(field.Key);
        }

        ignored = unknown;
        return new(conditions);
    }

    public static CustomerFilter Parse(IEnumerable<KeyValuePair<string, string>> pairs, IReadOnlyCollection<string> known, out IReadOnlyList<string> ignored) =>
        Parse(pairs, known, CustomFieldSet.None, out ignored);

    public IEnumerable<KeyValuePair<string, string>> ToPairs()
    {
        foreach (var (field, op, values) in Conditions)
        {
            foreach (var value in values) yield return new(field.Key, value);
            if (op != field.Operators[0]) yield return new(field.Key + OperatorSuffix, op);
        }
    }

    /// <summary>All of the conditions as one, for a count of several at once.</summary>
    public Expression<Func<Customer, bool>> Means(CustomerFilterContext context) =>
        Conditions.Select(condition => condition.Field.Compile(condition, context)).Aggregate(CustomerFilterConditions.And);

    public IQueryable<Customer> Apply(IQueryable<Customer> customers, CustomerFilterContext context)
    {
        foreach (var condition in Conditions)
        {
            customers = customers.Where(condition.Field.Compile(condition, context));
            if (context.Indexed is not { } indexed || condition.Field.Indexed(condition, context) is not ({ } pattern, var isMore)) continue;
            // everybody whom the condition means is among them
            var candidates = indexed(pattern, isMore);
            customers = customers.Where(c => candidates.Contains(c.Id));
        }

        return customers;
    }
}
