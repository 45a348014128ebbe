using System.Linq.Expressions;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Segments;

/// <summary>
/// Every field and every collection that a rule may ask for; nothing else reaches a query. What a field of the list of customers is called and means,
/// it is called and means here.
/// </summary>
public static class RuleFields
{
    private static readonly FoldedMatch Email = new((typed, _) => EmailAddress.TryNormalise(typed, out var address) ? address : SearchText.Fold(typed));

    private static readonly FoldedMatch Phone = new((typed, ask) => CustomerSearchTerms.PhoneDigits(typed, TextMatch.InList(ask.Operator), ask.At.PhoneCountry));

    private static readonly PlainMatch Plain = new();

    internal const string NextContactDue = "nextContactDue";

    private const string ItsOrganisation = "organisation";

    internal const string OrganisationsOwn = ItsOrganisation + "." + CustomField.Prefix;

    /// <summary>Of the customer, in the order in which a form offers them; without the custom ones.</summary>
    public static IReadOnlyList<RuleField> Customer { get; } = [.. Own(), .. Organisation(), .. Owner()];

    /// <summary>Those that follow from the service tiers that segments give (decision 0025), of the customer itself.</summary>
    public static IReadOnlyList<string> OfTiers { get; } = ["serviceTier", NextContactDue];

    public static IReadOnlyList<RuleCollection> Collections => RuleCollections.All;

    /// <summary>What a count is compared as.</summary>
    public static RuleField Count { get; } = new("count", RuleType.Number);

    /// <summary>With the custom fields that somebody sees, the organisation's too, and what the tenant's settings say of a customer.</summary>
    public static IReadOnlyList<RuleField> Of(RuleWorld world) => [.. Customer, NextContact(world), .. world.Custom.All.Select(Of), .. world.Custom.All.Select(OfOrganisation)];

    /// <summary>Likewise those out of use that a stored rule reads still.</summary>
    public static IEnumerable<RuleField> Retired(RuleWorld world) => [.. world.Retired.Select(Of), .. world.Retired.Select(OfOrganisation)];

    /// <summary>One of these or of those.</summary>
    public static RuleField? Find(string name, RuleWorld world)
    {
        var isOrganisations = name.StartsWith(OrganisationsOwn, StringComparison.Ordinal);
        var own = isOrganisations ? name[(OrganisationsOwn.Length - CustomField.Prefix.Length)..] : name;
        if ((world.Custom.Named(own) ?? world.Retired.FirstOrDefault(field => field.Name == own)) is { } custom) return isOrganisations ? OfOrganisation(custom) : Of(custom);
        return name == NextContactDue ? NextContact(world) : Customer.FirstOrDefault(field => field.Name == name);
    }

    private static IEnumerable<RuleField> Own() =>
    [
        Choice<Customer, CustomerKind>("kind", c => c.Kind),
        Choice<Customer, LifecycleStage>("stage", c => c.Stage),
        Row<Customer>("owner", RuleKind.Member, c => c.OwnerId),
        Row<Customer>("team", RuleKind.Team, c => c.TeamId),
        Row<Customer>("serviceTier", RuleKind.Tier, c => c.EffectiveTierId),
        Row<Customer>(ItsOrganisation, RuleKind.Customer, c => c.OrganisationId),
        .. CustomerWorth.Facts.Select(Worth),
        Instant<Customer>("lastInteraction", c => c.LastInteractionAt),
        Instant<Customer>("created", c => c.CreatedAt),
        Instant<Customer>("updated", c => c.UpdatedAt),
        Instant<Customer>("stageChanged", c => c.StageChangedAt),
        Folded<Customer>("name", c => c.NameNormal),
        new("email", RuleType.Text, In<Customer>(c => c.EmailNormal, Email), In<Customer>(c => c.Email, Plain), Further(ContactPointKind.Email, Email)),
        new("phone", RuleType.Text, In<Customer>(c => c.PhoneNormal, Phone), In<Customer>(c => c.Phone, Plain), Further(ContactPointKind.Phone, Phone)),
        Text<Customer>("website", c => c.Website),
        Text<Customer>("street", c => c.Street),
        Text<Customer>("city", c => c.City),
        Text<Customer>("region", c => c.Region),
        Text<Customer>("postalCode", c => c.PostalCode),
        new("country", RuleType.Text, In<Customer>(c => c.Country, new CountryMatch())),
        Text<Customer>("industry", c => c.Industry),
        Text<Customer>("language", c => c.Language),
        Choice<Customer, Channel>("preferredChannel", c => c.PreferredChannel),
        Text<Customer>("source", c => c.Source),
        Text<Customer>("description", c => c.Description),
        Text<Customer>("externalId", c => c.ExternalId),
        Choice<Customer, Via>("origin", c => c.Origin),
    ];

    private static IEnumerable<RuleField> Organisation() =>
        Own().Where(field => field.Name != ItsOrganisation).Select(Organisations);

    private static RuleField Organisations(RuleField field) => field.Behind<Customer, Customer>(ItsOrganisation, c => c.Organisation);

    private static RuleField OfOrganisation(CustomField field) => Organisations(Of(field));

    private static IEnumerable<RuleField> Owner() => ((RuleField[])
    [
        Text<Member>("name", m => m.Name),
        Instant<Member>("joined", m => m.JoinedAt),
        Instant<Member>("deactivated", m => m.DeactivatedAt),
        Instant<Member>("lastSeen", m => m.LastSeenAt),
    ]).Select(field => field.Behind<Customer, Member>("owner", c => c.Owner));

    // it is no date of theirs, so it does not come round
    private static RuleField NextContact(RuleWorld world) =>
        new(NextContactDue, RuleType.Date, new NextContactPlace(world.Rhythm)) { Operators = [.. RuleOperators.Of(RuleType.Date).Where(op => op != RuleOperator.Recurs)] };

    private static RuleField Worth(WorthFact fact) => fact.Instant is { } instant
        ? Instant(fact.Key, instant)
        : fact.IsMoney ? Money(fact.Key, fact.Number!) : Number(fact.Key, fact.Number!);

    internal static RuleField Of(CustomField field)
    {
        RuleField Made<T>(RuleType type, Expression<Func<CustomValue, T>> column, RuleMatch<T> tests, RuleKind? kind = null) =>
            new(field.Name, type, new CustomPlace(field, new ColumnPlace<CustomValue, T>(column, tests))) { Custom = field, Kind = kind };
        return field.Type switch
        {
            CustomFieldType.Number => Made(RuleType.Number, v => v.Number, NumberMatch.Scaled),
            CustomFieldType.Money => Made(RuleType.Money, v => (CustomValue?)v, new AmountMatch()),
            CustomFieldType.Date => Made(RuleType.Date, v => v.Date, new DayMatch()),
            CustomFieldType.YesNo => Made(RuleType.YesNo, v => v.Number, new YesNumberMatch()),
            CustomFieldType.Choice or CustomFieldType.Choices => Made(RuleType.Row, v => v.OptionId, new RowMatch(), RuleKind.Option),
            CustomFieldType.Member => Made(RuleType.Row, v => v.MemberId, new RowMatch(), RuleKind.Member),
            CustomFieldType.Customer => Made(RuleType.Row, v => v.ReferenceId, new RowMatch(), RuleKind.Customer),
            _ => Made(RuleType.Text, v => v.TextNormal, FoldedMatch.Plain),
        };
    }

    private static RowsPlace<Customer, ContactPoint> Further(ContactPointKind kind, FoldedMatch tests) =>
        new(c => c.ContactPoints.Where(p => p.Kind == kind), In<ContactPoint>(p => p.Normal, tests));

    internal static ColumnPlace<T, string?> In<T>(Expression<Func<T, string?>> column, RuleMatch<string?> tests) => new(column, tests);

    internal static RuleField Text<T>(string name, Expression<Func<T, string?>> column) => new(name, RuleType.Text, In(column, Plain));

    internal static RuleField Folded<T>(string name, Expression<Func<T, string?>> column) => new(name, RuleType.Text, In(column, FoldedMatch.Plain));

    internal static RuleField Number<T>(string name, Expression<Func<T, long?>> column) => new(name, RuleType.Number, new ColumnPlace<T, long?>(column, NumberMatch.Pieces));

    internal static RuleField Money<T>(string name, Expression<Func<T, long?>> column) => new(name, RuleType.Money, new ColumnPlace<T, long?>(column, NumberMatch.Money));

    internal static RuleField Instant<T>(string name, Expression<Func<T, DateTime?>> column) => new(name, RuleType.Date, new ColumnPlace<T, DateTime?>(column, new InstantMatch()));

    internal static RuleField Day<T>(string name, Expression<Func<T, DateOnly?>> column) => new(name, RuleType.Date, new ColumnPlace<T, DateOnly?>(column, new DayMatch()));

    internal static RuleField YesNo<T>(string name, Expression<Func<T, bool?>> column) => new(name, RuleType.YesNo, new ColumnPlace<T, bool?>(column, new YesNoMatch()));

    internal static RuleField Row<T>(string name, RuleKind kind, Expression<Func<T, long?>> column) =>
        new(name, RuleType.Row, new ColumnPlace<T, long?>(column, new RowMatch())) { Kind = kind };

    internal static RuleField Choice<T, TChoice>(string name, Expression<Func<T, TChoice?>> column) where TChoice : struct, Enum =>
        new(name, RuleType.Choice, new ColumnPlace<T, TChoice?>(column, new ChoiceMatch<TChoice>())) { Choices = RuleWords.All<TChoice>() };
}
