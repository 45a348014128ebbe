using System.Collections.Immutable;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>What a customer has in its custom fields, and what it would have.</summary>
/// <param name="Id">Null for a new customer.</param>
/// <param name="Before">Null for a new customer.</param>
public sealed record CustomChange(long? Id, CustomerDetails? Before, CustomerDetails After)
{
    /// <summary>Whether somebody speaks of the field. What is missing may stay missing as long as nobody does and the stage stays.</summary>
    public Func<CustomField, bool> Says { get; init; } = _ => false;

    /// <summary>Who it names was found by name. Ids that somebody sent are only words until the tenant has them and the member sees them (T3).</summary>
    public bool IsLookedUp { get; init; }

    /// <summary>The values that did not stand there before: those may stay, whatever the field asks for now.</summary>
    internal IEnumerable<string> New(CustomField field)
    {
        var after = After.Custom.GetValueOrDefault(field.Key, []);
        return after.IsEmpty || Before is null ? after : after.Except(Before.Custom.GetValueOrDefault(field.Key, []), StringComparer.Ordinal);
    }
}

/// <summary>
/// What custom fields ask of customers about to be stored, in whichever way they come in: what must be filled in is, who is named is there, and no two
/// share what they may not. The database is asked once for all of them.
/// </summary>
public sealed class CustomFieldRules
{
    private readonly CustomFieldSet seen;
    private readonly List<CustomField> unique;
    private readonly List<CustomField> naming;
    private readonly Dictionary<(long Field, string Key), object> claimed = [];
    private Dictionary<(long Field, string Key), long> taken = [];
    private HashSet<long> members = [];
    private HashSet<long> customers = [];

    private CustomFieldRules(CustomFieldSet fields, CustomFieldSet seen)
    {
        this.seen = seen;
        unique = [.. fields.All.Where(field => field.Unique)];
        naming = [.. fields.All.Where(field => field.Type is CustomFieldType.Member or CustomFieldType.Customer)];
    }

    /// <param name="fields">Those that the values are of.</param>
    /// <param name="seen">Those that the member sees: nobody can fill in another.</param>
    /// <param name="changes">All that will be asked about, or at least all of its values.</param>
    public static async Task<CustomFieldRules> Load(CrmDb db, CustomFieldSet fields, CustomFieldSet seen, IReadOnlyCollection<CustomChange> changes, CancellationToken stop)
    {
        var rules = new CustomFieldRules(fields, seen);
        if (rules.unique.Count > 0) rules.taken = await db.TakenCustomValues([.. changes.SelectMany(change => rules.Keys(change).Select(one => one.Key)).Distinct()], stop);
        if (rules.naming.Count > 0) await rules.LoadNamed(db, changes, stop);
        return rules;
    }

    /// <summary>What speaks against the change.</summary>
    /// <param name="by">Who would have the values: what it claimed is its own.</param>
    public IEnumerable<(CustomField Field, CustomProblem Problem)> Broken(CustomChange change, object? by = null)
    {
        var (before, after) = (change.Before, change.After);
        foreach (var field in seen.Missing(after.Custom, after.Stage))
        {
            if (before is null || before.Stage != after.Stage || change.Says(field)) yield return (field, CustomProblem.Missing);
        }

        foreach (var (field, id) in Named(change))
        {
            if (id == change.Id || !(field.Type == CustomFieldType.Member ? members : customers).Contains(id)) yield return (field, CustomProblem.NoReference);
        }

        foreach (var (field, key) in Keys(change))
        {
            var isTaken = claimed.TryGetValue(key, out var owner) ? owner != by : taken.TryGetValue(key, out var id) && id != change.Id;
            if (isTaken) yield return (field, CustomProblem.Taken);
        }
    }

    /// <summary>From now on the values are this one's, and no later one's.</summary>
    public void Claim(CustomChange change, object by)
    {
        foreach (var (_, key) in Keys(change)) claimed[key] = by;
    }

    private IEnumerable<(CustomField Field, (long Field, string Key) Key)> Keys(CustomChange change) => change.After.Custom.IsEmpty
        ? [] : unique.SelectMany(field => change.New(field).Select(text => (field, (field.Id, CustomValue.UniqueKeyOf(field.Type, text)))));

    private IEnumerable<(CustomField Field, long Id)> Named(CustomChange change) => change.IsLookedUp || change.After.Custom.IsEmpty
        ? [] : naming.SelectMany(field => change.New(field).Select(text => (field, CustomText.Id(text)!.Value)));

    private async Task LoadNamed(CrmDb db, IReadOnlyCollection<CustomChange> changes, CancellationToken stop)
    {
        var named = changes.SelectMany(Named).Distinct().ToLookup(one => one.Field.Type, one => one.Id);
        List<long> people = [.. named[CustomFieldType.Member]];
        List<long> others = [.. named[CustomFieldType.Customer]];
        if (people.Count > 0) members = [.. await db.Members.Where(m => people.Contains(m.Id) && m.DeactivatedAt == null).Select(m => m.Id).ToListAsync(stop)];
        if (others.Count > 0) customers = [.. await db.Customers.Where(c => others.Contains(c.Id)).Select(c => c.Id).ToListAsync(stop)];
    }
}
