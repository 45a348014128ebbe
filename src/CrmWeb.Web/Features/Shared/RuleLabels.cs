using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Segments;
using CrmWeb.Domain.Service;
using CrmWeb.Domain.Tenants;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Shared;

/// <summary>What people call the fields, collections and choices of segment rules.</summary>
public static class RuleLabels
{
    public static string Of(this IStringLocalizer L, RuleField field)
    {
        if (field.Custom is { } custom) return field.IsOfAnother ? L["{0}: {1}", L["Organisation"], custom.Label] : custom.Label;
        var dot = field.Name.LastIndexOf('.');
        var own = L.Named(dot < 0 ? field.Name : field.Name[(dot + 1)..], dot < 0 ? field.Collection : null);
        return dot < 0 ? own : L["{0}: {1}", L.Named(field.Name[..dot], null), own];
    }

    public static string Of(this IStringLocalizer L, RuleCollection collection) => collection.Name switch
    {
        "interactions" => L["Contacts"],
        "plannedInteractions" => L["Planned contacts"],
        "orders" => L["Orders"],
        "returnedOrders" => L["Returned orders"],
        "lines" => L["Order lines"],
        "deals" => L["Deals"],
        "cases" => L["Cases"],
        _ => L["Tasks"],
    };

    public static string Of(this IStringLocalizer L, RuleFunction function) => function switch
    {
        RuleFunction.Count => L["Number"],
        RuleFunction.Sum => L["Sum"],
        RuleFunction.Min => L["Least"],
        RuleFunction.Max => L["Most"],
        _ => L["Average"],
    };

    /// <summary>The word of a choice. A word means the same in whatever choice it stands.</summary>
    public static string ChoiceOf(this IStringLocalizer L, string word) =>
        Word<CustomerKind>(word, L.Of) ?? Word<LifecycleStage>(word, L.Of) ?? Word<Channel>(word, L.Of) ?? Word<Direction>(word, L.Of) ?? Word<Outcome>(word, L.Of)
        ?? Word<SalesChannel>(word, L.Of) ?? Word<OrderState>(word, L.Of) ?? Word<DealState>(word, L.Of) ?? Word<ForecastCategory>(word, L.Of) ?? Word<CaseState>(word, L.Of)
        ?? Word<Priority>(word, L.Of) ?? Word<Via>(word, L.Of) ?? word switch { "complaint" => L["Complaint"], "return" => L["Return"], "question" => L["Question"], _ => word };

    /// <summary>A month of the calendar that all rules go by, whatever calendar the reader has.</summary>
    public static string OfMonth(this IStringLocalizer L, int month) => month switch
    {
        1 => L["January"],
        2 => L["February"],
        3 => L["March"],
        4 => L["April"],
        5 => L["May"],
        6 => L["June"],
        7 => L["July"],
        8 => L["August"],
        9 => L["September"],
        10 => L["October"],
        11 => L["November"],
        _ => L["December"],
    };

    public static string OfMonthAway(this IStringLocalizer L, int away) => away switch { < 0 => L["last month"], 0 => L["this month"], _ => L["next month"] };

    private static string? Word<T>(string word, Func<T, string> label) where T : struct, Enum => RuleWords.All<T>().Contains(word, StringComparer.Ordinal) ? label(RuleWords.Parse<T>(word)) : null;

    private static string Named(this IStringLocalizer L, string name, string? collection) => (collection, name) switch
    {
        ("interactions" or "plannedInteractions", "occurred") => L["When"],
        ("orders" or "returnedOrders" or "lines", "placed") => L["Placed"],
        ("orders" or "returnedOrders" or "lines", "total") => L["Total"],
        ("tasks", "title") => L["To do"],
        _ => L.OfCustomer(name) ?? L.OfRow(name) ?? L.FieldLabel(name),
    };

    private static string? OfCustomer(this IStringLocalizer L, string name) => name switch
    {
        "totalSpent" => L["Total spent"],
        "orderCount" => L["Orders"],
        "lastOrder" => L["Last order"],
        "firstOrder" => L["First order"],
        "averageOrder" => L["Average order"],
        "margin" => L["Margin"],
        "profit" => L["Profit"],
        "serviceCost" => L["Cost of service"],
        "contactCost" => L["Cost of contacts"],
        "serviceMinutes" => L["Logged minutes"],
        "daysBetweenOrders" => L["Days between orders"],
        "rfmRecency" => L["Recency (1–5)"],
        "rfmFrequency" => L["Frequency (1–5)"],
        "rfmMonetary" => L["Monetary value (1–5)"],
        "predictedValue" => L["Predicted value"],
        "alivePercent" => L["Still buys (%)"],
        "openDeals" => L["Open deals"],
        "openDealsValue" => L["Value of open deals"],
        "openCases" => L["Open cases"],
        "lastInbound" => L["Last contact by them"],
        "lastOutbound" => L["Last contact by us"],
        "interactionsIn90Days" => L["Contacts in 90 days"],
        "lastInteraction" => L["Last contact"],
        "nextContactDue" => L["Next contact due"],
        "created" => L["Created"],
        "updated" => L["Changed"],
        "stageChanged" or "stageSince" => L["In this stage since"],
        "origin" => L["Came in"],
        "owner" => L["Owner"],
        "team" => L["Team"],
        "serviceTier" => L["Service tier"],
        "organisation" => L["Organisation"],
        _ => (string?)null,
    };

    private static string? OfRow(this IStringLocalizer L, string name) => name switch
    {
        "joined" => L["Joined"],
        "deactivated" => L["Deactivated"],
        "lastSeen" => L["Last seen"],
        "member" => L["Member"],
        "cost" => L["Cost"],
        "state" => L["State"],
        "paid" => L["Paid"],
        "returned" => L["Returned"],
        "reason" => L["Reason"],
        "product" => L["Product"],
        "category" => L["Category"],
        "code" => L["Code"],
        "active" => L["Active"],
        "quantity" => L["Quantity"],
        "pipeline" => L["Pipeline"],
        "amount" => L["Amount"],
        "closeOn" => L["Close date"],
        "closed" => L["Closed"],
        "opened" => L["Opened"],
        "answered" => L["Answered"],
        "answeredInMinutes" => L["Minutes until the answer"],
        "resolved" => L["Resolved"],
        "resolvedInMinutes" => L["Minutes until the end"],
        "rootCause" => L["Root cause"],
        "due" => L["Due"],
        "done" => L["Done"],
        _ => (string?)null,
    };
}
