using CrmWeb.Domain.Segments;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Shared;

/// <summary>What was expected where a rule is wrong. Words of the language itself are not translated.</summary>
public static class RuleErrorWords
{
    public static string Expected(this IStringLocalizer L, string expected) => expected switch
    {
        RuleExpected.Clause => L["a condition"],
        RuleExpected.Field => L["a field"],
        RuleExpected.Collection => L["a collection"],
        RuleExpected.FieldOfCollection => L["a field of the collection"],
        RuleExpected.NumberField => L["a field with numbers"],
        RuleExpected.Operator => L["an operator"],
        RuleExpected.OperatorOfField => L["an operator of the field"],
        RuleExpected.Text => L["a text in quotes"],
        RuleExpected.Number => L["a number"],
        RuleExpected.Amount => L["an amount"],
        RuleExpected.Currency => L["the currency of the field"],
        RuleExpected.Date => L["a date"],
        RuleExpected.Season => L["today, this month, next 30d, last 30d or the name of a month"],
        RuleExpected.YesNo => L["yes or no"],
        RuleExpected.Choice => L["one of the choices"],
        RuleExpected.Name => L["a name that exists"],
        RuleExpected.UniqueName => L["a name that means only one, or its number"],
        RuleExpected.Opening => L["an opening bracket"],
        RuleExpected.Closing => L["a closing bracket"],
        RuleExpected.Comma => L["a comma or a closing bracket"],
        RuleExpected.Quote => L["a closing quote"],
        RuleExpected.And => L["and, or, or the end"],
        RuleExpected.Shorter => L["a shorter rule"],
        RuleExpected.Shallower => L["fewer brackets in brackets"],
        RuleExpected.FewerValues => L["fewer values"],
        RuleExpected.Tree => L["a tree of conditions"],
        _ => expected,
    };
}
