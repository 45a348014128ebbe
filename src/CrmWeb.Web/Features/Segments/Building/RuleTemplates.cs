using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Segments;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Segments.Building;

/// <summary>A rule to begin with.</summary>
/// <param name="Key">In the address.</param>
public sealed record RuleTemplate(string Key, string Group, string Title, string Text, Func<RulePart> Rule);

/// <summary>Questions that many ask. Values are a beginning: everybody has numbers of their own.</summary>
public static class RuleTemplates
{
    private static readonly string[] Births = ["birth", "تولد"];

    public static RuleTemplate? Find(IStringLocalizer L, CustomFieldSet custom, string? key) => All(L, custom).FirstOrDefault(template => template.Key == key);

    /// <param name="L">Of the reader.</param>
    /// <param name="custom">The custom fields that they see: a birthday is one of them.</param>
    public static IReadOnlyList<RuleTemplate> All(IStringLocalizer L, CustomFieldSet custom)
    {
        var (cells, grid, life, days, care) = (L["Recency, frequency, value"].Value, L["Value and potential"].Value, L["Where they stand"].Value, L["Days that come round"].Value, L["Who needs us"].Value);
        return
        [
            new("champions", cells, L["Champions"], L["Bought lately, often, and for much"], () => And(AtLeast("rfmRecency", 4), AtLeast("rfmFrequency", 4), AtLeast("rfmMonetary", 4))),
            new("loyal", cells, L["Buy often"], L["Frequent buyers, whatever they spend"], () => And(AtLeast("rfmRecency", 3), AtLeast("rfmFrequency", 4))),
            new("at-risk", cells, L["At risk"], L["Used to buy often or for much, and have not lately"], () => And(AtMost("rfmRecency", 2), Or(AtLeast("rfmFrequency", 3), AtLeast("rfmMonetary", 4)))),
            new("hibernating", cells, L["Asleep"], L["Bought rarely, little, and long ago"], () => And(AtMost("rfmRecency", 2), AtMost("rfmFrequency", 2), AtMost("rfmMonetary", 2))),
            new("stars", grid, L["Valuable and promising"], L["Spend much, and more is in sight"], () => And(AtLeast("rfmMonetary", 4), Promising())),
            new("keep", grid, L["Valuable, little in sight"], L["Spend much; what could they buy next?"], () => And(AtLeast("rfmMonetary", 4), Not(Promising()))),
            new("grow", grid, L["Promising, not yet valuable"], L["Spend little so far, and more is in sight"], () => And(AtMost("rfmMonetary", 3), Promising())),
            new("low", grid, L["Neither valuable nor promising"], L["Served with little effort"], () => And(AtMost("rfmMonetary", 3), Not(Promising()))),
            new("new", life, L["New customers"], L["First order in the last 30 days"], () => And(Since("firstOrder", "d-", 30))),
            new("once", life, L["Bought once"], L["One order, and none since 60 days"], () => And(Asks("orderCount", "=", "1"), Before("lastOrder", "d-", 60))),
            new("lapsed", life, L["No order for a year"], L["Bought before, but not in the last year"], () => And(AtLeast("orderCount", 1), Before("lastOrder", "y-", 1))),
            new("big-spenders", life, L["Big spenders"], L["Spent more than a sum in the last year"], () => And(Rows("orders", "sum:total", ">", "1000", Since("placed", "y-", 1)))),
            new("category", life, L["Buyers of a category"], L["Bought something of a category of products"], () => And(Rows("lines", "count", ">=", "1", Asks("product.category", "in")))),
            new("industry", life, L["By industry"], L["Organisations and people of chosen industries"], () => And(Asks("industry", "in"))),
            .. Birthday(custom) is { } birthday ? [new RuleTemplate("birthday", days, IsBirth(birthday) ? L["Birthday this month"] : L["{0} this month", birthday.Label], L["By {0}, whatever the year", birthday.Label], () => And(Recurs(birthday.Name, "this month")))] : (RuleTemplate[])[],
            new("anniversary", days, L["Anniversary of the first order"], L["The day of their first order comes round in the next 30 days"], () => And(Recurs("firstOrder", "next d", "30"), new RulePart { What = "firstOrder", Operator = "<", Unit = "today", Values = [""] })),
            new("silent", care, L["Past their contact"], L["Whose next contact is due, by the cadence of contacts"], () => And(new RulePart { What = "nextContactDue", Operator = "<=", Unit = "today", Values = [""] })),
            new("leads", care, L["Leads left alone"], L["Leads and prospects without a contact for two weeks"], () => And(Asks("stage", "in", "lead", "prospect"), Or(Before("lastInteraction", "w-", 2), Asks("lastInteraction", "is empty")))),
            new("complaints", care, L["Open complaints"], L["Complained, and it is not resolved"], () => And(Rows("cases", "count", ">=", "1", Asks("kind", "in", "complaint"), Asks("state", "in", "new", "open", "waiting")))),
            new("unreachable", care, L["Cannot be reached"], L["Neither a mail address nor a phone number"], () => And(Asks("email", "is empty"), Asks("phone", "is empty"))),
            new("losing", care, L["Cost more than they bring"], L["Whose profit is below nothing"], () => And(Asks("profit", "<", "0"))),
        ];
    }

    /// <summary>The date that is called so, or else the first one, which the template is named after then.</summary>
    private static CustomField? Birthday(CustomFieldSet custom)
    {
        var dates = custom.All.Where(field => field.Type == CustomFieldType.Date).ToList();
        return dates.Find(IsBirth) ?? dates.FirstOrDefault();
    }

    private static bool IsBirth(CustomField field) => Array.Exists(Births, birth => SearchText.Fold(field.Key + " " + field.Label).Contains(SearchText.Fold(birth), StringComparison.Ordinal));

    private static RulePart Recurs(string field, string unit, string count = "") => new() { What = field, Operator = RuleOperator.Recurs.Write(), Unit = unit, Values = [count] };

    private static RulePart And(params IEnumerable<RulePart> parts) => RulePart.Group(RulePart.All, parts);

    private static RulePart Or(params IEnumerable<RulePart> parts) => RulePart.Group(RulePart.Any, parts);

    private static RulePart Not(RulePart any) => RulePart.Group(RulePart.None, any.Parts);

    private static RulePart Promising() => Or(Asks("openDealsValue", ">", "0"), And(AtLeast("rfmRecency", 4), AtLeast("rfmFrequency", 3)));

    private static RulePart Asks(string field, string op, params IEnumerable<string> values) => new() { What = field, Operator = op, Values = [.. values] };

    private static RulePart AtLeast(string field, int value) => Asks(field, RuleOperator.AtLeast.Write(), Text(value));

    private static RulePart AtMost(string field, int value) => Asks(field, RuleOperator.AtMost.Write(), Text(value));

    private static RulePart Before(string field, string unit, int count) => new() { What = field, Operator = RuleOperator.Less.Write(), Unit = unit, Values = [Text(count)] };

    private static RulePart Since(string field, string unit, int count) => new() { What = field, Operator = RuleOperator.AtLeast.Write(), Unit = unit, Values = [Text(count)] };

    private static RulePart Rows(string collection, string measure, string op, string value, params IEnumerable<RulePart> where) =>
        new() { What = RulePart.Rows + collection, Measure = measure, Operator = op, Values = [value], Parts = [And(where)] };

    private static string Text(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
