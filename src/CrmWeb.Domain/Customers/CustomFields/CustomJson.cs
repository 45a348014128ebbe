using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmWeb.Domain.Customers.CustomFields;

/// <summary>
/// Custom values as other programs read and write them, by the keys of the fields: texts, web addresses and days (<c>yyyy-MM-dd</c>) as strings, numbers as
/// numbers, amounts as <c>{"amount": 12.5, "currency": "EUR"}</c>, yes and no as booleans, options by their names (several as an array), members and customers by their ids.
/// </summary>
public static class CustomJson
{
    public static JsonObject Write(ImmutableDictionary<string, ImmutableArray<string>> values, CustomFieldSet fields)
    {
        var json = new JsonObject();
        foreach (var field in fields.All)
        {
            if (values.GetValueOrDefault(field.Key, []) is not { IsEmpty: false } its) continue;
            json[field.Key] = field.Type == CustomFieldType.Choices ? new JsonArray([.. its.Select(value => Write(field, value))]) : Write(field, its[0]);
        }

        return json;
    }

    /// <summary>
    /// The values that an object says: null or an empty array takes a value away, a key that is not there leaves it as it is. What is wrong is told by
    /// key; a key that no field of the set has is <see cref="CustomProblem.NoOption"/> with no field.
    /// </summary>
    /// <param name="json">By key.</param>
    /// <param name="before">What stands there.</param>
    /// <param name="fields">Those that the reader sees.</param>
    /// <param name="currency">Of amounts that name none.</param>
    /// <param name="problems">What is wrong.</param>
    public static ImmutableDictionary<string, ImmutableArray<string>> Read(
        JsonElement json, ImmutableDictionary<string, ImmutableArray<string>> before, CustomFieldSet fields, string currency, out IReadOnlyList<(string Key, CustomField? Field, CustomProblem Problem)> problems)
    {
        var (values, wrong) = (before, new List<(string, CustomField?, CustomProblem)>());
        problems = wrong;
        if (json.ValueKind != JsonValueKind.Object) return values;
        foreach (var property in json.EnumerateObject())
        {
            if (fields.Find(property.Name) is not { } field)
            {
                wrong.Add((property.Name, null, CustomProblem.NoOption));
                continue;
            }

            JsonElement[] given = property.Value.ValueKind switch
            {
                JsonValueKind.Null => [],
                JsonValueKind.Array => [.. property.Value.EnumerateArray()],
                _ => [property.Value],
            };
            if (given.Length > 1 && field.Type != CustomFieldType.Choices) wrong.Add((field.Key, field, CustomProblem.SeveralValues));
            var read = new List<string>();
            foreach (var one in given)
            {
                if (Read(field, one, before.GetValueOrDefault(field.Key, []), currency, out var problem) is { } text) read.Add(text);
                else wrong.Add((field.Key, field, problem));
            }

            var ordered = fields.Ordered(field, read);
            values = ordered.IsEmpty ? values.Remove(field.Key) : values.SetItem(field.Key, ordered);
        }

        return values;
    }

    private static JsonNode? Write(CustomField field, string value)
    {
        switch (field.Type)
        {
            case CustomFieldType.Number: return JsonValue.Create(decimal.Parse(value, CultureInfo.InvariantCulture));
            case CustomFieldType.Money:
                var (amount, currency) = MoneyText.Split(value);
                return new JsonObject { ["amount"] = amount, ["currency"] = currency };
            case CustomFieldType.YesNo: return JsonValue.Create(value == "true");
            case CustomFieldType.Choice or CustomFieldType.Choices: return JsonValue.Create(field.Option(CustomText.Id(value) ?? 0)?.Name);
            case CustomFieldType.Member or CustomFieldType.Customer: return JsonValue.Create(CustomText.Id(value));
            default: return JsonValue.Create(value);
        }
    }

    private static string? Read(CustomField field, JsonElement json, ImmutableArray<string> before, string currency, out CustomProblem problem)
    {
        problem = field.Type.HasOptions() ? CustomProblem.NoOption : CustomProblem.NoReference;
        if (Text(json) is not { } text || string.IsNullOrWhiteSpace(text)) return null;
        if (field.Type.HasOptions())
        {
            // an option that is out of use stays with whoever has it
            return field.OptionNamed(text) is { } option && (option.RetiredAt is null || before.Contains(CustomText.Id(option.Id), StringComparer.Ordinal)) ? CustomText.Id(option.Id) : null;
        }

        return CustomText.Read(field, text, currency, out problem);
    }

    private static string? Text(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.TryGetDecimal(out var number) ? number.ToString(CultureInfo.InvariantCulture) : json.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Object when json.TryGetProperty("amount", out var amount) => $"{Text(amount)} {(json.TryGetProperty("currency", out var currency) ? currency.ToString() : "")}".Trim(),
        _ => null,
    };
}
