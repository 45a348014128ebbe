using System.Linq.Expressions;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Duplicates;
using CrmWeb.Domain.Tenants;
using static CrmWeb.Domain.Customers.CustomerFilterConditions;

namespace CrmWeb.Domain.Customers.Quality;

/// <summary>
/// When a value cannot be right, and what is wrong with a record, as conditions of the list: what is counted and what a count opens are one definition.
/// A record is judged by fields that everybody sees; a hidden one would tell of itself otherwise, and the share would be another for each reader (T10).
/// </summary>
internal static class QualityConditions
{
    private static readonly DateOnly First = new(1900, 1, 1);
    private static readonly string[] Codes = [.. Countries.All];

    public static Expression<Func<Customer, bool>> BadEmail =>
        c => (c.Email != null && c.EmailNormal == null) || c.ContactPoints.Any(p => p.Kind == ContactPointKind.Email && p.Normal == null);

    public static Expression<Func<Customer, bool>> BadPhone =>
        c => (c.Phone != null && c.PhoneNormal == null) || c.ContactPoints.Any(p => p.Kind == ContactPointKind.Phone && p.Normal == null);

    // what a form or an import takes for an address is stored in its one form; this is what stood there before, or came in otherwise
#pragma warning disable CA1307, CA1310, MA0001, MA0074, CA1865, CA1867, CA1847 // translated to SQL
    public static Expression<Func<Customer, bool>> BadWebsite => c => c.Website != null && (!c.Website.Contains(".") || c.Website.Contains(" ") || c.Website.Contains("@"));
#pragma warning restore CA1307, CA1310, MA0001, MA0074, CA1865, CA1867, CA1847

    public static Expression<Func<Customer, bool>> BadCountry
    {
        get
        {
            var codes = Codes;
            return c => c.Country != null && !codes.Contains(c.Country);
        }
    }

    /// <summary>Somebody who left.</summary>
    public static Expression<Func<Customer, bool>> BadOwner => c => c.OwnerId != null && c.Owner!.DeactivatedAt != null;

    public static Expression<Func<Customer, bool>> BadContact(CustomerFilterContext who)
    {
        var tomorrow = who.StartOf(who.Today.AddDays(1));
        return c => c.LastInteractionAt != null && c.LastInteractionAt >= tomorrow;
    }

    /// <summary>Values of these fields that cannot be right: an option that was retired, a member who left, a date that cannot be.</summary>
    public static Expression<Func<CustomValue, bool>> BadValue(IEnumerable<CustomField> fields, QualityRules rules, CustomerFilterContext who)
    {
        var (all, past, today, first) = (fields.Select(field => field.Id).ToArray(), fields.Where(field => rules.PastOnly.Contains(field.Name)).Select(field => field.Id).ToArray(), who.Today, First);
        return v => all.Contains(v.FieldId)
            && (v.Option!.RetiredAt != null || v.Member!.DeactivatedAt != null || v.Date < first || (v.Date > today && past.Contains(v.FieldId)));
    }

    public static Expression<Func<Customer, bool>> Has(CustomerFilterContext who, Expression<Func<CustomValue, bool>> bad)
    {
        var found = who.CustomValues.Where(bad).Select(v => v.CustomerId);
        return c => found.Contains(c.Id);
    }

    public static Expression<Func<Customer, bool>> Of(QualityGap gap, CustomFieldSet custom, CustomerFilterContext who) => gap switch
    {
        QualityGap.Incomplete => Incomplete(custom, who),
        QualityGap.Invalid => Invalid(custom, who),
        QualityGap.Stale => Stale(custom.Quality, who),
        _ => Duplicate(who),
    };

    /// <summary>The field holds a value, which came with the record or was set, and that was long ago: the history says when it was set last.</summary>
    public static Expression<Func<Customer, bool>> SetLongAgo(string name, CustomFieldSet custom, CustomerFilterContext who)
    {
        var field = CustomerFilterFields.With(custom).First(one => one.Key == name);
        var (filled, since) = (field.Compile(new(field, CustomerFilterOperators.Filled, []), who), who.StartOf(who.Today.AddDays(-custom.Quality.FreshDays)));
        // contacts say themselves when they were
        if (name == "contact") return And(filled, c => c.LastInteractionAt < since);
        if (QualityAsk.IsOfPersons(name)) filled = And(c => c.Kind == CustomerKind.Person, filled);
        var (told, changes) = (Told(name), who.Changes);
        // whoever was not changed at all need not be looked up
        return And(filled, c => c.CreatedAt < since
            && (c.UpdatedAt < since || !changes.Any(x => x.CustomerId == c.Id && x.At >= since && x.Record == RecordKind.Customer && x.Field == told)));
    }

    // as the history calls it
    private static string Told(string name) => name switch
    {
        "owner" or "team" or "organisation" => name + "Id",
        "channel" => "preferredChannel",
        _ => name,
    };

    private static Expression<Func<Customer, bool>> Incomplete(CustomFieldSet custom, CustomerFilterContext who)
    {
        Expression<Func<Customer, bool>> missing = c => c.NameNormal == "";
        foreach (var field in CustomerFilterFields.All.Where(field => custom.Quality.Needed.Contains(field.Key)))
            missing = Or(missing, Empty(field, who));
        foreach (var field in custom.All.Where(field => field.VisibleTo == Role.None))
        {
            var (id, at) = (field.Id, field.RequiredAt);
            Expression<Func<Customer, bool>> none = c => !c.CustomValues.Any(v => v.FieldId == id);
            if (field.Required || custom.Quality.Needed.Contains(field.Name)) missing = Or(missing, none);
            else if (at != StageSet.None)
            {
                var stages = Enum.GetValues<LifecycleStage>().Where(field.IsRequiredAt).ToArray();
                missing = Or(missing, And(c => stages.Contains(c.Stage), none));
            }
        }

        return missing;
    }

    // a person may belong to an organisation; an organisation to none
    private static Expression<Func<Customer, bool>> Empty(CustomerFilterField field, CustomerFilterContext who)
    {
        var empty = field.Compile(new(field, CustomerFilterOperators.Empty, []), who);
        return field.Key == "organisation" ? And(c => c.Kind == CustomerKind.Person, empty) : empty;
    }

    private static Expression<Func<Customer, bool>> Invalid(CustomFieldSet custom, CustomerFilterContext who)
    {
        var bad = CustomerFilterFields.All.Where(field => field.Invalid is not null).Select(field => field.Invalid!(who)).Aggregate(Or);
        List<CustomField> seen = [.. custom.All.Where(field => field.VisibleTo == Role.None)];
        return seen.Count == 0 ? bad : Or(bad, Has(who, BadValue(seen, custom.Quality, who)));
    }

    private static Expression<Func<Customer, bool>> Stale(QualityRules rules, CustomerFilterContext who)
    {
        var since = who.StartOf(who.Today.AddDays(-rules.FreshDays));
        return c => c.UpdatedAt < since && (c.LastInteractionAt == null || c.LastInteractionAt < since);
    }

    /// <summary>Both of a pair must be there, and seen by whoever asks: the pair says something about the other one.</summary>
    private static Expression<Func<Customer, bool>> Duplicate(CustomerFilterContext who)
    {
        var open = who.DuplicatePairs.Where(p => p.State == DuplicateState.Open && p.First!.DeletedAt == null && p.Second!.DeletedAt == null);
        var (first, second) = (open.Select(p => p.FirstId), open.Select(p => p.SecondId));
        return c => first.Contains(c.Id) || second.Contains(c.Id);
    }
}
