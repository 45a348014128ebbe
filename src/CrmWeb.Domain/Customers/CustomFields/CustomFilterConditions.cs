using System.Linq.Expressions;

namespace CrmWeb.Domain.Customers.CustomFields;

/// <summary>What each operator asks of the values of a custom field: that one is there, found by the index of its kind.</summary>
internal static class CustomFilterConditions
{
    public static Expression<Func<Customer, bool>> Of(CustomField field, string op, IReadOnlyList<string> values, CustomerFilterContext who)
    {
        var id = field.Id;
        if (op == CustomerFilterOperators.Filled) return c => c.CustomValues.Any(v => v.FieldId == id);
        if (op == CustomerFilterOperators.Empty) return c => !c.CustomValues.Any(v => v.FieldId == id);
        return field.Type switch
        {
            CustomFieldType.Number or CustomFieldType.Money => OfNumber(field, op, values, who),
            CustomFieldType.YesNo => OfYesNo(id, values[0] == "true" ? 1 : 0),
            CustomFieldType.Date => OfDate(id, op, values, who),
            CustomFieldType.Choice or CustomFieldType.Choices => OfOption(id, op, values),
            CustomFieldType.Member => OfMember(id, op, CustomerFilterConditions.Ids(values, who)),
            CustomFieldType.Customer => OfCustomer(id, op, CustomerFilterConditions.Ids(values, who)),
            _ => OfText(id, op, SearchText.Fold(values[0]), who),
        };
    }

    // A range is gone through once, for all customers. Asked of each customer, SQLite would go through it again for every one of them.
    private static Expression<Func<Customer, bool>> Among(CustomerFilterContext who, Expression<Func<CustomValue, bool>> test)
    {
        var found = who.CustomValues.Where(test).Select(v => v.CustomerId);
        return c => found.Contains(c.Id);
    }

    private static Expression<Func<Customer, bool>> OfYesNo(long id, long number) => c => c.CustomValues.Any(v => v.FieldId == id && v.Number == number);

    private static Expression<Func<Customer, bool>> OfNumber(CustomField field, string op, IReadOnlyList<string> values, CustomerFilterContext who)
    {
        var id = field.Id;
        var asked = values.Select(value => Amount(field.Type, value, who.Currency)).ToList();
        var (low, high) = op switch
        {
            CustomerFilterOperators.AtLeast => (asked[0].Number, long.MaxValue),
            CustomerFilterOperators.AtMost => (long.MinValue, asked[0].Number),
            CustomerFilterOperators.Between => (asked.Min(a => a.Number), asked.Max(a => a.Number)),
            _ => (asked[0].Number, asked[0].Number),
        };
        // a hundred of one currency is not a hundred of another
        if (asked[0].Currency is not { } currency) return Among(who, v => v.FieldId == id && v.Number >= low && v.Number <= high);
        return Among(who, v => v.FieldId == id && v.Number >= low && v.Number <= high && v.Currency == currency);
    }

    private static (long Number, string? Currency) Amount(CustomFieldType type, string value, string currency)
    {
        if (type == CustomFieldType.Money && MoneyText.TryParse(value, currency, out var money))
        {
            var (amount, code) = MoneyText.Split(money);
            return (CustomValue.Scaled(amount), code);
        }

        return (TypedNumber.TryParse(value, out var number) ? CustomValue.Scaled(number) : 0, null);
    }

    private static Expression<Func<Customer, bool>> OfDate(long id, string op, IReadOnlyList<string> values, CustomerFilterContext who)
    {
        var (from, to) = CustomerFilterConditions.Days(op, values, who.Today);
        var (first, last) = (from ?? DateOnly.MinValue, to ?? DateOnly.MaxValue);
        return Among(who, v => v.FieldId == id && v.Date >= first && v.Date <= last);
    }

    private static Expression<Func<Customer, bool>> OfOption(long id, string op, IReadOnlyList<string> values)
    {
        List<long?> options = [.. values.Select(CustomText.Id)];
        return op == CustomerFilterOperators.None
            ? c => !c.CustomValues.Any(v => v.FieldId == id && options.Contains(v.OptionId))
            : c => c.CustomValues.Any(v => v.FieldId == id && options.Contains(v.OptionId));
    }

    private static Expression<Func<Customer, bool>> OfMember(long id, string op, List<long?> members) => op == CustomerFilterOperators.None
        ? c => !c.CustomValues.Any(v => v.FieldId == id && members.Contains(v.MemberId))
        : c => c.CustomValues.Any(v => v.FieldId == id && members.Contains(v.MemberId));

    private static Expression<Func<Customer, bool>> OfCustomer(long id, string op, List<long?> customers) => op == CustomerFilterOperators.None
        ? c => !c.CustomValues.Any(v => v.FieldId == id && customers.Contains(v.ReferenceId))
        : c => c.CustomValues.Any(v => v.FieldId == id && customers.Contains(v.ReferenceId));

#pragma warning disable CA1307, CA1309, CA1310, MA0001, MA0074 // translated to SQL, where overloads with a culture or comparison do not exist

    private static Expression<Func<Customer, bool>> OfText(long id, string op, string folded, CustomerFilterContext who)
    {
        var end = folded + CustomerFilterConditions.Last;
        return op switch
        {
            CustomerFilterOperators.Is => c => c.CustomValues.Any(v => v.FieldId == id && v.TextNormal == folded),
            CustomerFilterOperators.IsNot => c => !c.CustomValues.Any(v => v.FieldId == id && v.TextNormal == folded),
            CustomerFilterOperators.Starts => Among(who, v => v.FieldId == id && string.Compare(v.TextNormal, folded) >= 0 && string.Compare(v.TextNormal, end) < 0),
            _ => Among(who, v => v.FieldId == id && v.TextNormal != null && v.TextNormal.Contains(folded)),
        };
    }

#pragma warning restore CA1307, CA1309, CA1310, MA0001, MA0074
}
