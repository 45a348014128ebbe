using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Quality;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>The columns of the list and the fields it can be filtered by, with the words people read.</summary>
public static class CustomerColumns
{
    /// <summary>Remembers which columns a browser shows.</summary>
    public const string Cookie = "crm.customers.columns";

    public const string Tags = "tags";
    public const string Tier = CustomerFilterFields.Tier;

    public static Columns Of(IStringLocalizer L, HttpRequest request, CustomerSort sort, CustomFieldSet custom)
    {
        IEnumerable<string?> asked = request.Query[Columns.Parameter].Count > 0 ? request.Query[Columns.Parameter] : [request.Cookies[Cookie]];
        return new Columns(
        [
            new("name", L["Name"], Sortable: true),
            new("kind", L["Kind"], Shown: false),
            new("organisation", L["Organisation"]),
            new("stage", L["Stage"]),
            new("email", L["E-mail"]),
            new("phone", L["Phone"]),
            new("owner", L["Owner"]),
            new("contact", L["Last contact"], Sortable: true, Kind: ColumnKind.Date),
            new("team", L["Team"], Shown: false),
            new(Tier, L["Service tier"], Sortable: true, Shown: false),
            new(Tags, L["Tags"], Shown: false),
            new("website", L["Website"], Shown: false),
            new("street", L["Street"], Shown: false),
            new("city", L["City"], Shown: false),
            new("region", L["Region"], Shown: false),
            new("postalCode", L["Postal code"], Shown: false),
            new("country", L["Country"], Shown: false),
            new("industry", L["Industry"], Shown: false),
            new("language", L["Language"], Shown: false),
            new("channel", L["Preferred channel"], Shown: false),
            new("source", L["Source"], Shown: false),
            new("externalId", L["External id"], Shown: false),
            new("created", L["Created"], Sortable: true, Kind: ColumnKind.Date, Shown: false),
            new("updated", L["Changed"], Kind: ColumnKind.Date, Shown: false),
            new("stageChanged", L["In this stage since"], Kind: ColumnKind.Date, Shown: false),
            .. CustomerWorth.Facts.Select(fact => new Column(fact.Key, Title(L, fact.Key), fact.Key is "totalSpent" or "lastOrder" or "profit", fact.At is null ? ColumnKind.Number : ColumnKind.Date, Shown: false)),
            .. custom.All.Select(field => new Column(field.Name, field.Label, field.Type.IsSortable(), KindOf(field.Type), Shown: false)),
        ], sort.Text).Choose(asked) is var columns ? columns with { All = [.. columns.All.Select(column => columns.IsShown(column) ? column with { Editable = CustomerSeen.Find(column.Key, custom) is not null } : column)] } : null!;
    }

    public static IReadOnlyList<FilterField> Fields(IStringLocalizer L, IUrlHelper url, CustomFieldSet custom) =>
        [.. CustomerFilterFields.With(custom).Select(field => new FilterField(field.Key, field.Custom?.Label ?? Title(L, field.Key), KindOf(field.Kind), Options(L, field, custom), Picker(url, field)) { Further = field.Further })];

    public static string Title(IStringLocalizer L, string key) => key switch
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
        "kind" => L["Kind"],
        "stage" => L["Stage"],
        "owner" => L["Owner"],
        "team" => L["Team"],
        Tier => L["Service tier"],
        "tag" => L["Tags"],
        CustomerFilterFields.Segment => L["Segment"],
        "organisation" => L["Organisation"],
        "contact" => L["Last contact"],
        "created" => L["Created"],
        "updated" => L["Changed"],
        "stageChanged" => L["In this stage since"],
        CustomerFilterFields.Touched => L["Changed or contacted"],
        CustomerFilterFields.Origin => L["Came in"],
        CustomerFilterFields.Quality => L["Data quality"],
        CustomerFilterFields.Aged => L["Set long ago"],
        "name" => L["Name"],
        "email" => L["E-mail"],
        "phone" => L["Phone"],
        "website" => L["Website"],
        "street" => L["Street"],
        "city" => L["City"],
        "region" => L["Region"],
        "postalCode" => L["Postal code"],
        "country" => L["Country"],
        "industry" => L["Industry"],
        "language" => L["Language"],
        "channel" => L["Preferred channel"],
        "source" => L["Source"],
        "description" => L["Description"],
        "externalId" => L["External id"],
        "followed" => L["Followed by me"],
        _ => L["Archived"],
    };

    private static ColumnKind KindOf(CustomFieldType type) => type is CustomFieldType.Number or CustomFieldType.Money ? ColumnKind.Number : ColumnKind.Text;

    private static FilterKind KindOf(CustomerFieldKind kind) => kind switch
    {
        CustomerFieldKind.Text => FilterKind.Text,
        CustomerFieldKind.Choice => FilterKind.Choice,
        CustomerFieldKind.Date => FilterKind.Date,
        CustomerFieldKind.Reference => FilterKind.Picker,
        CustomerFieldKind.Number => FilterKind.Number,
        _ => FilterKind.YesNo,
    };

    private static IReadOnlyList<SelectListItem>? Options(IStringLocalizer L, CustomerFilterField field, CustomFieldSet all) => field.Choices.Count == 0 ? null : field.Key switch
    {
        _ when field.Custom is { } custom => [.. custom.Options.Select(option => Shared.Choices.Item(option.Id, option.Name))],
        "kind" => Choices<CustomerKind>(kind => L.Of(kind)),
        "stage" => Choices<LifecycleStage>(stage => L.Of(stage)),
        CustomerFilterFields.Origin => Choices<Via>(way => L.Of(way)),
        CustomerFilterFields.Quality => Choices<QualityGap>(gap => L.Of(gap)),
        CustomerFilterFields.Aged => [.. field.Choices.Select(name => new SelectListItem(all.Named(name)?.Label ?? Title(L, name), name))],
        _ => Choices<Channel>(channel => L.Of(channel)),
    };

    private static SelectListItem[] Choices<T>(Func<T, string> word) where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select(value => new SelectListItem(word(value), value.ToString().ToLowerInvariant()))];

    private static string? Picker(IUrlHelper url, CustomerFilterField field) => field.Key switch
    {
        _ when field.Custom is { } custom => custom.Type == CustomFieldType.Member ? url.Content("~/customers/owners") : custom.Type == CustomFieldType.Customer ? url.Content("~/customers/find") : null,
        "owner" => url.Content("~/customers/owners"),
        "team" => url.Content("~/customers/teams"),
        Tier => url.Content("~/customers/tiers"),
        "tag" => url.Content("~/customers/tags"),
        CustomerFilterFields.Segment => url.Content("~/customers/segments"),
        "organisation" => url.Content("~/customers/find?kind=organisation"),
        _ => null,
    };
}
