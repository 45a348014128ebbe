using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Shared;

/// <summary>The words people read for custom fields.</summary>
public static class CustomFieldWords
{
    public static string Of(this IStringLocalizer L, CustomFieldType type) => type switch
    {
        CustomFieldType.Text => L["Text"],
        CustomFieldType.LongText => L["Long text"],
        CustomFieldType.Number => L["Number"],
        CustomFieldType.Money => L["Amount of money"],
        CustomFieldType.Date => L["Date"],
        CustomFieldType.YesNo => L["Yes or no"],
        CustomFieldType.Choice => L["One of several"],
        CustomFieldType.Choices => L["Some of several"],
        CustomFieldType.Link => L["Web address"],
        CustomFieldType.Member => L["Member"],
        _ => L["Customer"],
    };

    /// <summary>Why a text is no value of the field or cannot be this one's, and what to write instead.</summary>
    public static string Of(this IStringLocalizer L, CustomField field, CustomProblem problem) => problem switch
    {
        CustomProblem.TooLong => L["At most {0} characters fit here.", Digits.Number(LengthOf(field.Type))],
        CustomProblem.NoNumber => L["Write a number like {0}, with at most {1} digits behind the point.", Digits.Shape("1234.5"), Digits.Number(TypedNumber.Decimals)],
        CustomProblem.NoMoney => L["Write an amount like {0}.", Digits.Shape("1250.50 EUR")],
        CustomProblem.NoDate => L["This date cannot be read. Write it like {0}.", LocalTime.Pattern],
        CustomProblem.NoLink => L["This is not an address of a web page. Write it like https://example.com."],
        CustomProblem.Missing => field.Required ? L["Please fill this in."] : L["Please fill this in: customers of this stage need it."],
        CustomProblem.Taken => L["Another customer has this value."],
        _ => L["This choice is not there any more."],
    };

    private static int LengthOf(CustomFieldType type) => type switch
    {
        CustomFieldType.LongText => CustomText.LongTextLength,
        CustomFieldType.Link => CustomText.LinkLength,
        _ => CustomText.TextLength,
    };
}
