using System.Globalization;
using CrmWeb.Domain.Customers.Dates;

namespace CrmWeb.Domain.Customers.CustomFields;

/// <summary>Why a text is no value of a field, or cannot be this customer's.</summary>
public enum CustomProblem
{
    None,
    TooLong,
    NoNumber,
    NoMoney,
    NoDate,
    NoYesNo,
    NoOption,
    NoLink,
    NoReference,
    SeveralValues,

    /// <summary>The field must be filled in, always or at the stage.</summary>
    Missing,

    /// <summary>Another customer has the value, and no two may.</summary>
    Taken,
}

/// <summary>
/// A value of a custom field as one text, the same in every language: what <see cref="CustomerDetails.Custom"/> holds and compares. Texts as they are,
/// <c>12.5</c>, <c>12.5 EUR</c>, <c>2026-11-22</c>, <c>true</c>, and the id of an option, a member or a customer.
/// </summary>
public static class CustomText
{
    public const int TextLength = 200;
    public const int LongTextLength = 8_000;
    public const int LinkLength = 400;

    private static readonly HashSet<string> Yes = new(["true", "yes", "y", "1", "on", "ja", "wahr", "x", "بله", "بلی", "آری", "درست"], StringComparer.Ordinal);
    private static readonly HashSet<string> No = new(["false", "no", "n", "0", "off", "nein", "falsch", "خیر", "نه", "نادرست"], StringComparer.Ordinal);

    /// <summary>What was typed or posted, in its one form; null with the reason when it is no value of the field. <c>Read(Read(x)) == Read(x)</c>.</summary>
    /// <param name="field">What it is to be a value of, with its options.</param>
    /// <param name="typed">Not blank. An option, a member or a customer is named by its id; names are looked up before.</param>
    /// <param name="currency">Of an amount that names none.</param>
    /// <param name="problem">Why it is no value.</param>
    /// <param name="dates">How dates are written.</param>
    public static string? Read(CustomField field, string typed, string currency, out CustomProblem problem, DateOrder dates = DateOrder.Unambiguous)
    {
        var text = field.Type == CustomFieldType.LongText ? typed.TrimEnd() : typed.Trim();
        var (read, reason) = field.Type switch
        {
            CustomFieldType.Text => Limited(text.ReplaceLineEndings(" "), TextLength),
            CustomFieldType.LongText => Limited(text, LongTextLength),
            CustomFieldType.Number => (TypedNumber.TryParse(text, out var number) ? TypedNumber.Write(number) : null, CustomProblem.NoNumber),
            CustomFieldType.Money => (MoneyText.TryParse(text, currency, out var money) ? money : null, CustomProblem.NoMoney),
            CustomFieldType.Date => (TypedDate.TryParse(text, dates, out var date) ? Day(date.Date) : null, CustomProblem.NoDate),
            CustomFieldType.YesNo => (YesOrNo(SearchText.Fold(text)), CustomProblem.NoYesNo),
            CustomFieldType.Link => WebAddress.TryNormalise(text, out var address) ? Limited(address, LinkLength) : (null, CustomProblem.NoLink),
            CustomFieldType.Choice or CustomFieldType.Choices => (Id(text) is { } id && field.Option(id) is not null ? Id(id) : null, CustomProblem.NoOption),
            _ => (Id(text) is { } other ? Id(other) : null, CustomProblem.NoReference),
        };
        problem = read is null ? reason : CustomProblem.None;
        return read;
    }

    public static long? Id(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    public static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);

    public static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static (string?, CustomProblem) Limited(string text, int length) => text.Length is > 0 && text.Length <= length ? (text, CustomProblem.None) : (null, CustomProblem.TooLong);

    private static string? YesOrNo(string folded) => Yes.Contains(folded) ? "true" : No.Contains(folded) ? "false" : null;
}
