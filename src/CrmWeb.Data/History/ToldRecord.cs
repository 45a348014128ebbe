using System.Globalization;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.BulkEdits;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Duplicates;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Customers.Merges;
using CrmWeb.Domain.Customers.Quality;
using CrmWeb.Domain.Kpis;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Segments;
using CrmWeb.Domain.Service;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Data.History;

/// <summary>A type whose rows the history tells of, each as a record of its own.</summary>
/// <param name="CustomerOf">The customer a row is or hangs on, for visibility and for the page of the customer.</param>
public sealed record ToldRecord(RecordKind Kind, Func<object, long?> CustomerOf)
{
    /// <summary>Properties that follow from others, or that nobody decides.</summary>
    public IReadOnlyList<string> Untold { get; init; } = [];

    /// <summary>That one of these changed is told, its values are not (K8).</summary>
    public IReadOnlyList<string> Secret { get; init; } = [];

    /// <summary>What a row is called that is taken away and may be put back.</summary>
    public Act Away { get; init; } = Act.Deleted;
}

/// <summary>A type whose rows are told as entries in a list of another record: a tag of a customer, a member of a team.</summary>
/// <param name="Parent">The property that names the record they belong to.</param>
/// <param name="CustomerOf">The customer that this record, which is loaded, is or hangs on.</param>
public sealed record ToldPart(RecordKind Kind, string Parent, Func<CrmDb, long, long?> CustomerOf, Func<object, string> Field, Func<object, string?> Value);

/// <summary>
/// What the history tells, as one table. A new tenant-owned type belongs into one of the three; a test of the model fails until it does.
/// </summary>
public static class Told
{
    public static readonly IReadOnlyDictionary<Type, ToldRecord> Records = new Dictionary<Type, ToldRecord>
    {
        [typeof(Customer)] = new(RecordKind.Customer, row => ((Customer)row).Id)
        {
            Untold =
            [
                nameof(Customer.NameNormal), nameof(Customer.EmailNormal), nameof(Customer.PhoneNormal), nameof(Customer.StageChangedAt), nameof(Customer.CreatedAt),
                nameof(Customer.UpdatedAt), nameof(Customer.ChangedAt), nameof(Customer.LastInteractionAt), nameof(Customer.ImportId), nameof(Customer.Origin),
                .. CustomerFacts.Kept,
            ],
            Away = Act.Archived,
        },
        [typeof(Interaction)] = new(RecordKind.Interaction, row => ((Interaction)row).CustomerId)
        {
            Untold = [nameof(Interaction.ImportId), nameof(Interaction.CreatedAt), nameof(Interaction.UpdatedAt), nameof(Interaction.MemberRoles), nameof(Interaction.ServiceCost), nameof(Interaction.ContactCost)],
        },
        [typeof(Attachment)] = new(RecordKind.Attachment, row => ((Attachment)row).CustomerId)
        {
            Untold =
            [
                nameof(Attachment.InteractionId), nameof(Attachment.MediaType), nameof(Attachment.Size), nameof(Attachment.Sha256), nameof(Attachment.StoredName),
                nameof(Attachment.MemberId), nameof(Attachment.AddedAt),
            ],
        },
        [typeof(CrmTask)] = new(RecordKind.Task, row => ((CrmTask)row).CustomerId) { Untold = [nameof(CrmTask.CreatedAt), nameof(CrmTask.CreatedById)] },
        [typeof(Product)] = new(RecordKind.Product, NoCustomer)
        {
            Untold = [nameof(Product.CodeNormal), nameof(Product.NameNormal), nameof(Product.CategoryNormal), nameof(Product.ImportId), nameof(Product.CreatedAt)],
        },
        [typeof(Order)] = new(RecordKind.Order, row => ((Order)row).CustomerId)
        {
            Untold = [nameof(Order.BaseTotal), nameof(Order.BaseCost), nameof(Order.ImportId), nameof(Order.CreatedAt), nameof(Order.UpdatedAt)],
        },
        [typeof(Deal)] = new(RecordKind.Deal, row => ((Deal)row).CustomerId)
        {
            Untold = [nameof(Deal.NameNormal), nameof(Deal.BaseAmount), nameof(Deal.ValuedAt), nameof(Deal.StageSince), nameof(Deal.CreatedAt), nameof(Deal.UpdatedAt)],
        },
        [typeof(Case)] = new(RecordKind.Case, row => ((Case)row).CustomerId)
        {
            Untold =
            [
                nameof(Case.UpdatedAt), nameof(Case.AnswerDueAt), nameof(Case.ResolveDueAt), nameof(Case.NextDueAt), nameof(Case.WarnAt), nameof(Case.AnsweredInMinutes),
                nameof(Case.ResolvedInMinutes), nameof(Case.WaitingSince), nameof(Case.WaitedMinutes), nameof(Case.EndedWaitSince), nameof(Case.EndedWaitMinutes), nameof(Case.WarnedAt), nameof(Case.EscalatedAt),
            ],
        },
        [typeof(ExchangeRate)] = new(RecordKind.ExchangeRate, NoCustomer),
        [typeof(Pipeline)] = new(RecordKind.Pipeline, NoCustomer) { Untold = [nameof(Pipeline.Position)] },
        [typeof(Stage)] = new(RecordKind.Stage, NoCustomer) { Untold = [nameof(Stage.Position)] },
        [typeof(Reason)] = new(RecordKind.Reason, NoCustomer) { Untold = [nameof(Reason.Position)] },
        [typeof(ServiceTier)] = new(RecordKind.ServiceTier, NoCustomer) { Untold = [nameof(ServiceTier.Position)] },
        [typeof(SlaRule)] = new(RecordKind.SlaRule, NoCustomer),
        [typeof(OpeningTime)] = new(RecordKind.OpeningTime, NoCustomer),
        [typeof(Holiday)] = new(RecordKind.Holiday, NoCustomer),
        [typeof(CostRate)] = new(RecordKind.CostRate, NoCustomer) { Untold = [nameof(CostRate.BeginsAt)] },
        [typeof(Tag)] = new(RecordKind.Tag, NoCustomer) { Untold = [nameof(Tag.NameNormal)] },
        [typeof(Member)] = new(RecordKind.Member, NoCustomer)
        {
            Untold =
            [
                nameof(Member.UserId), nameof(Member.JoinedAt), nameof(Member.LastSeenAt), nameof(Member.FollowsOwned), nameof(Member.DigestHour), nameof(Member.DigestDay),
                nameof(Member.NotificationsVersion),
            ],
            Secret = [nameof(Member.CalendarTokenHash)]
        },
        [typeof(Team)] = new(RecordKind.Team, NoCustomer),
        [typeof(Invitation)] = new(RecordKind.Invitation, NoCustomer) { Untold = [nameof(Invitation.CreatedAt)], Secret = [nameof(Invitation.TokenHash)] },
        [typeof(Tenant)] = new(RecordKind.Tenant, NoCustomer) { Untold = [nameof(Tenant.CreatedAt)] },
        [typeof(RoleVisibility)] = new(RecordKind.RoleVisibility, NoCustomer),
        [typeof(ContactCadence)] = new(RecordKind.ContactCadence, NoCustomer),
        [typeof(CustomField)] = new(RecordKind.CustomField, NoCustomer) { Untold = [nameof(CustomField.Position)] },
        [typeof(CustomFieldGroup)] = new(RecordKind.CustomFieldGroup, NoCustomer) { Untold = [nameof(CustomFieldGroup.Position)] },
        [typeof(CustomFieldOption)] = new(RecordKind.CustomFieldOption, NoCustomer) { Untold = [nameof(CustomFieldOption.Position), nameof(CustomFieldOption.NameNormal)] },
        // the query may ask for what a reader of the audit does not see (T10)
        [typeof(SavedView)] = new(RecordKind.SavedView, NoCustomer) { Untold = [nameof(SavedView.NameNormal), nameof(SavedView.CreatedAt)], Secret = [nameof(SavedView.Query)] },
        // nor does a rule, for the same reason
        [typeof(Segment)] = new(RecordKind.Segment, NoCustomer)
        {
            Untold =
            [
                nameof(Segment.NameNormal), nameof(Segment.CreatedAt), nameof(Segment.IsTimeDriven), nameof(Segment.MemberCount), nameof(Segment.RefreshedAt),
                nameof(Segment.JudgedAt), nameof(Segment.RefreshFailedAt), nameof(Segment.FrozenRule),
            ],
            Secret = [nameof(Segment.Rule)],
        },
        [typeof(DataField)] = new(RecordKind.DataField, NoCustomer),
        [typeof(StaleRule)] = new(RecordKind.StaleRule, NoCustomer) { Untold = [nameof(StaleRule.CreatedById)] },
        [typeof(ApiKey)] = new(RecordKind.ApiKey, NoCustomer) { Untold = [nameof(ApiKey.Hint), nameof(ApiKey.CreatedAt), nameof(ApiKey.LastUsedAt)], Secret = [nameof(ApiKey.Hash)] },
    };

    public static readonly IReadOnlyDictionary<Type, ToldPart> Parts = new Dictionary<Type, ToldPart>
    {
        [typeof(ContactPoint)] = new(
            RecordKind.Customer, nameof(ContactPoint.CustomerId), Itself, row => ListOf(((ContactPoint)row).Kind), row => ((ContactPoint)row).Value),
        [typeof(CustomerTag)] = new(RecordKind.Customer, nameof(CustomerTag.CustomerId), Itself, _ => "tags", row => ((CustomerTag)row).Tag?.Name),
        [typeof(CustomValue)] = new(
            RecordKind.Customer, nameof(CustomValue.CustomerId), Itself, row => ((CustomValue)row).Said?.Field ?? "", row => ((CustomValue)row).Said?.Value),
        [typeof(OrderLine)] = new(RecordKind.Order, nameof(OrderLine.OrderId), (db, id) => db.Orders.Local.FindEntry(id)?.Entity.CustomerId, _ => "lines", row => Line((OrderLine)row)),
        [typeof(DealLine)] = new(RecordKind.Deal, nameof(DealLine.DealId), (db, id) => db.Deals.Local.FindEntry(id)?.Entity.CustomerId, _ => "products", row => Line((DealLine)row)),
        [typeof(SegmentNeed)] = new(RecordKind.Segment, nameof(SegmentNeed.SegmentId), (_, _) => null, _ => "needs", row => Need((SegmentNeed)row)),
        [typeof(SegmentProduct)] = new(RecordKind.Segment, nameof(SegmentProduct.SegmentId), (_, _) => null, _ => "productId", row => ChangeText.Of(((SegmentProduct)row).ProductId)),
        [typeof(TeamMembership)] = new(RecordKind.Team, nameof(TeamMembership.TeamId), (_, _) => null, _ => "members", row => ChangeText.Of(((TeamMembership)row).MemberId)),
    };

    /// <summary>Tenant-owned types that are not told, each with the reason.</summary>
    public static readonly IReadOnlyDictionary<Type, string> Silent = new Dictionary<Type, string>
    {
        [typeof(Change)] = "the history itself",
        [typeof(CustomerSearch)] = "follows from the customer",
        [typeof(IdempotencyKey)] = "an answer that is kept for a day; what the request did is told",
        [typeof(CustomerEvent)] = "written once beside a change that is told",
        [typeof(DuplicatePair)] = "a guess; what comes of it is a merge, which is told",
        [typeof(Merge)] = "what it did to both customers is told of them",
        [typeof(QualityDay)] = "numbers that follow from the customers",
        [typeof(QualityCount)] = "numbers that follow from the customers",
        [typeof(StaleTask)] = "which task a rule made; the task itself is told",
        [typeof(StageStay)] = "written beside the move, which is told",
        [typeof(ClvModel)] = "numbers that follow from the orders",
        [typeof(ForecastSnapshot)] = "numbers that follow from the deals",
        [typeof(ProductStanding)] = "follows from what was sold",
        [typeof(ProductMove)] = "the record of what came of it",
        [typeof(ProductPair)] = "numbers that follow from what was sold",
        [typeof(SegmentUse)] = "follows from the rule, which is told",
        [typeof(Membership)] = "its own record, and an event of the customer",
        [typeof(SegmentSize)] = "numbers that follow from the members",
        [typeof(CaseInteraction)] = "which case a contact is about; the contact itself is told",
        [typeof(Job)] = "a queue; what a job does is told",
        [typeof(Import)] = "steps of a wizard; that it ran and was taken back is told by its end",
        [typeof(ImportRow)] = "written once, the record of an import",
        [typeof(Mention)] = "follows from the text, which is told",
        [typeof(Follow)] = "what one member wants to hear of",
        [typeof(Notification)] = "what one member is told of changes that are told themselves",
        [typeof(NotificationChoice)] = "how one member wants to be told",
        [typeof(ViewMark)] = "what one member pinned for themselves",
        [typeof(ImportMap)] = "a remembered guess",
        [typeof(BulkEdit)] = "what it does is told of each customer, with its number",
        [typeof(BulkEditRow)] = "written once, what a bulk edit left alone",
    };

    public static string ListOf(ContactPointKind kind) => kind == ContactPointKind.Email ? "emails" : "phones";

    private static string Line(OrderLine line) => string.Create(
        CultureInfo.InvariantCulture, $"{line.Quantity} × {(line.ProductId is { } product ? $"#{product}" : line.Description)} = {line.Total}");

    private static string Line(DealLine line) => string.Create(CultureInfo.InvariantCulture, $"{line.Quantity} × #{line.ProductId} = {line.Total}");

    private static string Need(SegmentNeed need) => string.Create(CultureInfo.InvariantCulture, $"{need.Need} ({need.Importance}/{SegmentNeed.MostImportant})");

    private static long? Itself(CrmDb db, long id) => id;

    private static long? NoCustomer(object row) => null;
}
