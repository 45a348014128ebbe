using System.Text.Json;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using Values = System.Collections.Immutable.ImmutableDictionary<string, System.Collections.Immutable.ImmutableArray<string>>;

namespace CrmWeb.Web.Features.Customers;

/// <summary>What a program says of custom fields, by their keys, put into the form of the page and judged like it.</summary>
internal static class CustomInput
{
    public const string Name = "custom";

    /// <param name="form">Gets the values.</param>
    /// <param name="said">An object; null says nothing.</param>
    /// <param name="before">What stands there; for a new customer, what fields have by default.</param>
    /// <param name="fields">Those that the member sees.</param>
    /// <param name="whole">Fields that are not named become empty; otherwise they stay.</param>
    public static void Fill(this ModelStateDictionary errors, CustomerForm form, JsonElement? said, Values before, CustomFieldSet fields, string currency, bool whole, IStringLocalizer L)
    {
        var wrong = Read(said, before, fields, currency, L, out var values);
        foreach (var (key, reason) in wrong) errors.AddModelError(key, reason);
        foreach (var field in fields.All)
        {
            if (Says(said, field)) form.Custom[field.Key] = [.. values.GetValueOrDefault(field.Key, [])];
            else if (whole) form.Custom[field.Key] = [];
        }
    }

    /// <summary>The values as they become, and what is wrong with them, by <c>custom.KEY</c>.</summary>
    public static List<(string Key, string Reason)> Read(JsonElement? said, Values before, CustomFieldSet fields, string currency, IStringLocalizer L, out Values values)
    {
        values = before;
        if (said is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } json) return [];
        if (json.ValueKind != JsonValueKind.Object) return [(Name, L["This value does not fit here, or is no JSON."].Value)];
        values = CustomJson.Read(json, before, fields, currency, out var problems);
        return [.. problems.Select(one => ($"{CustomField.Prefix}{one.Key}", one.Field is null ? L["There is no such field."].Value : L.Of(one.Field, one.Problem)))];
    }

    private static bool Says(JsonElement? said, CustomField field) => said is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(field.Key, out _);
}
