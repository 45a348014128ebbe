using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Shared;

/// <summary>
/// The names behind the numbers in some changes, each kind read once. What the member may not see has no name here. Records that are put away have one;
/// those that are gone for good are told by the change itself.
/// </summary>
public sealed class ChangeNames(IStringLocalizer L, LocalTime time)
{
    private const string Unknown = "?";
    private static readonly string[] Away = [TenantScoping.DeletedFilter];

    private readonly Dictionary<(RecordKind Kind, long Id), Named> names = [];

    private readonly Dictionary<string, CustomField> custom = new(StringComparer.Ordinal);

    private sealed record Named(string Name, int Version = 0, bool IsAway = false)
    {
        /// <summary>Of its amounts, where it has some.</summary>
        public string? Currency { get; init; }
    }

    public static async Task<ChangeNames> Of(CrmDb db, IReadOnlyCollection<Change> changes, IStringLocalizer L, LocalTime time, CancellationToken stop)
    {
        var read = new ChangeNames(L, time);
        await read.ReadFields(db, [.. changes.Select(change => change.Field).OfType<string>().Where(IsCustom).Select(KeyOf).Distinct(StringComparer.Ordinal)], stop);
        var wanted = changes.SelectMany(read.Mentioned).Distinct().ToLookup(one => one.Kind, one => one.Id);
        foreach (var kind in wanted) await read.Read(db, kind.Key, [.. kind], stop);
        return read;
    }

    /// <summary>Who did it: a member, or a command that nobody stands behind; null for the program by itself.</summary>
    public string? Who(Change change) => Member(change.MemberId) ?? (change.Via == Via.Command ? L["Command"].Value : null);

    public string? Member(long? id) => id is { } member ? Name(RecordKind.Member, member) : null;

    /// <summary>What the change is about, as it is called now, or was when it went.</summary>
    public string Record(Change change) => names.TryGetValue((change.Record, change.RecordId), out var named) ? named.Name
        : change is { Act: Act.Deleted, Old: { } old } ? old
        : change is { Record: RecordKind.Import, New: { } file } ? file
        : L["No. {0}", Digits.Shape(ChangeText.Of(change.RecordId)!)];

    public string? Customer(Change change) => change.CustomerId is { } id && names.TryGetValue((RecordKind.Customer, id), out var named) ? named.Name : null;

    public string? Import(Change change) => change is { Via: Via.Import, CauseId: { } id } && names.TryGetValue((RecordKind.Import, id), out var named) ? named.Name : null;

    /// <summary>The version that the record has now; null when it cannot be changed, because it is away or not to be seen.</summary>
    public int? Version(Change change) => names.TryGetValue((change.Record, change.RecordId), out var named) && !named.IsAway ? named.Version : null;

    /// <summary>What people call a field; a custom one by its label.</summary>
    public string Label(string field) => IsCustom(field) && custom.TryGetValue(KeyOf(field), out var own) ? own.Label : L.FieldLabel(field);

    /// <summary>A value as people read it.</summary>
    public string? Value(Change change, string? text)
    {
        if (text is null || change.Field is not { } field) return text;
        if (IsCustom(field) && custom.TryGetValue(KeyOf(field), out var own)) return Custom(own, text);
        if (IsText(change)) return MentionText.Show(text, id => names.TryGetValue((RecordKind.Member, id), out var named) ? named.Name : null);
        if (Amount(change, field, text) is { } amount) return amount;
        return MentionedBy(field) is { } kind ? ChangeText.Id(text) is { } id ? Name(kind, id) : text : Word(change.Record, field, text);
    }

    /// <summary>Amounts are kept in minor units of the record's currency. Of a line it is what stands behind its sign of equality.</summary>
    private string? Amount(Change change, string field, string text)
    {
        if (field == "rate" && change.Record == RecordKind.ExchangeRate && ChangeText.Id(text) is { } rate) return Digits.Shape(ExchangeRate.Unscaled(rate).ToString("0.##########", CultureInfo.InvariantCulture));
        if (change.Record is not (RecordKind.Product or RecordKind.Order or RecordKind.Deal or RecordKind.CostRate) || !names.TryGetValue((change.Record, change.RecordId), out var named) || named.Currency is not { } currency) return null;
        if (field is "unitPrice" or "unitCost" or "total" or "cost" or "amount") return ChangeText.Id(text) is { } minor ? Digits.Money(minor, currency) : null;
        if (field is not ("lines" or "products") || text.LastIndexOf(" = ", StringComparison.Ordinal) is not (> 0 and var at) || ChangeText.Id(text[(at + 3)..]) is not { } total) return null;
        var what = ProductOf(text) is { } product ? text[..text.IndexOf('#', StringComparison.Ordinal)] + Name(RecordKind.Product, product) : text[..at];
        return $"{Digits.Shape(what)} = {Digits.Money(total, currency)}";
    }

    /// <summary>The product that a line names: <c>2 × #7 = 7900</c>.</summary>
    private static long? ProductOf(string? line)
    {
        if (line?.IndexOf(" × #", StringComparison.Ordinal) is not (> 0 and var at) || line.LastIndexOf(" = ", StringComparison.Ordinal) is not (> 0 and var end) || end < at + 4) return null;
        return ChangeText.Id(line[(at + 4)..end]);
    }

    /// <summary>A value as it is kept, but for texts that name members: those always show the names.</summary>
    public string? Kept(Change change, string? text) => IsText(change) ? Value(change, text) : text;

    private string Name(RecordKind kind, long id) => names.TryGetValue((kind, id), out var named) ? named.Name : Unknown;

    private string Custom(CustomField field, string text) => field.Type switch
    {
        CustomFieldType.Choice or CustomFieldType.Choices => CustomText.Id(text) is { } id ? field.Option(id)?.Name ?? Unknown : text,
        CustomFieldType.Member => CustomText.Id(text) is { } member ? Name(RecordKind.Member, member) : text,
        CustomFieldType.Customer => CustomText.Id(text) is { } customer ? Name(RecordKind.Customer, customer) : text,
        CustomFieldType.YesNo => text == "true" ? L["Yes"] : L["No"],
        CustomFieldType.Date => ChangeText.Day(text) is { } day ? time.Date(day) : text,
        CustomFieldType.Number or CustomFieldType.Money => Digits.Shape(text),
        _ => text,
    };

    private string Word(RecordKind record, string field, string text) => (record, field) switch
    {
        (RecordKind.Customer, "kind") => ChangeText.Enum<CustomerKind>(text) is { } kind ? L.Of(kind) : text,
        (RecordKind.Order, "channel") => ChangeText.Enum<SalesChannel>(text) is { } way ? L.Of(way) : text,
        (RecordKind.Order, "state") => ChangeText.Enum<OrderState>(text) is { } state ? L.Of(state) : text,
        (RecordKind.ExchangeRate or RecordKind.CostRate, "day") => ChangeText.Day(text) is { } first ? time.Date(first) : text,
        (_, "stage") => ChangeText.Enum<LifecycleStage>(text) is { } stage ? L.Of(stage) : text,
        (_, "preferredChannel" or "channel") => ChangeText.Enum<Channel>(text) is { } channel ? L.Of(channel) : text,
        (_, "direction") => ChangeText.Enum<Direction>(text) is { } direction ? L.Of(direction) : text,
        (_, "outcome") => ChangeText.Enum<Outcome>(text) is { } outcome ? L.Of(outcome) : text,
        (_, "priority") => ChangeText.Enum<Priority>(text) is { } priority ? L.Of(priority) : text,
        (_, "repeat") => ChangeText.Enum<Repeat>(text) is { } repeat ? L.Of(repeat) : text,
        (_, "roles" or "role") => ChangeText.Enum<Role>(text) is { } roles ? L.All(roles) : text,
        (_, "sees") => ChangeText.Enum<Visibility>(text) switch { Visibility.All => L["All"], Visibility.Team => L["Of their teams and their own"], _ => L["Their own"] },
        (_, "twoFactorEnabled") => text == "true" ? L["On"] : L["Off"],
        (_, "country") => Countries.NameOf(text),
        (RecordKind.Deal or RecordKind.Stage, "category") => ChangeText.Enum<ForecastCategory>(text) is { } category ? L.Of(category) : text,
        (RecordKind.Deal, "state") => ChangeText.Enum<DealState>(text) is { } state ? L.Of(state) : text,
        (RecordKind.Stage, "needs") => ChangeText.Enum<DealNeeds>(text) is { } needs ? L.All(needs) : text,
        (RecordKind.Reason, "for") => ChangeText.Enum<ReasonFor>(text) is { } why ? L.Of(why) : text,
        (_, "closeOn") => ChangeText.Day(text) is { } closes ? time.Date(closes) : text,
        _ when text is "true" or "false" && field.StartsWith("is", StringComparison.Ordinal) => text == "true" ? L["Yes"] : L["No"],
        _ when field.EndsWith("At", StringComparison.Ordinal) && ChangeText.At(text) is { } at => time.DateAndTime(at),
        (_, "dueOn" or "repeatFrom" or "reviewOn") => ChangeText.Day(text) is { } day ? time.Date(day) : text,
        _ when text is "true" or "false" && record == RecordKind.DataField => text == "true" ? L["Yes"] : L["No"],
        _ => text,
    };

    private IEnumerable<(RecordKind Kind, long Id)> Mentioned(Change change)
    {
        yield return (change.Record, change.RecordId);
        if (change.MemberId is { } member) yield return (RecordKind.Member, member);
        if (change.CustomerId is { } customer) yield return (RecordKind.Customer, customer);
        if (change is { Via: Via.Import, CauseId: { } import }) yield return (RecordKind.Import, import);
        if (IsText(change))
        {
            foreach (var id in MentionText.Ids(change.Old).Concat(MentionText.Ids(change.New))) yield return (RecordKind.Member, id);
        }

        if (change is { Record: RecordKind.Order or RecordKind.Deal, Field: "lines" or "products" } && ProductOf(change.Old ?? change.New) is { } product) yield return (RecordKind.Product, product);
        if (change.Field is null || MentionedBy(change.Field) is not { } kind) yield break;
        if (ChangeText.Id(change.Old) is { } old) yield return (kind, old);
        if (ChangeText.Id(change.New) is { } now) yield return (kind, now);
    }

    private RecordKind? MentionedBy(string field) => field switch
    {
        _ when IsCustom(field) => custom.GetValueOrDefault(KeyOf(field))?.Type switch
        {
            CustomFieldType.Member => RecordKind.Member,
            CustomFieldType.Customer => RecordKind.Customer,
            _ => null,
        },
        "ownerId" or "memberId" or "members" or "invitedById" => RecordKind.Member,
        "teamId" => RecordKind.Team,
        "productId" => RecordKind.Product,
        "segments" => RecordKind.Segment,
        "orderId" => RecordKind.Order,
        "pipelineId" => RecordKind.Pipeline,
        "stageId" => RecordKind.Stage,
        "reasonId" or "rootCauseId" => RecordKind.Reason,
        "serviceTierId" or "effectiveTierId" => RecordKind.ServiceTier,
        "organisationId" or "customerId" or "mergedIntoId" or "mergedFrom" => RecordKind.Customer,
        _ => null,
    };

    // what people write about a contact or a task names members (MentionText)
    private static bool IsText(Change change) => change is { Record: RecordKind.Interaction, Field: "body" } or { Record: RecordKind.Task, Field: "note" };

    private static bool IsCustom(string field) => field.StartsWith(CustomField.Prefix, StringComparison.Ordinal);

    private static string KeyOf(string field) => field[CustomField.Prefix.Length..];

    // those out of use have a name too
    private async Task ReadFields(CrmDb db, List<string> keys, CancellationToken stop)
    {
        if (keys.Count == 0) return;
        foreach (var field in await db.CustomFields.AsNoTracking().Include(f => f.Options).Where(f => keys.Contains(f.Key)).ToListAsync(stop)) custom[field.Key] = field;
    }

    private async Task Read(CrmDb db, RecordKind kind, List<long> ids, CancellationToken stop)
    {
        await foreach (var (id, named) in Found(db, kind, ids).WithCancellation(stop))
            names[(kind, id)] = named.Name.Length > 0 ? named : named with { Name = L.Of(kind) };
    }

    private static async IAsyncEnumerable<(long Id, Named Named)> Rows(IQueryable<Row> rows)
    {
        await foreach (var row in rows.AsAsyncEnumerable()) yield return (row.Id, new(row.Name ?? "", row.Version, row.IsAway) { Currency = row.Currency });
    }

    private sealed record Row(long Id, string? Name, int Version, bool IsAway)
    {
        public string? Currency { get; init; }
    }

    private IAsyncEnumerable<(long Id, Named Named)> Found(CrmDb db, RecordKind kind, List<long> ids) => kind switch
    {
        RecordKind.Customer => Rows(db.Customers.IgnoreQueryFilters(Away).Where(x => ids.Contains(x.Id)).Select(x => new Row(x.Id, x.Name, x.Version, x.DeletedAt != null))),
        RecordKind.Interaction => Rows(db.Interactions.IgnoreQueryFilters(Away).Where(x => ids.Contains(x.Id)).Select(x => new Row(x.Id, x.Subject, x.Version, x.DeletedAt != null))),
        RecordKind.Task => Rows(db.Tasks.IgnoreQueryFilters(Away).Where(x => ids.Contains(x.Id)).Select(x => new Row(x.Id, x.Title, x.Version, x.DeletedAt != null))),
        RecordKind.Tag => Rows(db.Tags.Where(x => ids.Contains(x.Id)).Select(x => new Row(x.Id, x.Name, 0, false))),
        RecordKind.Member => Rows(db.Members.Where(x => ids.Contains(x.Id)).Select(x => new Row(x.Id, x.Name, x.Version, false))),
        RecordKind.Team => Rows(db.Teams.Where(x => ids.Contains(x.Id)).Select(x => new Row(x.Id, x.Name, x.Version, false))),
        RecordKind.Invitation => Rows(db.Invitations.Where(x => ids.Contains(x.Id)).Select(x => new Row(x.Id, x.Email, 0, false))),
        RecordKind.CustomField => Rows(db.CustomFields.Where(x => ids.Contains(x.Id)).Select(x => new Row(x.Id, x.Label, x.Version, false))),
        RecordKind.CustomFieldGroup => Rows(db.CustomFieldGroups.Where(x => ids.Contains(x.Id)).Select(x => new Row(x.Id, x.Name, 0, false))),
        RecordKind.CustomFieldOption => Rows(db.CustomFieldOptions.Where(x => ids.Contains(x.Id)).Select(x => new Row(x.Id, x.Name, 0, false))),
        RecordKind.SavedView => Rows(db.SavedViews.IgnoreQueryFilters(Away).Where(x => ids.Contains(x.Id)).Select(x => new Row(x.Id, x.Name, x.Version, x.DeletedAt != null))),
        RecordKind.Attachment => Rows(db.Attachments.IgnoreQueryFilters(Away).Where(x => ids.Contains(x.Id)).Select(x => new Row(x.Id, x.Name, x.Version, x.DeletedAt != null))),
        RecordKind.DataField => Rows(db.DataFields.Where(x => ids.Contains(x.Id)).Select(x => new Row(x.Id, x.Field, x.Version, false))),
        RecordKind.StaleRule => Rows(db.StaleRules.IgnoreQueryFilters(Away).Where(x => ids.Contains(x.Id)).Select(x => new Row(x.Id, x.Name, x.Version, x.DeletedAt != null))),
        RecordKind.Product => Rows(db.Products.IgnoreQueryFilters(Away).Where(x => ids.Contains(x.Id)).Select(x => new Row(x.Id, x.Name, x.Version, x.DeletedAt != null) { Currency = x.Currency })),
        RecordKind.Deal => Rows(db.Deals.IgnoreQueryFilters(Away).Where(x => ids.Contains(x.Id)).Select(x => new Row(x.Id, x.Name, x.Version, x.DeletedAt != null) { Currency = x.Currency })),
        RecordKind.Case => Rows(db.Cases.IgnoreQueryFilters(Away).Where(x => ids.Contains(x.Id)).Select(x => new Row(x.Id, x.Subject, x.Version, x.DeletedAt != null))),
        RecordKind.Pipeline => Rows(db.Pipelines.IgnoreQueryFilters(Away).Where(x => ids.Contains(x.Id)).Select(x => new Row(x.Id, x.Name, x.Version, x.DeletedAt != null))),
        RecordKind.Stage => Rows(db.Stages.IgnoreQueryFilters(Away).Where(x => ids.Contains(x.Id)).Select(x => new Row(x.Id, x.Name, x.Version, x.DeletedAt != null))),
        RecordKind.Reason => Rows(db.Reasons.IgnoreQueryFilters(Away).Where(x => ids.Contains(x.Id)).Select(x => new Row(x.Id, x.Name, x.Version, x.DeletedAt != null))),
        RecordKind.ServiceTier => Rows(db.ServiceTiers.IgnoreQueryFilters(Away).Where(x => ids.Contains(x.Id)).Select(x => new Row(x.Id, x.Name, x.Version, x.DeletedAt != null))),
        RecordKind.Segment => Rows(db.Segments.IgnoreQueryFilters(Away).Where(x => ids.Contains(x.Id)).Select(x => new Row(x.Id, x.Name, x.Version, x.DeletedAt != null))),
        RecordKind.Holiday => Rows(db.Holidays.Where(x => ids.Contains(x.Id)).Select(x => new Row(x.Id, x.Name, x.Version, false))),
        RecordKind.ExchangeRate => Rows(db.ExchangeRates.Where(x => ids.Contains(x.Id)).Select(x => new Row(x.Id, x.Currency, x.Version, false))),
        RecordKind.Order => Rows(db.Orders.IgnoreQueryFilters(Away).Where(x => ids.Contains(x.Id)).Select(x => new Row(x.Id, x.ExternalId, x.Version, x.DeletedAt != null) { Currency = x.Currency })),
        RecordKind.SlaRule => Words(db.SlaRules.Where(x => ids.Contains(x.Id)).Select(x => new { x.Id, x.Priority }).AsAsyncEnumerable(), x => (x.Id, L.Of(x.Priority))),
        RecordKind.OpeningTime => Words(db.OpeningTimes.Where(x => ids.Contains(x.Id)).Select(x => new { x.Id, x.Day }).AsAsyncEnumerable(), x => (x.Id, CultureInfo.CurrentUICulture.DateTimeFormat.GetDayName(x.Day))),
        RecordKind.CostRate => Costs(db, ids),
        RecordKind.ApiKey => Rows(db.ApiKeys.Where(x => ids.Contains(x.Id)).Select(x => new Row(x.Id, x.Name, 0, false))),
        RecordKind.Import => Rows(db.Imports.Where(x => ids.Contains(x.Id)).Select(x => new Row(x.Id, x.FileName, x.Version, false))),
        RecordKind.Tenant => Rows(db.Tenants.Where(x => x.Id == db.Current.Id).Select(x => new Row(x.Id, x.Name, x.Version, false))),
        RecordKind.RoleVisibility => Words(db.RoleVisibilities.Where(x => ids.Contains(x.Id)).Select(x => new { x.Id, x.Role }).AsAsyncEnumerable(), x => (x.Id, L.Of(x.Role))),
        _ => Words(db.ContactCadences.Where(x => ids.Contains(x.Id)).Select(x => new { x.Id, x.Stage }).AsAsyncEnumerable(), x => (x.Id, L.Of(x.Stage))),
    };

    private async IAsyncEnumerable<(long Id, Named Named)> Costs(CrmDb db, List<long> ids)
    {
        var all = db.CostRates.Where(x => ids.Contains(x.Id)).Select(x => new { x.Id, x.Kind, x.Which, x.Version, Currency = db.Tenants.Where(t => t.Id == x.TenantId).Select(t => t.Currency).First() });
        await foreach (var x in all.AsAsyncEnumerable()) yield return (x.Id, new(L.OfCost(x.Kind, x.Which), x.Version) { Currency = x.Currency });
    }

    private static async IAsyncEnumerable<(long Id, Named Named)> Words<T>(IAsyncEnumerable<T> rows, Func<T, (long Id, string Name)> of)
    {
        await foreach (var row in rows) yield return (of(row).Id, new(of(row).Name));
    }
}
