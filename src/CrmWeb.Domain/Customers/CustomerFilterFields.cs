using System.Globalization;
using System.Linq.Expressions;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Dates;
using CrmWeb.Domain.Customers.Quality;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers;

/// <summary>Every field customers can be filtered by, in the order in which a form offers them.</summary>
public static class CustomerFilterFields
{
    public const string Archived = "archived";
    public const string Touched = "touched";
    public const string Origin = "origin";
    public const string Quality = "quality";
    public const string Aged = "aged";
    public const string Tier = "serviceTier";
    public const string Segment = "segment";
    public const string Me = "me";

    public const string Followed = "followed";

    private const int MaxTyped = 500;

    public static IReadOnlyList<CustomerFilterField> All { get; } =
    [
        Choice<CustomerKind>("kind", c => c.Kind),
        Choice<LifecycleStage>("stage", c => c.Stage),
        Reference("owner", c => c.OwnerId, _ => QualityConditions.BadOwner),
        Reference("team", c => c.TeamId),
        Reference(Tier, c => c.EffectiveTierId),
        new("tag", CustomerFieldKind.Reference, Id, CustomerFilterConditions.OfTags),
        new(Segment, CustomerFieldKind.Reference, Id, CustomerFilterConditions.OfSegments),
        Reference("organisation", c => c.OrganisationId),
        Date("contact", c => c.LastInteractionAt, QualityConditions.BadContact),
        Date("created", c => c.CreatedAt),
        Date("updated", c => c.UpdatedAt),
        Date("stageChanged", c => c.StageChangedAt),
        .. CustomerWorth.Facts.Select(Worth),
        // the later of edit and contact
        Date(Touched, c => c.LastInteractionAt > c.UpdatedAt ? c.LastInteractionAt : c.UpdatedAt),
        new("name", CustomerFieldKind.Text, Text, (op, values, _) => CustomerFilterConditions.OfFolded(c => c.NameNormal, op, values)),
        new("email", CustomerFieldKind.Text, Text, (op, values, _) => CustomerFilterConditions.OfEmail(op, values)) { Invalid = _ => QualityConditions.BadEmail },
        new("phone", CustomerFieldKind.Text, Text, (op, values, who) => CustomerFilterConditions.OfPhone(op, values, who.PhoneCountry)) { Invalid = _ => QualityConditions.BadPhone },
        Plain("website", c => c.Website, _ => QualityConditions.BadWebsite),
        Plain("street", c => c.Street),
        Plain("city", c => c.City),
        Plain("region", c => c.Region),
        Plain("postalCode", c => c.PostalCode),
        new("country", CustomerFieldKind.Text, Text, (op, values, _) => CustomerFilterConditions.OfCountry(op, values)) { Invalid = _ => QualityConditions.BadCountry },
        Plain("industry", c => c.Industry),
        Plain("language", c => c.Language),
        Choice<Channel>("channel", c => c.PreferredChannel),
        Plain("source", c => c.Source),
        Plain("description", c => c.Description),
        Plain("externalId", c => c.ExternalId),
        new(Followed, CustomerFieldKind.YesNo, YesNo, (_, values, who) => CustomerFilterConditions.OfFollowed(values[0] == "true", who)),
        Choice<Via>(Origin, c => c.Origin),
        Gaps(CustomFieldSet.None),
        SetLongAgo(CustomFieldSet.None),
        new(Archived, CustomerFieldKind.YesNo, YesNo, (_, values, _) => values[0] == "true" ? c => c.DeletedAt != null : c => c.DeletedAt == null),
    ];

    public static CustomerFilterField? Find(string key) => All.FirstOrDefault(field => field.Key == key);

    /// <summary>With the custom fields of a tenant, or those of them that somebody sees.</summary>
    public static IReadOnlyList<CustomerFilterField> With(CustomFieldSet custom) =>
        custom.IsEmpty && ReferenceEquals(custom.Quality, QualityRules.Usual) ? All
            : [.. All.Select(field => field.Key switch { Quality => Gaps(custom), Aged => SetLongAgo(custom), _ => field }), .. custom.All.Select(field => Of(field, custom.Quality))];

    private static CustomerFilterField Of(CustomField field, QualityRules rules)
    {
        Func<CustomerFilterContext, Expression<Func<Customer, bool>>>? invalid = field.Type is CustomFieldType.Choice or CustomFieldType.Choices or CustomFieldType.Member or CustomFieldType.Date
            ? who => QualityConditions.Has(who, QualityConditions.BadValue([field], rules, who))
            : null;
        Func<string, IReadOnlyList<string>, CustomerFilterContext, Expression<Func<Customer, bool>>> compile = (op, values, who) => CustomFilterConditions.Of(field, op, values, who);
        return field.Type switch
        {
            CustomFieldType.Number => new CustomerFilterField(field.Name, CustomerFieldKind.Number, Number, compile) { Custom = field, Invalid = invalid },
            CustomFieldType.Money => new(field.Name, CustomerFieldKind.Number, typed => MoneyText.TryParse(typed, "EUR", out _) ? typed : null, compile) { Custom = field, Invalid = invalid },
            CustomFieldType.Date => new(field.Name, CustomerFieldKind.Date, Day, compile) { Custom = field, Invalid = invalid },
            CustomFieldType.YesNo => new(field.Name, CustomerFieldKind.YesNo, YesNo, compile) { Custom = field, Invalid = invalid },
            CustomFieldType.Choice or CustomFieldType.Choices => new(
                field.Name, CustomerFieldKind.Choice, typed => CustomText.Read(field, typed, "", out _), compile, [.. field.Options.Select(option => CustomText.Id(option.Id))])
            { Custom = field, Invalid = invalid },
            CustomFieldType.Member or CustomFieldType.Customer => new(field.Name, CustomerFieldKind.Reference, Id, compile) { Custom = field, Invalid = invalid },
            _ => new(field.Name, CustomerFieldKind.Text, Text, compile) { Custom = field, Invalid = invalid },
        };
    }

    private static CustomerFilterField Worth(WorthFact fact) => fact.Instant is { } instant
        ? Date(fact.Key, instant, byTenantDays: fact.IsOfTenantDay)
        : new(fact.Key, CustomerFieldKind.Number, Number, (op, values, who) => CustomerFilterConditions.OfNumber(fact.Number!, op, values, fact.IsMoney ? who.Currency : null));

    private static string? Number(string typed) => TypedNumber.TryParse(typed, out var number) ? TypedNumber.Write(number) : null;

    private static CustomerFilterField Plain(string key, Expression<Func<Customer, string?>> of, Func<CustomerFilterContext, Expression<Func<Customer, bool>>>? invalid = null) =>
        new(key, CustomerFieldKind.Text, Text, (op, values, _) => CustomerFilterConditions.OfText(of, op, values)) { Invalid = invalid };

    private static CustomerFilterField Date(
        string key, Expression<Func<Customer, DateTime?>> of, Func<CustomerFilterContext, Expression<Func<Customer, bool>>>? invalid = null, bool byTenantDays = false) =>
        new(key, CustomerFieldKind.Date, Day, (op, values, who) => CustomerFilterConditions.OfDate(of, op, values, byTenantDays ? who.ByTenantDays : who)) { Further = [CustomerFilterOperators.NotLastDays], Invalid = invalid };

    private static CustomerFilterField Reference(string key, Expression<Func<Customer, long?>> of, Func<CustomerFilterContext, Expression<Func<Customer, bool>>>? invalid = null) =>
        new(key, CustomerFieldKind.Reference, Id, (op, values, who) => CustomerFilterConditions.OfReference(of, op, values, who)) { Invalid = invalid };

    /// <summary>What is wrong with a record, by the rules of the tenant. "None of" all of them are the records that pass.</summary>
    private static CustomerFilterField Gaps(CustomFieldSet custom) =>
        Findings(Quality, [.. Enum.GetValues<QualityGap>().Select(QualityAsk.Word)], (word, who) => QualityConditions.Of(Enum.Parse<QualityGap>(word, ignoreCase: true), custom, who));

    /// <summary>Fields that hold a value which nobody set for longer than what the tenant calls fresh.</summary>
    private static CustomerFilterField SetLongAgo(CustomFieldSet custom) =>
        Findings(Aged, [.. QualityAsk.Fields, .. custom.All.Select(field => field.Name)], (name, who) => QualityConditions.SetLongAgo(name, custom, who));

    private static CustomerFilterField Findings(string key, IReadOnlyList<string> words, Func<string, CustomerFilterContext, Expression<Func<Customer, bool>>> means)
    {
        Expression<Func<Customer, bool>> Any(IEnumerable<string> of, CustomerFilterContext who) => of.Select(word => means(word, who)).Aggregate(CustomerFilterConditions.Or);
        return new(key, CustomerFieldKind.Choice, typed => words.Contains(typed, StringComparer.Ordinal) ? typed : null, (op, values, who) => op switch
        {
            // that something is found, or nothing
            CustomerFilterOperators.Filled => Any(words, who),
            CustomerFilterOperators.Empty => CustomerFilterConditions.Not(Any(words, who)),
            CustomerFilterOperators.None => CustomerFilterConditions.Not(Any(values, who)),
            _ => Any(values, who),
        }, words);
    }

    private static CustomerFilterField Choice<T>(string key, Expression<Func<Customer, T?>> of) where T : struct, Enum
    {
        var words = Enum.GetValues<T>().ToDictionary(value => value.ToString().ToLowerInvariant(), value => value, StringComparer.Ordinal);
        return new(key, CustomerFieldKind.Choice, typed => words.ContainsKey(typed) ? typed : null,
            (op, values, _) => CustomerFilterConditions.OfChoice(of, op, [.. values.Select(value => (T?)words[value])]), [.. words.Keys]);
    }

    // no stored text has the NUL character, and not every database takes it even as a question
    private static string? Text(string typed) => typed.Length is > 0 and <= MaxTyped && !typed.Contains('\0', StringComparison.Ordinal) ? typed : null;

    private static string? YesNo(string typed) => typed is "true" or "false" ? typed : null;

    private static string? Id(string typed) =>
        typed == Me ? Me : long.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id.ToString(CultureInfo.InvariantCulture) : null;

    // Only what can be read in one way: an address must mean the same day for everybody who opens it.
    private static string? Day(string typed) =>
        TypedDate.TryParse(typed, DateOrder.Unambiguous, out var read) ? read.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
}
