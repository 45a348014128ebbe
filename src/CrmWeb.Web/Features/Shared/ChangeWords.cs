using CrmWeb.Domain.Tenants;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Shared;

/// <summary>The words people read for what the history tells: kinds of record, ways, acts and fields.</summary>
public static class ChangeWords
{
    /// <summary>The fields that can be asked for, in the order people know them.</summary>
    public static IReadOnlyList<string> Fields { get; } =
    [
        "name", "kind", "email", "phone", "emails", "phones", "website", "street", "city", "region", "postalCode", "country", "industry", "language",
        "preferredChannel", "stage", "source", "externalId", "description", "ownerId", "teamId", "serviceTierId", "effectiveTierId", "organisationId", "tags", "channel", "direction", "outcome",
        "occurredAt", "isPlanned", "subject", "body", "minutes", "memberId", "title", "note", "dueOn", "priority", "repeat", "customerId", "doneAt", "roles",
        "deactivatedAt", "timeZone", "currency", "members", "sees", "days", "scopes", "expiresAt", "revokedAt", "passwordHash", "twoFactorEnabled",
    ];

    public static string Of(this IStringLocalizer L, RecordKind kind) => kind switch
    {
        RecordKind.Customer => L["Customer"],
        RecordKind.Interaction => L["Interaction"],
        RecordKind.Task => L["Task"],
        RecordKind.Tag => L["Tag"],
        RecordKind.Member => L["Member"],
        RecordKind.Team => L["Team"],
        RecordKind.Invitation => L["Invitation"],
        RecordKind.Tenant => L["Settings"],
        RecordKind.RoleVisibility => L["Visibility"],
        RecordKind.ContactCadence => L["Contact cadence"],
        RecordKind.ApiKey => L["API key"],
        RecordKind.CustomField => L["Custom field"],
        RecordKind.CustomFieldGroup => L["Group of fields"],
        RecordKind.CustomFieldOption => L["Option"],
        RecordKind.SavedView => L["View"],
        RecordKind.Attachment => L["File"],
        RecordKind.Product => L["Product"],
        RecordKind.Order => L["Order"],
        RecordKind.Deal => L["Deal"],
        RecordKind.Case => L["Case"],
        RecordKind.ExchangeRate => L["Exchange rate"],
        RecordKind.Pipeline => L["Pipeline"],
        RecordKind.Stage => L["Stage of a pipeline"],
        RecordKind.Reason => L["Reason"],
        RecordKind.ServiceTier => L["Service tier"],
        RecordKind.SlaRule => L["Service level"],
        RecordKind.OpeningTime => L["Opening time"],
        RecordKind.Holiday => L["Holiday"],
        RecordKind.DataField => L["Data inventory"],
        RecordKind.CostRate => L["Cost"],
        RecordKind.Segment => L["Segment"],
        RecordKind.StaleRule => L["Rule about stale records"],
        _ => L["Import"],
    };

    public static string Of(this IStringLocalizer L, Via via) => via switch
    {
        Via.Page => L["On a page"],
        Via.Api => L["By the API"],
        Via.Import => L["By an import"],
        Via.Bulk => L["In bulk"],
        Via.Job => L["By a job"],
        _ => L["By a command"],
    };

    public static string Of(this IStringLocalizer L, Act act) => act switch
    {
        Act.Created => L["Created"],
        Act.Archived => L["Archived"],
        Act.Restored => L["Restored"],
        Act.Deleted => L["Deleted"],
        _ => L["Edited"],
    };

    public static string IconOf(Act act) => act switch
    {
        Act.Created => "plus",
        Act.Archived => "archive",
        Act.Restored => "archive-off",
        Act.Deleted => "trash",
        _ => "pencil",
    };

    /// <summary>Most fields mean the same wherever they stand. A field of the tenant's own is told by its key.</summary>
    public static string FieldLabel(this IStringLocalizer L, string field) => field switch
    {
        "name" => L["Name"],
        "kind" => L["Kind"],
        "email" => L["E-mail"],
        "phone" => L["Phone"],
        "emails" => L["Other e-mails"],
        "phones" => L["Other phones"],
        "website" => L["Website"],
        "street" => L["Street"],
        "city" => L["City"],
        "region" => L["Region"],
        "postalCode" => L["Postal code"],
        "country" => L["Country"],
        "industry" => L["Industry"],
        "language" => L["Language"],
        "preferredChannel" => L["Preferred channel"],
        "stage" => L["Stage"],
        "source" => L["Source"],
        "externalId" => L["External id"],
        "description" => L["Description"],
        "ownerId" => L["Owner"],
        "teamId" => L["Team"],
        "serviceTierId" => L["Service tier"],
        "effectiveTierId" => L["Service tier by segments"],
        "organisationId" => L["Organisation"],
        "tags" => L["Tags"],
        "segments" => L["Lists"],
        _ => L.OtherLabel(field),
    };

    private static string OtherLabel(this IStringLocalizer L, string field) => field switch
    {
        "channel" => L["Channel"],
        "direction" => L["Direction"],
        "outcome" => L["Outcome"],
        "occurredAt" => L["When"],
        "isPlanned" => L["Planned"],
        "subject" => L["Subject"],
        "body" or "note" => L["Notes"],
        "minutes" => L["Minutes"],
        "memberId" => L["Member"],
        "title" => L["To do"],
        "dueOn" => L["Due"],
        "repeatFrom" => L["Repeats from"],
        "priority" => L["Priority"],
        "repeat" => L["Repeats"],
        "customerId" => L["Customer"],
        "doneAt" => L["Done"],
        "roles" or "role" => L["Roles"],
        "deactivatedAt" => L["Deactivated"],
        "timeZone" => L["Time zone"],
        "currency" => L["Currency"],
        "members" => L["Members"],
        "sees" => L["Visibility"],
        "days" => L["Days between contacts"],
        "scopes" => L["What it may do"],
        "dreamSector" => L["Dream sector"],
        "calendarTokenHash" => L["Calendar address"],
        "tokenHash" => L["Link"],
        "acceptedAt" => L["Accepted"],
        "revokedAt" => L["Withdrawn"],
        "expiresAt" => L["Valid until"],
        "invitedById" => L["Invited by"],
        "freshDays" => L["Days a record stays fresh"],
        "purpose" => L["Purpose"],
        "basis" => L["Lawful basis"],
        "permittedUse" => L["Permitted use"],
        "reviewOn" => L["Review on"],
        "needed" => L["Needed"],
        "pastOnly" => L["Lies in the past"],
        "taskTitle" => L["To do"],
        "isOn" => L["Switched on"],
        "openedAt" => L["Opened"],
        "answeredAt" => L["First answer"],
        "resolvedAt" => L["Resolved"],
        "rootCauseId" => L["Root cause"],
        "rootCauseNote" => L["More about the cause"],
        "resolution" => L["Resolution"],
        "answerMinutes" => L["Answer within"],
        "resolveMinutes" => L["Resolve within"],
        "productId" => L["Product"],
        "orderId" => L["Order"],
        "state" => L["State"],
        "day" => L["Day"],
        "passwordHash" => L["Password"],
        "twoFactorEnabled" => L["Two-step sign-in"],
        "code" => L["Code"],
        "category" => L["Category"],
        "unitPrice" => L["Unit price"],
        "unitCost" => L["Unit cost"],
        "isActive" => L["Active"],
        "placedAt" => L["Placed"],
        "total" => L["Total"],
        "cost" => L["Cost"],
        "paidAt" => L["Paid"],
        "returnedAt" => L["Returned"],
        "reasonId" => L["Reason"],
        "reasonNote" => L["In words"],
        "lines" => L["Lines"],
        "rate" => L["Worth"],
        "mergedIntoId" => L["Merged into"],
        "mergedFrom" => L["Merged with"],
        _ => L.DealLabel(field),
    };

    private static string DealLabel(this IStringLocalizer L, string field) => field switch
    {
        "amount" => L["Amount"],
        "closeOn" => L["Close date"],
        "closedAt" => L["Decided on"],
        "category" => L["Forecast as"],
        "state" => L["State"],
        "stageId" => L["Stage"],
        "pipelineId" => L["Pipeline"],
        "products" => L["Products"],
        "reasonId" => L["Reason"],
        "reasonNote" => L["Note"],
        "probability" => L["Probability"],
        "needs" => L["What a deal must have to come here"],
        "exitCriteria" => L["Exit criteria"],
        "playbook" => L["Playbook"],
        "rottenAfterDays" => L["Rotten after days"],
        "for" => L["For"],
        _ => field.StartsWith("custom.", StringComparison.Ordinal) ? field["custom.".Length..] : field,
    };
}
