using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace CrmWeb.Web.Features.Customers;

/// <summary>What a form said when it was opened, carried along in it: with that, a conflict can tell what the colleague changed from what was typed here.</summary>
public static class CustomerSeen
{
    private static readonly FrozenDictionary<string, string> Nothing = FrozenDictionary<string, string>.Empty;

    /// <summary>The fields that people edit, by name, in the order of the form.</summary>
    public static IReadOnlyList<PropertyInfo> Fields { get; } =
        [.. typeof(CustomerForm).GetProperties().Where(p => p.Name is not (nameof(CustomerForm.Version) or nameof(CustomerForm.Seen) or nameof(CustomerForm.Take)))];

    public static string Write(CustomerForm form) => JsonSerializer.Serialize(Fields.ToDictionary(field => field.Name, field => Value(form, field)));

    /// <summary>By the names of fields; empty when the text is none of ours.</summary>
    public static IReadOnlyDictionary<string, string> Read(string? seen)
    {
        try
        {
            return string.IsNullOrEmpty(seen) ? Nothing : JsonSerializer.Deserialize<Dictionary<string, string>>(seen) ?? (IReadOnlyDictionary<string, string>)Nothing;
        }
        catch (JsonException)
        {
            return Nothing;
        }
    }

    /// <summary>The value as one text, the same however its line ends and edges were typed.</summary>
    public static string Value(CustomerForm form, PropertyInfo field) =>
        (Convert.ToString(field.GetValue(form), CultureInfo.InvariantCulture) ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Trim();
}
