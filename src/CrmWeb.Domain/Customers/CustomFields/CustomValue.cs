using System.Collections.Immutable;
using System.Globalization;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers.CustomFields;

/// <summary>
/// One value of a custom field of a customer, in the one column of its kind, so that an index of each engine finds and orders it. Several rows for a
/// choice of several. A row is never changed: another value is another row.
/// </summary>
public sealed class CustomValue : TenantOwned
{
    /// <summary>The folded text up to here is what is looked for; folding may lengthen, so a whole short text fits.</summary>
    public const int TextNormalLength = CustomText.TextLength * 2;

    private CustomValue() { }

    /// <param name="field">What it is a value of.</param>
    /// <param name="text">In the form of <see cref="CustomText"/>.</param>
    public CustomValue(CustomField field, string text)
    {
        FieldId = field.Id;
        Said = (field.Name, text);
        switch (field.Type)
        {
            case CustomFieldType.Number: Number = Scaled(decimal.Parse(text, CultureInfo.InvariantCulture)); break;
            case CustomFieldType.Money:
                var (amount, currency) = MoneyText.Split(text);
                (Number, Currency) = (Scaled(amount), currency);
                break;
            case CustomFieldType.YesNo: Number = text == "true" ? 1 : 0; break;
            case CustomFieldType.Date: Date = DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture); break;
            case CustomFieldType.Choice or CustomFieldType.Choices: OptionId = CustomText.Id(text); break;
            case CustomFieldType.Member: MemberId = CustomText.Id(text); break;
            case CustomFieldType.Customer: ReferenceId = CustomText.Id(text); break;
            default: (Text, TextNormal) = (text, Normal(text)); break;
        }

        if (field.Unique) UniqueKey = UniqueKeyOf(field.Type, text);
    }

    public long CustomerId { get; private set; }

    public Customer? Customer { get; private set; }

    public long FieldId { get; private set; }

    public CustomField? Field { get; private set; }

    public string? Text { get; private set; }

    /// <summary>The beginning of <see cref="Text"/>, folded.</summary>
    public string? TextNormal { get; private set; }

    /// <summary>A number or an amount by <see cref="TypedNumber.Scale"/> (major units, so that amounts of one currency compare); yes is 1, no is 0.</summary>
    public long? Number { get; private set; }

    /// <summary>ISO 4217 code, of an amount.</summary>
    public string? Currency { get; private set; }

    public DateOnly? Date { get; private set; }

    public long? OptionId { get; private set; }

    public CustomFieldOption? Option { get; private set; }

    public long? MemberId { get; private set; }

    public Member? Member { get; private set; }

    /// <summary>The customer that the value is.</summary>
    public long? ReferenceId { get; private set; }

    public Customer? Reference { get; private set; }

    /// <summary>The name of the field and the value, of a row that comes or goes: what the history tells. Not stored.</summary>
    public (string Field, string Value)? Said { get; private set; }

    /// <summary>What no other customer may have in this field; null where others may.</summary>
    public string? UniqueKey { get; private set; }

    /// <summary>The value in the form of <see cref="CustomText"/>; null when the row is of another type than the field is now.</summary>
    public string? Read(CustomFieldType type) => type switch
    {
        CustomFieldType.Number => Number is { } number ? TypedNumber.Write(number / (decimal)TypedNumber.Scale) : null,
        CustomFieldType.Money => Number is { } amount && Currency is not null ? $"{TypedNumber.Write(amount / (decimal)TypedNumber.Scale)} {Currency}" : null,
        CustomFieldType.YesNo => Number is { } yes ? yes == 0 ? "false" : "true" : null,
        CustomFieldType.Date => Date is { } day ? CustomText.Day(day) : null,
        CustomFieldType.Choice or CustomFieldType.Choices => OptionId is { } option ? CustomText.Id(option) : null,
        CustomFieldType.Member => MemberId is { } member ? CustomText.Id(member) : null,
        CustomFieldType.Customer => ReferenceId is { } customer ? CustomText.Id(customer) : null,
        _ => Text,
    };

    /// <summary>What a value is compared by where no two customers may share it: texts folded, numbers as they are stored.</summary>
    public static string UniqueKeyOf(CustomFieldType type, string text) => type == CustomFieldType.Number
        ? Scaled(decimal.Parse(text, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture)
        : Normal(text);

    /// <summary>The number that a filter compares with.</summary>
    public static long Scaled(decimal number) => (long)(number * TypedNumber.Scale);

    /// <summary>What the rows say, in the form of <see cref="CustomText"/>, by the keys of the fields; options in the order of the field.</summary>
    public static ImmutableDictionary<string, ImmutableArray<string>> Typed(IReadOnlyCollection<CustomValue> rows, CustomFieldSet fields)
    {
        if (rows.Count == 0) return CustomerDetails.NoCustom;
        var typed = CustomerDetails.NoCustom.ToBuilder();
        foreach (var its in rows.GroupBy(row => row.FieldId))
        {
            if (fields.ById(its.Key) is { } field && fields.Ordered(field, its.Select(row => row.Read(field.Type)).OfType<string>()) is { IsEmpty: false } values) typed[field.Key] = values;
        }

        return typed.ToImmutable();
    }

    /// <summary>Makes <paramref name="rows"/> say exactly this of the fields; rows that stay are left untouched, and so are those of fields that are not among them.</summary>
    internal static void Replace(List<CustomValue> rows, ImmutableDictionary<string, ImmutableArray<string>> values, CustomFieldSet fields)
    {
        foreach (var field in fields.All)
        {
            var wanted = values.GetValueOrDefault(field.Key, []);
            if (wanted.IsEmpty && rows.Count == 0) continue;
            rows.RemoveAll(row => row.FieldId == field.Id && row.Leaves(field, wanted));
            var kept = rows.Where(row => row.FieldId == field.Id).Select(row => row.Read(field.Type)).ToHashSet(StringComparer.Ordinal);
            rows.AddRange(wanted.Where(kept.Add).Select(text => new CustomValue(field, text)));
        }
    }

    private bool Leaves(CustomField field, ImmutableArray<string> wanted)
    {
        var there = Read(field.Type);
        if (there is not null && wanted.Contains(there, StringComparer.Ordinal)) return false;
        Said = (field.Name, there ?? "");
        return true;
    }

    private static string Normal(string text)
    {
        var folded = SearchText.Fold(text);
        if (folded.Length <= TextNormalLength) return folded;
        return folded[..(char.IsHighSurrogate(folded[TextNormalLength - 1]) ? TextNormalLength - 1 : TextNormalLength)];
    }
}
